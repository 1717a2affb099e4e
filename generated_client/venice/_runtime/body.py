"""Writes requests as bodies: JSON, multipart form data, or a file by itself. Files are streamed in all of them."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from .breaches import Breach
from .content import ENCODER, AwaitedContent, Content, ContentAsFile, FileAsItIs
from .errors import RequestRefused
from .files import UploadFile, is_file
from .json_body import data_uri_paths, written
from .types import UNSET
from .urlencoded import URLENCODED, written_form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from .request import Request

MULTIPART: Final = "multipart/form-data"
_JSON: Final = "application/json"


class Part:
    """One part of a multipart body.

    Args:
        name: The field's name.
        content: What is in it.
        media_type: What that is; "" for a text.
        file_name: Its name, if it is a file.
    """

    __slots__ = ("_content", "_file_name", "_media_type", "_name")

    def __init__(self, name: str, content: bytes | Content, media_type: str = "", file_name: str | None = None) -> None:
        self._name, self._content, self._media_type, self._file_name = name, content, media_type, file_name

    def for_httpx(self, stack: ExitStack) -> tuple[str, tuple[Any, ...]]:
        """The part as httpx takes it; a file that it opens is closed with the stack."""
        content = self._content if isinstance(self._content, bytes) else ContentAsFile(self._content.opened(stack))
        return self._name, (self._file_name, content, self._media_type or None)


@frozen
class Body:
    """A body, ready to be sent as often as attempts are made.

    Attributes:
        media_type: Its media type.
        content: What is in it, unless it is multipart.
        parts: Its parts, if it is multipart.
    """

    media_type: str
    content: bytes | Content = field(default=b"", repr=False)
    parts: tuple[Part, ...] = ()

    def for_httpx(self, stack: ExitStack, *, asynchronous: bool = False) -> dict[str, Any]:
        """The arguments of httpx's ``build_request`` that carry the body; each call is for one attempt.

        Args:
            stack: Closes the files once the attempt is over.
            asynchronous: Whether an asynchronous client sends it.

        Returns:
            The content or the files, and the headers that go with them.

        Raises:
            FileProblem: A file can't be read, or isn't as large as it was when the body was made.
        """
        if self.media_type == MULTIPART and self.content == b"":
            return self._form(stack)
        headers = {"Content-Type": self.media_type}
        if isinstance(self.content, bytes):
            return {"content": self.content, "headers": headers}
        content = self.content.opened(stack)
        headers["Content-Length"] = str(content.length)
        return {"content": AwaitedContent(content) if asynchronous else content, "headers": headers}

    def _form(self, stack: ExitStack) -> dict[str, Any]:
        boundary = os.urandom(16).hex()  # told here, lest what a given httpx client sends by default be told instead
        headers = {"Content-Type": f"{MULTIPART}; boundary={boundary}"}
        if self.parts:
            return {"files": [part.for_httpx(stack) for part in self.parts], "headers": headers}
        # httpx would send no form at all where nothing is in it.
        return {"content": f"--{boundary}--\r\n".encode(), "headers": headers}


def encode(request: Request, media_type: str) -> Body:
    """Write a request as a body.

    JSON is compact UTF-8, with files as base64 data, or as data URIs where the API takes them alone. In multipart, an
    array is one part for each item, an object is a JSON part, a boolean is ``true`` or ``false``, null is left out; in
    names, quotation marks and control characters are percent-encoded, as browsers do. A file by itself goes as it is.

    Args:
        request: The request.
        media_type: "multipart/form-data", or the other kind of forms; anything else is JSON, unless the request says
            itself how it is written, as a file by itself does.

    Raises:
        RequestRefused: A value can't be written as JSON; or what should be a file is none.
        FileProblem: A file can't be read.
    """
    if (by_itself := getattr(request, "written", None)) is not None:
        return Body(*by_itself(media_type))
    fields = request.to_dict()
    try:
        if media_type == MULTIPART:
            parts = (part for name, value in fields.items() for part in _parts(_field_name(name), value))
            return Body(media_type, parts=tuple(parts))
        if media_type == URLENCODED:
            return Body(media_type, written_form(fields, getattr(type(request), "_deep_fields", ())))
        return Body(media_type, written(fields, data_uri_paths(type(request))))
    except (TypeError, ValueError, RecursionError):
        raise RequestRefused(_unwritable(fields)) from None


def _field_name(name: Any) -> str:
    """A field's name as JSON has it, where 1 is "1"; one that UTF-8 can't carry is refused here, and not in httpx."""
    text: str = name if isinstance(name, str) else ENCODER.encode({name: 0})[2:-4]
    return text.encode().decode()


def _parts(name: str, value: Any) -> Iterator[Part]:
    if isinstance(value, list):
        for item in value:
            yield from [Part(name, written(item), _JSON)] if isinstance(item, list) else _parts(name, item)
    elif is_file(value):
        file = UploadFile.of(value)
        yield Part(name, Content((FileAsItIs(file),)), file.media_type, file.name)
    elif isinstance(value, str):
        yield Part(name, value.encode())
    elif value is not None:
        # JSON Schema takes 2.0 for an integer. In a form it is a text, which most readers take for none.
        number = int(value) if isinstance(value, float) and value.is_integer() else value
        yield Part(name, written(number), _JSON if isinstance(value, dict) else "")


def _unwritable(fields: dict[str, Any]) -> Iterator[Breach]:
    for name, value in fields.items():
        try:
            written({name: value})
        except (TypeError, ValueError, RecursionError) as error:
            words = f"must be something that JSON in UTF-8 can carry ({type(error).__name__})"
            yield Breach(str(name), "json", value if value is not UNSET else None, words, "assumed", "RFC 8259")
