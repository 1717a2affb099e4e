"""Answers as a ledger keeps them, and back: as JSON, without the images."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import io
import os
from typing import IO, TYPE_CHECKING, Any, Final, cast

import httpx

from .errors import AnswerUnreadable, FileProblem
from .image_header import LONGEST_SIGNATURE
from .images import ImageFile, ImageSet
from .log import log
from .model import SCALARS, Model
from .saved_images import embedded_in
from .saving import EXTENSIONS, extension_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from _typeshed import WriteableBuffer

    from .ledger import Entry
    from .operation import Operation

_KEPT: Final = "x-"  # how headers begin by which APIs tell of an image; others may be cookies


def kept(answer: Any) -> dict[str, Any]:
    """What a ledger keeps of an answer.

    Args:
        answer: What a call returned.

    Returns:
        Its class, and its JSON without the images: the fields ``kind`` and ``answer`` of an entry.
    """
    if isinstance(answer, ImageFile):
        headers = {name: value for name, value in answer.headers.items() if name.startswith(_KEPT)}
        told = {"media_type": answer.media_type, "headers": headers, "size": answer.size}
        return {"kind": type(answer).__name__, "answer": told}
    if isinstance(answer, Model):
        items = answer.images if isinstance(answer, ImageSet) else []
        images = {id(text) for item in items for text in embedded_in(item)}
        return {"kind": type(answer).__name__, "answer": _without(images, answer.to_dict())}
    plain = isinstance(answer, (dict, list)) or type(answer) in SCALARS
    return {"kind": "", "answer": answer if plain else None}


def read_back(operation: Operation[Any], kind: str, answer: Any, paths: Sequence[Path]) -> Any:
    """The answer that an entry keeps.

    Args:
        operation: What was answered.
        kind: The entry's ``kind``.
        answer: The entry's ``answer``.
        paths: The files that its images are in.

    Returns:
        The answer; None if it can't be read back.
    """
    if not kind:
        return answer
    reader: Any = _readers(operation).get(kind)
    try:
        if reader is None:
            return None
        if issubclass(reader, ImageFile):
            return _image_in(paths[0], reader, answer)
        return reader.from_dict(answer)
    except (AnswerUnreadable, FileProblem, LookupError, TypeError):
        return None  # written by a version that had another class of this name


def placed(operation: Operation[Any], entry: Entry, folder: Path) -> list[Path]:
    """The file of an answer that is itself an image, where the ledger doesn't say yet that it was saved.

    Args:
        operation: What was answered.
        entry: What the ledger says.
        folder: Where images are saved.

    Returns:
        The file, if it is there as a whole; after a loss of power it may be there without its content.
    """
    reader: Any = _readers(operation).get(entry.kind)
    if reader is None or not issubclass(reader, ImageFile) or not isinstance(entry.answer, dict):
        return []
    possible = (folder / f"{entry.name}.{extension}" for extension in EXTENSIONS)
    return [path for path in possible if _is_image(path, entry.answer.get("size"))]


def _is_image(path: Path, size: Any) -> bool:
    """Whether a file has a size, and the format that its name says."""
    try:
        if not path.is_file() or path.stat().st_size != size:
            return False
        with path.open("rb") as file:
            return path.suffix == f".{extension_of(file.read(LONGEST_SIGNATURE))}"
    except OSError as error:
        log.info("%s may be an image of an earlier run, and can't be read (%s)", path, error.strerror)
        return False


def in_its_file(answer: Any, paths: Sequence[Path]) -> Any:
    """An answer whose image has been saved; one that is an image reads it from there, and keeps no copy of it."""
    if isinstance(answer, ImageFile) and paths:
        return _image_in(paths[0], type(answer), {"media_type": answer.media_type, "headers": answer.headers})
    return answer


def _image_in(path: Path, kind: type[ImageFile], answer: Any) -> ImageFile:
    return kind(cast("IO[bytes]", _ClosedFile(path)), answer["media_type"], httpx.Headers(answer["headers"]))


def _readers(operation: Operation[Any]) -> dict[str, type[Any]]:
    """The classes that read the operation's answers, by name."""
    return {
        reader.__name__: reader
        for kinds in operation.answers.values()
        for reader in kinds.values()
        if isinstance(reader, type)
    }


def _without(texts: set[int], value: Any) -> Any:
    """JSON without some texts, told by their identity; whole images are not compared."""
    if isinstance(value, dict):
        return {name: _without(texts, item) for name, item in value.items() if id(item) not in texts}
    if isinstance(value, list):
        return [_without(texts, item) for item in value if id(item) not in texts]
    return value


class _ClosedFile(io.RawIOBase):
    """A file that is open only while a piece of it is read; thousands of images must not be thousands of open files.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        with self._opened() as file:
            file.seek(self._at)
            count = file.readinto(buffer)
        self._at += count
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_END:
            with self._opened() as file:
                self._at = file.seek(offset, whence)
        else:
            self._at = offset + (self._at if whence == os.SEEK_CUR else 0)
        return self._at

    def _opened(self) -> io.FileIO:
        try:
            return io.FileIO(self._path)
        except OSError as error:
            raise FileProblem(str(self._path), f"can't be read ({error.strerror or error})") from error
