"""Reads a file that is to be sent, piece by piece and from any place in it: a path, an open file, bytes."""

from __future__ import annotations

import os
import stat
from abc import ABC, abstractmethod
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from .errors import FileProblem
from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import Generator

Source: TypeAlias = Path | IO[bytes] | bytes | bytearray | memoryview
"""Where a file's content is: on disk, in an open file that can be rewound, in memory."""


class OpenFile(ABC):
    """A file that is open for reading, on behalf of one request.

    Args:
        called: What to call it when it can't be read.
        start: Where its content begins in an open file that a user gave; else 0.
    """

    __slots__ = ("_called", "start")

    def __init__(self, called: str, start: int = 0) -> None:
        self._called, self.start = called, start

    @property
    def size(self) -> int:
        """The content's size at this moment, in bytes.

        Raises:
            FileProblem: It can't be told.
        """
        try:
            return self._measured()
        except (OSError, ValueError) as error:
            raise unreadable(self._called, error) from error

    def piece(self, at: int, length: int) -> bytes:
        """Some of the content; less of it only where it ends.

        Args:
            at: Where to begin, in bytes from the beginning of the content.
            length: How much, in bytes.

        Raises:
            FileProblem: It can't be read.
        """
        try:
            return self._read(at, length)
        except (OSError, ValueError) as error:
            raise unreadable(self._called, error) from error

    @abstractmethod
    def _measured(self) -> int:
        """See `size`."""

    @abstractmethod
    def _read(self, at: int, length: int) -> bytes:
        """See `piece`."""


@contextmanager
def opened(source: Source, called: str, start: int | None = None) -> Generator[OpenFile, None, None]:
    """Open a file for reading.

    An open file that a user gave stays open, and at the end is back in its place. Several requests may read it at
    once, and from several threads.

    Args:
        source: The file.
        called: What to call it when it can't be read.
        start: Where its content begins in an open file; by default where that file stands for its user.

    Raises:
        FileProblem: It can't be read.
    """
    if isinstance(source, Path):
        with _open(source) as stream:
            yield _OnDisk(called, stream)
    elif isinstance(source, (bytes, bytearray, memoryview)):
        yield _InMemory(called, source)
    else:
        with _PLACES.held(source, called) as place:
            yield _Shared(called, source, place if start is None else start)


class _InMemory(OpenFile):
    __slots__ = ("_content",)

    def __init__(self, called: str, content: bytes | bytearray | memoryview) -> None:
        super().__init__(called)
        self._content = content

    def _measured(self) -> int:
        return len(self._content)

    def _read(self, at: int, length: int) -> bytes:
        return bytes(self._content[at : at + length])


class _OnDisk(OpenFile):
    __slots__ = ("_stream",)

    def __init__(self, called: str, stream: IO[bytes]) -> None:
        super().__init__(called)
        self._stream = stream

    def _measured(self) -> int:
        return os.fstat(self._stream.fileno()).st_size

    def _read(self, at: int, length: int) -> bytes:
        self._stream.seek(at)
        return _filled(self._stream, length)


class _Shared(OpenFile):
    """A user's open file. Between two of our pieces, others may have moved it."""

    __slots__ = ("_stream",)

    def __init__(self, called: str, stream: IO[bytes], start: int) -> None:
        super().__init__(called, start)
        self._stream = stream

    def _measured(self) -> int:
        with _PLACES.turns:
            self._stream.seek(0, os.SEEK_END)
            return max(self._stream.tell() - self.start, 0)

    def _read(self, at: int, length: int) -> bytes:
        with _PLACES.turns:
            # To seek is dear in a compressed file, even to where it stands.
            if self._stream.tell() != self.start + at:
                self._stream.seek(self.start + at)
            return _filled(self._stream, length)


class _Places:
    """Where open files stand for the users who gave them, while we move them about."""

    def __init__(self) -> None:
        self.turns = Turns()
        self._held: dict[int, tuple[int, int]] = {}  # by the file's identity: its place, and how many read it

    @contextmanager
    def held(self, stream: IO[bytes], called: str) -> Generator[int, None, None]:
        """A file's place for its user, who finds it there again when nobody of ours reads it any more."""
        with self.turns:
            try:
                place, readers = self._held.get(id(stream)) or (stream.tell(), 0)
            except (OSError, ValueError) as error:
                raise unreadable(called, error) from error
            self._held[id(stream)] = place, readers + 1
        try:
            yield place
        finally:
            with self.turns:
                place, readers = self._held.pop(id(stream))
                if readers > 1:
                    self._held[id(stream)] = place, readers - 1
                else:
                    with suppress(OSError, ValueError):  # closed meanwhile, it has no place any more
                        stream.seek(place)


_PLACES = _Places()


def unreadable(called: str, error: Exception) -> FileProblem:
    """What to raise for a file that can't be read.

    Args:
        called: The file's name, or "".
        error: Why it can't be.
    """
    return FileProblem(called or "the open file", f"can't be read ({error}); give a path, bytes, or an open file")


def _filled(stream: IO[bytes], length: int) -> bytes:
    """As many bytes as asked for, also from a file that gives fewer at a time."""
    found = stream.read(length)
    while found and len(found) < length and (more := stream.read(length - len(found))):
        found += more
    return found


def _open(path: Path) -> IO[bytes]:
    """Open a path for reading.

    Raises:
        FileProblem: It can't be.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return path.open("rb", buffering=0)  # read in large pieces, so that a buffer is but one more copy
    except OSError as error:
        raise FileProblem(str(path), _why(path, error)) from error
    except ValueError as error:
        raise unreadable(str(path), error) from error
    if stat.S_ISDIR(mode):
        raise FileProblem(str(path), "is a folder, not a file")
    # To open a pipe would be to wait here for whoever writes to it.
    raise FileProblem(str(path), "is a pipe or a device; open it yourself, and give the open file")


def _why(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        looked = "" if path.is_absolute() else f" (looked from {Path.cwd()})"
        return f"there is no such file{looked}"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    return f"can't be read ({error.strerror or error})"
