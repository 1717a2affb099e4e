"""Content whose length is known before it is read: texts and files, handed out in small pieces, as often as need be.

The classes are plain ones: attrs would write code for each, which everybody's import would wait for.
"""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import binascii
import json
import os
from abc import abstractmethod
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from .files import PIECE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from contextlib import ExitStack

    from .files import UploadFile

Read: TypeAlias = "Callable[[], Iterator[bytes]]"
"""Reads something from its beginning, piece by piece; whenever it is called, anew."""

LONG: Final = 65_536
"""Characters; a text of more is written in pieces, since base64 data of an image may come as one."""

ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
"""Writes JSON, compact and with letters of all scripts as they are."""


class Segment(Protocol):
    """A part of content."""

    @property
    @abstractmethod
    def length(self) -> int:
        """How long it is, in bytes."""

    @abstractmethod
    def opened(self, stack: ExitStack) -> Read:
        """Make it ready to be read.

        Args:
            stack: Closes what is opened for it.

        Raises:
            FileProblem: A file can't be read, or isn't as large as it was.
        """


class Literal:
    """Bytes that stand in memory.

    Args:
        content: The bytes.
    """

    __slots__ = ("content", "length")

    def __init__(self, content: bytes) -> None:
        self.content, self.length = content, len(content)

    def opened(self, stack: ExitStack) -> Read:  # noqa: ARG002 - nothing is opened
        """See Segment."""
        return lambda: iter((self.content,))


class LongText:
    """A text as it stands in a JSON string, without the quotation marks.

    Args:
        text: The text.

    Raises:
        ValueError: UTF-8 has no such text.
    """

    __slots__ = ("_text", "length")

    def __init__(self, text: str) -> None:
        self._text = text
        self.length = sum(map(len, self._pieces()))

    def opened(self, stack: ExitStack) -> Read:  # noqa: ARG002 - nothing is opened
        """See Segment."""
        return self._pieces

    def _pieces(self) -> Iterator[bytes]:
        for at in range(0, len(self._text), LONG):
            yield ENCODER.encode(self._text[at : at + LONG])[1:-1].encode()


class FileAsItIs:
    """A file.

    Args:
        file: The file.
    """

    __slots__ = ("_file", "length")

    def __init__(self, file: UploadFile) -> None:
        self._file, self.length = file, file.size

    def opened(self, stack: ExitStack) -> Read:
        """See Segment."""
        opened = stack.enter_context(self._file.opened())
        return lambda: self._file.pieces(opened)


class FileAsBase64:
    """A file as base64 data.

    Args:
        file: The file.
    """

    __slots__ = ("_file", "length")

    def __init__(self, file: UploadFile) -> None:
        self._file, self.length = file, -(-file.size // 3) * 4

    def opened(self, stack: ExitStack) -> Read:
        """See Segment."""
        opened = stack.enter_context(self._file.opened())
        return lambda: (binascii.b2a_base64(piece, newline=False) for piece in self._file.pieces(opened))


class Content:
    """Content made of segments.

    Args:
        segments: One after the other.
    """

    __slots__ = ("_segments",)

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def opened(self, stack: ExitStack) -> OpenContent:
        """Make it ready to be read. See Segment."""
        length = sum(segment.length for segment in self._segments)
        return OpenContent([segment.opened(stack) for segment in self._segments], length)


class OpenContent:
    """Content that is open: httpx takes it for the content of a request.

    Args:
        reads: What reads its segments.
        length: How long it is, in bytes.
    """

    __slots__ = ("_reads", "length")

    def __init__(self, reads: Sequence[Read], length: int) -> None:
        self._reads, self.length = reads, length

    def __iter__(self) -> Iterator[bytes]:
        for read in self._reads:
            yield from read()


class AwaitedContent:
    """Content that is open, for httpx's asynchronous client.

    Files are read between two awaits, as httpx does with those in forms: a piece is there sooner than a thread.

    Args:
        content: The content.
    """

    __slots__ = ("_content",)

    def __init__(self, content: OpenContent) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._content:
            yield piece


class ContentAsFile:
    """Content that is open: httpx takes it for a file to put into a form. It asks for the length, then reads all.

    Args:
        content: The content.
    """

    __slots__ = ("_content", "_place", "_rest")

    def __init__(self, content: OpenContent) -> None:
        self._content = content
        self.seek(0)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to the beginning, or to the end.

        Args:
            offset: 0; there is no other place to go to.
            whence: The beginning, or the end.
        """
        if offset or whence not in {os.SEEK_SET, os.SEEK_END}:
            raise ValueError("only the beginning and the end can be gone to")
        to_end = whence == os.SEEK_END
        self._rest: Iterator[bytes] = iter(()) if to_end else iter(self._content)
        self._place = self._content.length if to_end else 0
        return self._place

    def tell(self) -> int:
        """Where it stands, in bytes."""
        return self._place

    def read(self, _: int = PIECE) -> bytes:
        """The next piece, however long it is; b"" at the end."""
        piece = next(self._rest, b"")
        self._place += len(piece)
        return piece
