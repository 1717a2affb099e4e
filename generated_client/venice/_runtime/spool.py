"""Bytes that are kept for several readers: in memory while they are few, else in a temporary file without a name."""

from __future__ import annotations

import io
import os
import threading
import weakref
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 65_536  # bytes that a reader takes at a time


class Spool:
    """A file's bytes. They go when neither this nor any reader is left; nobody need close it.

    Args:
        stream: A file with the bytes, which nobody else uses.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._turn = threading.Lock()
        self.size = stream.seek(0, os.SEEK_END)
        """How many bytes there are."""

        weakref.finalize(self, stream.close)

    def read_at(self, at: int, length: int) -> bytes:
        """Some of the bytes.

        Args:
            at: Where to begin, in bytes.
            length: How many.
        """
        with self._turn:
            self._stream.seek(at)
            return self._stream.read(length)

    def opened(self) -> IO[bytes]:
        """A file to read, at its beginning. Each has a position of its own."""
        return cast("IO[bytes]", io.BufferedReader(_Reader(self), _BUFFER))

    def __deepcopy__(self, memo: dict[int, Any]) -> Spool:
        return self  # nothing can change it

    def __reduce__(self) -> tuple[Any, ...]:
        return _of_bytes, (self.read_at(0, self.size),)


def _of_bytes(content: bytes) -> Spool:
    return Spool(io.BytesIO(content))


class _Reader(io.RawIOBase):
    """Reads a spool from a position of its own."""

    def __init__(self, spool: Spool) -> None:
        super().__init__()
        self._spool = spool
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._spool.read_at(self._at, len(view))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._spool.size}[whence]
        if start + offset < 0:
            raise ValueError("can't seek before the beginning")
        self._at = start + offset
        return self._at
