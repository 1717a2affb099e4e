"""The types that users meet in signatures: absence, files and answers in detail."""

from __future__ import annotations

import os
from enum import Enum
from typing import IO, TYPE_CHECKING, Final, Generic, Literal, TypeAlias, TypeVar

from attrs import field, frozen

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")


class Unset(Enum):
    """The type of `UNSET`: an enum of one member, so that type checkers follow ``is UNSET``."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    __str__ = __repr__


UNSET: Final = Unset.UNSET
"""Not given, and so not sent; None, False and 0 are values."""

FileContent: TypeAlias = os.PathLike[str] | bytes | IO[bytes]
"""What is in a file: a path, the bytes themselves, or a file opened for binary reading."""

FileInput: TypeAlias = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]
"""A file to send: its content, or (file name, content), or (file name, content, media type)."""


@frozen
class Response(Generic[T]):
    """An answer in detail.

    Attributes:
        status_code: The HTTP status; a plain number, since gateways use ones that no registry knows.
        content: The body, in bytes.
        headers: The headers.
        parsed: The body as its model; None where the operation's answer has no body.
    """

    status_code: int
    content: bytes = field(repr=False)
    headers: httpx.Headers = field(repr=False)
    parsed: T | None
