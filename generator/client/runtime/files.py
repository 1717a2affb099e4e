"""Files to send: what counts as one, what is in it, what it is called."""

from __future__ import annotations

import mimetypes
import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from attrs import field, frozen

from .errors import FileProblem
from .image_header import LONGEST_SIGNATURE, format_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .types import FileInput

_NAMED, _TYPED = 2, 3  # lengths of (name, content) and (name, content, media type)
_BINARY = "application/octet-stream"


def is_file(value: Any) -> bool:
    """Whether a value is a file to send: a path, bytes, an open file, or a tuple that names one of these."""
    if isinstance(value, tuple):
        return len(value) in {_NAMED, _TYPED} and isinstance(value[0], str) and _is_content(value[1])
    return _is_content(value)


def _is_content(value: Any) -> bool:
    return isinstance(value, (bytes, bytearray, memoryview, os.PathLike)) or hasattr(value, "read")


@frozen
class UploadFile:
    """A file, ready to be read as often as attempts are made.

    Attributes:
        name: Its name, without folders.
        media_type: What it is, told by its first bytes, else by its name.
        path: Where it is, if it is read from a path.
        stream: The open file, if it is read from one that can be rewound.
        start: Where in the stream it begins, in bytes.
        content: Its bytes, if it is in memory.
    """

    name: str
    media_type: str
    path: Path | None = None
    stream: IO[bytes] | None = field(default=None, repr=False)
    start: int = 0
    content: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, given: FileInput) -> UploadFile:
        """Look at a file that a user gives. An open file that can't be rewound is read into memory.

        Raises:
            FileProblem: It doesn't exist, is a folder, may not be read, or is opened as text.
        """
        parts: tuple[Any, ...] = given if isinstance(given, tuple) else ("", given)
        name, content, media_type = (*parts, "")[:_TYPED]
        if isinstance(content, os.PathLike):
            found = cls("", "", path=_readable(Path(content)))
        elif isinstance(content, (bytes, bytearray, memoryview)):
            found = cls("", "", content=bytes(content))
        else:
            found = cls._opened(content)
        name = name or found._own_name()  # noqa: SLF001 - it is one of us
        return cls(name, media_type or found.guessed_type(name), found.path, found.stream, found.start, found.content)

    @classmethod
    def _opened(cls, stream: Any) -> UploadFile:
        name = str(getattr(stream, "name", "the open file"))
        try:
            if stream.seekable():
                found = cls("", "", stream=stream, start=stream.tell())
                head: Any = found.head(1)
            else:
                head = stream.read()
                found = cls("", "", content=head)
        except (OSError, ValueError, AttributeError) as error:
            raise FileProblem(name, f"can't be read ({error}); give a path, bytes, or an open file") from error
        if not isinstance(head, bytes):
            raise FileProblem(name, 'is opened as text; open it with mode "rb"')
        return found

    def _own_name(self) -> str:
        if self.path is not None:
            return self.path.name
        name = getattr(self.stream, "name", None)
        if isinstance(name, str) and name:
            return Path(name).name
        known = format_of(self.head(LONGEST_SIGNATURE))
        return f"image.{known.extension}" if known else "file"

    def guessed_type(self, name: str) -> str:
        """The media type, told by the first bytes, else by a name."""
        known = format_of(self.head(LONGEST_SIGNATURE))
        return known.media_type if known else mimetypes.guess_type(name)[0] or _BINARY

    @property
    def size(self) -> int:
        """The file's size, in bytes."""
        if self.content is not None:
            return len(self.content)
        with self.opened() as stream:
            return stream.seek(0, os.SEEK_END) - self.start

    def head(self, length: int) -> bytes:
        """The first bytes; fewer than `length` if the file is shorter."""
        if self.content is not None:
            return self.content[:length]
        with self.opened() as stream:
            return stream.read(length)

    def read(self) -> bytes:
        """All bytes."""
        return self.head(-1) if self.content is None else self.content

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The file from its beginning. An open file that the user gave stays open, and is put back to its place."""
        if self.path is not None:
            with _open(self.path) as stream:
                yield stream
        elif self.stream is not None:
            self.stream.seek(self.start)
            try:
                yield self.stream
            finally:
                self.stream.seek(self.start)
        else:
            raise FileProblem(self.name, "is in memory and can't be opened; take its content")


def _open(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise _problem(path, error) from error


def _readable(path: Path) -> Path:
    _open(path).close()
    return path


def _problem(path: Path, error: OSError) -> FileProblem:
    if isinstance(error, FileNotFoundError):
        looked = "" if path.is_absolute() else f" (looked from {Path.cwd()})"
        return FileProblem(str(path), f"there is no such file{looked}")
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return FileProblem(str(path), "is a folder, not a file")
    if isinstance(error, PermissionError):
        return FileProblem(str(path), "may not be read; check its permissions")
    return FileProblem(str(path), f"can't be read ({error.strerror or error})")
