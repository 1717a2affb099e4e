"""Files to send: what counts as one, what is in it, what it is called."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import inspect
import io
import mimetypes
import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from .errors import FileProblem
from .image_header import LONGEST_SIGNATURE, format_of
from .open_file import opened, unreadable
from .unrewindable import rewindable

if TYPE_CHECKING:
    from collections.abc import Generator

    from .open_file import OpenFile, Source
    from .types import FileInput

PIECE: Final = 49_152
"""How many bytes of a file are read at a time; a multiple of three, so that base64 of pieces is base64 of the whole."""

_NAMED, _TYPED = 2, 3  # lengths of (name, content) and (name, content, media type)
_BINARY = "application/octet-stream"
_FILE_NAME = re.compile(r"(?!https?:|data:)[^\n]*\.", re.IGNORECASE)  # no link, and no base64 data, which has no dots
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+( *;[ -~]*)?", re.ASCII)  # so no line break gets into a header


def is_file(value: Any) -> bool:
    """Whether a value is a file to send: a path, bytes, an open file, or a tuple that names one of these."""
    if isinstance(value, tuple):
        return len(value) in {_NAMED, _TYPED} and isinstance(value[0], str) and _is_content(value[1])
    return _is_content(value)


def refuse_named_text(given: Any) -> None:
    """Refuse a name with a text for a file: it may be a path, or what is in the file, so that nothing can be guessed.

    Args:
        given: What is given for an image, or for several.

    Raises:
        FileProblem: It is, or holds, such a tuple.
    """
    for each in (given, *given) if isinstance(given, (list, tuple)) else ():
        if _names_a_text(each):
            words = "the content beside this name is a text; give pathlib.Path(...) for a path, bytes, or an open file"
            raise FileProblem(each[0], words)


def _names_a_text(value: Any) -> bool:
    if not isinstance(value, tuple) or len(value) not in {_NAMED, _TYPED}:
        return False
    return all(isinstance(part, str) for part in value) and _FILE_NAME.match(value[0]) is not None


def _is_content(value: Any) -> bool:
    return isinstance(value, (bytes, bytearray, memoryview, os.PathLike)) or hasattr(value, "read")


@frozen
class UploadFile:
    """A file, ready to be read as often as attempts are made.

    Attributes:
        name: Its name, without folders.
        media_type: What it is: as the user says, else as its first bytes tell, else as its name does.
        size: In bytes.
        source: Where its content is.
        start: Where the content begins in an open file, in bytes.
    """

    name: str
    media_type: str
    size: int
    source: Source = field(repr=False)
    start: int = 0

    @classmethod
    def of(cls, given: FileInput) -> UploadFile:
        """Look at a file that a user gives.

        An open file is read from where it stands, and put back there. One that can't be rewound is copied.

        Raises:
            FileProblem: It doesn't exist, is a folder, can't be read, or is opened as text; or its media type is none.
        """
        parts: tuple[Any, ...] = given if isinstance(given, tuple) else ("", given)
        named, content, media_type = (*parts, None)[:_TYPED]
        called = named or _name_of(content)
        source = _source(content, called)
        with opened(source, called) as file:
            head, size, start = file.piece(0, LONGEST_SIGNATURE), file.size, file.start
        if not isinstance(head, bytes):  # pyright: ignore[reportUnnecessaryIsInstance] - a file opened as text
            raise _is_text(called)
        known = format_of(head)
        name = _without_folders(called) or (f"image.{known.extension}" if known else "file")
        guessed = known.media_type if known else mimetypes.guess_type(name)[0] or _BINARY
        return cls(name, guessed if media_type is None else _checked(media_type, name), size, source, start)

    @property
    def place(self) -> str:
        """What to call it when something is wrong with it."""
        return str(self.source) if isinstance(self.source, Path) else self.name

    def head(self, length: int) -> bytes:
        """The first bytes; fewer than `length` if the file is shorter."""
        with self.opened() as file:
            return file.piece(0, length)

    @contextmanager
    def opened(self) -> Generator[OpenFile, None, None]:
        """The file, open for reading.

        Raises:
            FileProblem: It can't be read any more, or isn't as large as it was.
        """
        with opened(self.source, self.place, self.start) as file:
            self._must_be_as_it_was(file.size)
            yield file

    def pieces(self, file: OpenFile) -> Generator[bytes, None, None]:
        """All of the file, in pieces of `PIECE` bytes.

        Args:
            file: The file as it was opened.

        Raises:
            FileProblem: It can't be read, or it isn't as large as it was. The last piece is held back then, so that
                nobody takes what was sent for the whole.
        """
        for at in range(0, self.size, PIECE):
            length = min(PIECE, self.size - at)
            piece = file.piece(at, length)
            if len(piece) < length:
                self._must_be_as_it_was(at + len(piece))
            if at + length == self.size:
                self._must_be_as_it_was(file.size)
            yield piece

    def _must_be_as_it_was(self, size: int) -> None:
        if size != self.size:
            words = f"had {self.size} bytes and now has {size}; call again when nothing writes to it any more"
            raise FileProblem(self.place, f"changed while it was to be sent, so that it was not: it {words}")


def _source(content: Any, called: str) -> Source:
    """Where the content of a file is, one that can be read from any place."""
    if isinstance(content, os.PathLike):
        return Path(os.fsdecode(content))
    if isinstance(content, memoryview):
        return content.cast("B") if content.c_contiguous else content.tobytes()
    if isinstance(content, (bytes, bytearray)):
        return content
    return _stream(content, called or "the open file")


def _stream(stream: Any, called: str) -> Source:
    if isinstance(stream, io.TextIOBase):
        raise _is_text(called)
    if inspect.iscoroutinefunction(stream.read):
        raise FileProblem(called, "is opened for reading by await; give its path, its bytes, or an ordinary open file")
    try:
        # What has nothing but read() can't be rewound either.
        return stream if hasattr(stream, "seekable") and stream.seekable() else rewindable(stream)
    except TypeError as error:
        raise FileProblem(called, "can't be read as a file; read it yourself, and give the bytes") from error
    except (OSError, ValueError) as error:
        raise unreadable(called, error) from error


def _name_of(content: Any) -> str:
    """The name that a path or an open file has of itself; "" for none."""
    own = content if isinstance(content, os.PathLike) else getattr(content, "name", None)
    name = os.fsdecode(own) if isinstance(own, (str, bytes, os.PathLike)) else ""
    return "" if name.startswith("<") else name  # Python's own name for what has none, such as <stdin>


def _without_folders(name: str) -> str:
    """A file's name as UTF-8 can carry it. Folders are nobody's business; some servers would even follow them."""
    own = name.replace("\\", "/").rstrip("/").rpartition("/")[2].encode("utf-8", "replace").decode()
    return "" if own in {".", ".."} else own


def _checked(media_type: Any, name: str) -> str:
    if not isinstance(media_type, str) or not _MEDIA_TYPE.fullmatch(media_type):
        raise FileProblem(name, f"its media type must be one such as image/png, not {media_type!r}")
    return media_type


def _is_text(called: str) -> FileProblem:
    return FileProblem(called or "the open file", 'is opened as text; open it with mode "rb"')
