"""Forms on the wire: bodies as multipart/form-data, and what a reader who knows the schema makes of such a form.

A form knows texts and files alone. A number where a text belongs is a legal text there, null and an empty array are
nothing at all; so before two sides are compared, a body is taken as its form reads.
"""

from __future__ import annotations

import json
import re
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec import Json
    from generator.spec.boundary import Case

    from .subjects import Subject

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NOTHING: Final = object()


def encode_form(body: Mapping[str, Json]) -> tuple[str, bytes]:
    """Write a body as a form.

    Args:
        body: The fields. ``bytes`` are files, arrays are repeated parts, objects are parts of JSON.

    Returns:
        The Content-Type, and the form.
    """
    boundary = secrets.token_hex(16)
    parts = [part for name, value in body.items() for part in _parts(name, value)]
    lines = b"".join(b"--%b\r\n%b\r\n" % (boundary.encode(), part) for part in parts)
    return f"multipart/form-data; boundary={boundary}", lines + f"--{boundary}--\r\n".encode()


def _parts(name: str, value: Json) -> Iterator[bytes]:
    if isinstance(value, list):
        for item in value:
            yield from _parts(name, item)
        return
    # As browsers write names: what would end the quotes is percent-encoded.
    head = f'Content-Disposition: form-data; name="{quote(name, safe="[]. ", errors="surrogatepass")}"'
    if isinstance(value, bytes):
        yield f'{head}; filename="image.png"\r\nContent-Type: image/png\r\n\r\n'.encode() + value
    elif isinstance(value, dict):
        yield f"{head}\r\nContent-Type: application/json\r\n\r\n{json.dumps(value)}".encode()
    else:
        yield f"{head}\r\n\r\n".encode() + form_text(value).encode(errors="surrogatepass")


def form_text(value: Json) -> str:
    """A scalar as a form has it: texts as they are, all else as JSON writes it."""
    return value if isinstance(value, str) else json.dumps(value)


def as_form_reads(body: Mapping[str, Json], schema: Mapping[str, Json]) -> dict[str, Json]:
    """The body that a reader finds in the form that is written of a body.

    Args:
        body: The body.
        schema: The form's schema.
    """
    properties = schema.get("properties", {})
    read = {name: _read(value, properties.get(name, {})) for name, value in body.items()}
    return {name: value for name, value in read.items() if value is not _NOTHING}


def given_body(subject: Subject, case: Case) -> dict[str, Json]:
    """The body of a boundary case as a caller gives it, and as its form reads."""
    read: dict[str, Json] = as_form_reads(case.body, subject.shape.schema) if subject.shape.is_multipart else case.body
    return read


def _read(value: Json, schema: Mapping[str, Json]) -> Json:
    types = schema.get("type", ())
    if "array" in ((types,) if isinstance(types, str) else types):
        items = [_read(item, schema.get("items", {})) for item in (value if isinstance(value, list) else [value])]
        return [item for item in items if item is not _NOTHING] or _NOTHING
    if isinstance(value, list):
        return _read(value[-1], schema) if value else _NOTHING
    if value is None:
        return _NOTHING
    return value if isinstance(value, bytes | dict) else _read_text(form_text(value), types)


def _read_text(text: str, types: Json) -> Json:
    if "boolean" in types and text in {"true", "false"}:
        return text == "true"
    return int(text) if "integer" in types and _INTEGER.fullmatch(text) else text
