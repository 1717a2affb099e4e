"""Writes images to disk: whole or not at all, and never over a file that is there unless told to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Protocol, Self

from .errors import FileProblem
from .image_header import FORMATS, LONGEST_SIGNATURE, format_of
from .log import log

if TYPE_CHECKING:
    from types import TracebackType

_UNKNOWN: Final = "bin"
"""The extension of an image whose format isn't recognised."""

EXTENSIONS: Final = (*(each.extension for each in FORMATS), _UNKNOWN)
"""The extensions that images are given."""

_OTHER_EXTENSIONS: Final = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "tif": "tiff"}

_IMAGE: Final = "image"
"""What an image is called that is given no name."""

_UNSAFE: Final = frozenset('/\\:*?"<>|')
"""What some system forbids in the name of a file, or takes for a separator."""

_TAKEN: Final = "is there already; choose another name or say overwrite=True"


class Sink(Protocol):
    """Something that takes an image in pieces."""

    def write(self, piece: bytes, /) -> object:
        """Take a piece."""

    def restart(self) -> None:
        """Forget all pieces: the image comes from its beginning again."""


class ImageSink:
    """Takes an image in pieces into a temporary file beside its place, and puts it there when it is whole.

    Args:
        path: Where the image goes. Missing folders are made.
        overwrite: Whether a file that is there may be replaced.
        by_format: Whether the extension that fits the image is put behind the path.
    """

    def __init__(self, path: Path, *, overwrite: bool, by_format: bool = False) -> None:
        self.path = path
        self._overwrite = overwrite
        self._by_format = by_format
        self._head = b""
        self._temporary: Path | None = None
        self._stream: IO[bytes] | None = None

    def existing(self) -> Path | None:
        """The file that is in the image's place; None if there is none."""
        return next((path for path in self._possible() if os.path.lexists(path)), None)

    def check_free(self, advice: str = _TAKEN) -> None:
        """Refuse a place that is taken, unless it may be written over.

        Args:
            advice: What is said of a file that is there.

        Raises:
            FileProblem: The place is taken, or can't be one.
        """
        if "\0" in str(self.path):
            raise FileProblem(str(self.path), "can't be written (it has a null character in it)")
        there = self.existing()
        if there is not None and there.is_dir():
            raise FileProblem(str(there), "is a folder; name a file in it")
        if there is not None and not self._overwrite:
            raise FileProblem(str(there), advice)

    def __enter__(self) -> Self:
        self.check_free()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_name(f".{os.urandom(8).hex()}.part")
            self._stream = temporary.open("xb")  # with the permissions that the user's files have
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self._temporary = temporary
        return self

    def write(self, piece: bytes) -> None:
        """Take a piece of the image."""
        if len(self._head) < LONGEST_SIGNATURE:
            self._head += piece[:LONGEST_SIGNATURE]
        try:
            self._opened().write(piece)
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def restart(self) -> None:
        """Forget all pieces."""
        self._head = b""
        try:
            self._opened().seek(0)
            self._opened().truncate()
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _opened(self) -> IO[bytes]:
        if self._stream is None:
            raise FileProblem(str(self.path), "is not open for writing; use it in a with statement")
        return self._stream

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stream is None or self._temporary is None:
            return
        try:
            self._stream.close()
            if kind is None:
                self._place(self._temporary)
        except OSError as problem:
            if kind is None:  # what went wrong first is told
                raise _unwritable(self.path, problem) from problem
        finally:
            self._remove(self._temporary)

    def _remove(self, temporary: Path) -> None:
        try:
            temporary.unlink(missing_ok=True)
        except OSError as error:  # what happened to the image matters more
            log.info("the temporary file %s can't be removed (%s)", temporary, error.strerror)

    def _place(self, temporary: Path) -> None:
        if self._by_format:
            self.path = self.path.with_name(f"{self.path.name}.{extension_of(self._head)}")
        else:
            self._warn_of_name()
        if self._overwrite:
            temporary.replace(self.path)
            return
        try:
            _move(temporary, self.path)
        except FileExistsError:
            raise FileProblem(str(self.path), _TAKEN) from None

    def _warn_of_name(self) -> None:
        """Tell of a name that says another format than the image has; it is paid for, so it is saved all the same."""
        named, extension = self.path.suffix[1:].lower(), extension_of(self._head)
        said = _OTHER_EXTENSIONS.get(named, named)
        if said in EXTENSIONS and said != extension:
            better = self.path.with_suffix(f".{extension}").name
            log.warning("%s holds an image of the format %s; %s would be its name", self.path, extension, better)

    def _possible(self) -> list[Path]:
        if not self._by_format:
            return [self.path]
        return [self.path.with_name(f"{self.path.name}.{extension}") for extension in EXTENSIONS]


def _move(temporary: Path, path: Path) -> None:
    """Give a file its name, unless it is taken, whoever else wants it at the same time."""
    try:
        os.link(temporary, path)  # renaming would replace
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        path.open("xb").close()  # claims the name
        try:
            temporary.replace(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def sink_at(path: str | os.PathLike[str], *, overwrite: bool) -> ImageSink:
    """Where a single image goes.

    Args:
        path: Its file; or a folder, that is what is one or ends in a slash: there it is called ``image``, with the
            extension that fits it.
        overwrite: Whether a file that is there may be replaced.
    """
    given = Path(path)
    if os.fspath(path).endswith(("/", os.sep)) or _is_folder(given):
        return ImageSink(given / _IMAGE, overwrite=overwrite, by_format=True)
    return ImageSink(given, overwrite=overwrite)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it can't be looked at, and what that means is told when it is written
        return False


def extension_of(head: bytes) -> str:
    """The extension that fits an image.

    Args:
        head: Its first bytes, as many as `LONGEST_SIGNATURE` or all.
    """
    known = format_of(head)
    return known.extension if known else _UNKNOWN


def checked_name(name: str) -> str:
    """A name that files are given, which must be a name on every system, and no path.

    Raises:
        ValueError: It is none.
    """
    if not name or name.strip(". ") == "" or not name.isprintable() or _UNSAFE.intersection(name):
        raise ValueError(
            f'name must be the beginning of a file\'s name, like "image", without / \\ : * ? " < > |; got {name!r}'
        )
    return name


def _unwritable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(str(path), f"can't be written ({error.strerror or error})")
