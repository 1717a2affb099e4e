"""Writes a request of the journal as a line for curl."""

from __future__ import annotations

import json
import re
from shlex import quote
from typing import TYPE_CHECKING, Final

from generator.spec.media_types import is_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.mock.journal.entry import Entry
    from generator.spec.model import Json

_OWN: Final = frozenset(
    {
        "host",
        "content-length",
        "content-type",
        "transfer-encoding",
        "connection",
        "accept-encoding",
        "user-agent",
        "accept",
        "expect",
    }
)  # headers that curl writes itself, or that say how the body was sent and not what it was
_MASK: Final = "***"
_KEY: Final = "API_KEY"
_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
_TO_ESCAPE: Final = re.compile(r'(["$`\\])')
_FILE: Final = {"filename", "media_type", "size", "sha256", "blob"}


def as_curl(entry: Entry) -> str:
    """The line, or two: what it can't repeat stands in a comment before it.

    Secrets are left to shell variables: ``$API_KEY`` for a bearer key, one named like its header for any other.
    Files are called as they were sent; the journal's ``blob`` says where the mock serves them.
    """
    parts = ["curl", "-s", "-g"]
    if entry.method != ("POST" if entry.body is not None or _is_null(entry) else "GET"):
        parts += ["-X", quote(entry.method)]
    parts.append(quote(entry.url))
    for name, value in entry.headers.items():
        if name not in _OWN and _NAME.fullmatch(name):
            parts += ["-H", _header(name, value)]
    parts += _body(entry)
    line = " ".join(parts)
    if entry.body is None and entry.body_size and not _is_null(entry):
        return f"# The body, {entry.body_size} bytes that couldn't be read, is not repeated.\n{line}"
    return line


def _header(name: str, value: str) -> str:
    if _MASK not in value:
        return quote(f"{name}: {value}")
    variable = _KEY if value.lower().startswith("bearer") else name.upper().replace("-", "_")
    escaped = _TO_ESCAPE.sub(r"\\\1", f"{name}: {value}")
    return f'"{escaped.replace(_MASK, f"${variable}")}"'


def _is_null(entry: Entry) -> bool:
    """Whether the body was read, and is JSON's null."""
    read = entry.body_size and not entry.refused_because and "content-type" in entry.headers
    return bool(read) and entry.body is None and entry.media_type.endswith("json")


def _body(entry: Entry) -> Iterator[str]:
    if entry.body is None and not _is_null(entry):
        return
    if is_form(entry.media_type):
        for name, value in entry.body.items() if isinstance(entry.body, dict) else ():
            for item in value if isinstance(value, list) and any(map(_is_file, value)) else [value]:
                yield from _field(name, item)
        return
    yield from ("-H", quote(f"Content-Type: {entry.media_type}"))
    if _is_file(entry.body):
        yield from ("--data-binary", quote(f"@{_local(entry.body['filename'] or entry.body['sha256'])}"))
    else:
        yield from ("-d", quote(json.dumps(entry.body, ensure_ascii=False)))


def _field(name: str, value: Json) -> Iterator[str]:
    if _is_file(value):
        # curl takes a name in quotes for one that may hold its own punctuation.
        name_sent = value["filename"].rpartition("/")[2] or value["sha256"]
        file = _local(name_sent).replace("\\", "\\\\").replace('"', '\\"')
        yield from ("-F", quote(f'{name}=@"{file}";type={value["media_type"]}' if _is_odd(file) else f"{name}=@{file}"))
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield from ("--form-string", quote(f"{name}={text}"))


def _local(file: str) -> str:
    """A file's name as curl is told it, which takes a dash for its own input."""
    return f"./{file}" if file.startswith("-") else file


def _is_odd(file: str) -> bool:
    return re.fullmatch(r"\w[\w.-]*\.\w+", file) is None


def _is_file(value: Json) -> bool:
    return isinstance(value, dict) and value.keys() == _FILE
