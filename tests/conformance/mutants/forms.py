"""Takes a multipart form apart and puts it together again, file by file and value by value."""

from __future__ import annotations

import re
from typing import Any

from tests.conformance.mutants.notation import File

_BOUNDARY = re.compile(rb'boundary="?([^";]+)"?')
_NAME = re.compile(rb'[; ]name="((?:[^"\\]|\\.)*)"')
_FILE_NAME = re.compile(rb'filename="')
_TYPE = re.compile(rb"(?im)^content-type:[ ]*([^\r\n]+)")
_OWN_BOUNDARY = "mutant-0123456789"

Form = dict[str, Any]
"""A form's parts by name: a text, a `File`, or a list of these where a name comes more than once."""


def read_form(body: bytes, content_type: bytes) -> Form | None:
    """The parts of a form; None if the body isn't one."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        return None
    form: Form = {}
    for chunk in (b"\r\n" + body).split(b"\r\n--" + boundary[1])[1:]:
        head, found, content = chunk.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if not found or name is None:
            continue
        media_type = _TYPE.search(head)
        is_file = _FILE_NAME.search(head) is not None
        value = File(content, media_type[1].decode() if media_type else "") if is_file else content.decode("utf-8")
        _add(form, name[1].decode(), value)
    return form


def written_form(form: Form) -> tuple[str, bytes]:
    """A form's content type and body."""
    lines: list[bytes] = []
    for name, value in form.items():
        for item in value if isinstance(value, list) else [value]:
            lines.append(b"--" + _OWN_BOUNDARY.encode())
            disposition = f'Content-Disposition: form-data; name="{name}"'
            if isinstance(item, File):
                lines += [f'{disposition}; filename="image.png"'.encode(), f"Content-Type: {item.media_type}".encode()]
                lines += [b"", item.data]
            else:
                lines += [disposition.encode(), b"", text_of(item).encode()]
    lines += [f"--{_OWN_BOUNDARY}--".encode(), b""]
    return f"multipart/form-data; boundary={_OWN_BOUNDARY}", b"\r\n".join(lines)


def text_of(value: object) -> str:
    """A value as a form has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _add(form: Form, name: str, value: object) -> None:
    if name not in form:
        form[name] = value
    elif isinstance(form[name], list):
        form[name].append(value)
    else:
        form[name] = [form[name], value]
