"""The types that users meet in signatures: absence and files."""

from __future__ import annotations

import os
from enum import Enum
from typing import IO, Final, Literal, TypeAlias


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

FileContent: TypeAlias = os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]
"""What is in a file: a path, the bytes themselves, or a file opened for binary reading."""

FileInput: TypeAlias = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]
"""A file to send: its content, or (file name, content), or (file name, content, media type)."""
