"""Writes requests as bodies: JSON, or multipart form data with the files streamed."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from .breaches import Breach
from .errors import RequestRefused
from .files import UploadFile, is_file
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from .request import Request

MULTIPART: Final = "multipart/form-data"
_JSON: Final = "application/json"
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@frozen
class Part:
    """One part of a multipart body.

    Attributes:
        name: The field's name.
        content: A file, or a text in UTF-8.
        media_type: Set for a part that is JSON.
    """

    name: str
    content: UploadFile | bytes
    media_type: str = ""

    def for_httpx(self, stack: ExitStack) -> tuple[str, tuple[Any, ...]]:
        """The part as httpx takes it; a file that it opens is closed with the stack."""
        if isinstance(self.content, bytes):
            return self.name, (None, self.content, self.media_type) if self.media_type else (None, self.content)
        file = self.content
        if file.content is not None or file.start:  # httpx reads an open file from its beginning, not from its place
            return self.name, (file.name, file.read(), file.media_type)
        return self.name, (file.name, stack.enter_context(file.opened()), file.media_type)


@frozen
class Body:
    """A body, ready to be sent as often as attempts are made.

    Attributes:
        media_type: Its media type.
        content: Its bytes, unless it is multipart.
        parts: Its parts, if it is multipart.
    """

    media_type: str
    content: bytes = b""
    parts: tuple[Part, ...] = ()

    def for_httpx(self, stack: ExitStack) -> dict[str, Any]:
        """The arguments of httpx's ``build_request`` that carry the body; files are closed with the stack."""
        if self.media_type == MULTIPART:
            return {"files": [part.for_httpx(stack) for part in self.parts]}
        return {"content": self.content}


def encode(request: Request, media_type: str) -> Body:
    """Write a request as a body.

    JSON is compact UTF-8, with files as base64 data. In multipart, an array is one part for each item, an object is
    a JSON part, a boolean is ``true`` or ``false``, null is left out.

    Args:
        request: The request.
        media_type: "multipart/form-data"; anything else is JSON.

    Raises:
        RequestRefused: A value can't be written as JSON.
        FileProblem: A file can't be read.
    """
    fields = request.to_dict()
    try:
        if media_type == MULTIPART:
            return Body(media_type, parts=tuple(part for name, value in fields.items() for part in _parts(name, value)))
        return Body(media_type, _json(fields))
    except (TypeError, ValueError, RecursionError):
        raise RequestRefused(_unwritable(fields)) from None


def _json(value: Any) -> bytes:
    return _ENCODER.encode(_with_files_as_base64(value)).encode()


def _with_files_as_base64(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_files_as_base64(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_files_as_base64(item) for item in value]
    return base64.b64encode(UploadFile.of(value).read()).decode() if is_file(value) else value


def _parts(name: str, value: Any) -> Iterator[Part]:
    if isinstance(value, list):
        for item in value:
            yield from [Part(name, _json(item), _JSON)] if isinstance(item, list) else _parts(name, item)
    elif is_file(value):
        yield Part(name, UploadFile.of(value))
    elif isinstance(value, str):
        yield Part(name, value.encode())
    elif value is not None:
        # JSON Schema takes 2.0 for an integer. In a form it is a text, which most readers take for none.
        number = int(value) if isinstance(value, float) and value.is_integer() else value
        yield Part(name, _json(number), _JSON if isinstance(value, dict) else "")


def _unwritable(fields: dict[str, Any]) -> Iterator[Breach]:
    for name, value in fields.items():
        try:
            _json({name: value})
        except (TypeError, ValueError, RecursionError) as error:
            words = f"must be something that JSON in UTF-8 can carry ({type(error).__name__})"
            yield Breach(str(name), "json", value if value is not UNSET else None, words, "assumed", "RFC 8259")
