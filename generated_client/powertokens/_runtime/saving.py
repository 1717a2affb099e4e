"""Writes images to disk: whole or not at all, and never over a file that is there unless told to."""

from __future__ import annotations

import secrets
from typing import IO, TYPE_CHECKING, Self

from .errors import FileProblem
from .image_header import FORMATS, LONGEST_SIGNATURE, format_of

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_UNKNOWN = "bin"  # extension of an image whose format isn't recognised


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

    def __enter__(self) -> Self:
        if not self._overwrite:
            for path in self._possible():
                if path.exists():
                    raise _taken(path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_name(f".{secrets.token_hex(8)}.part")
            self._stream = temporary.open("xb")  # with the permissions that the user's files have
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self._temporary = temporary
        return self

    def write(self, piece: bytes) -> None:
        """Take a piece of the image."""
        if self._stream is None:
            raise FileProblem(str(self.path), "is not open for writing; use it in a with statement")
        if len(self._head) < LONGEST_SIGNATURE:
            self._head += piece[:LONGEST_SIGNATURE]
        try:
            self._stream.write(piece)
        except OSError as error:
            raise _unwritable(self.path, error) from error

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
            raise _unwritable(self.path, problem) from problem
        finally:
            self._temporary.unlink(missing_ok=True)

    def _place(self, temporary: Path) -> None:
        if self._by_format:
            known = format_of(self._head)
            self.path = self.path.with_name(f"{self.path.name}.{known.extension if known else _UNKNOWN}")
        if not self._overwrite:
            try:
                self.path.open("xb").close()  # claims the name, whoever else wants it
            except FileExistsError:
                raise _taken(self.path) from None
        temporary.replace(self.path)

    def _possible(self) -> list[Path]:
        if not self._by_format:
            return [self.path]
        extensions = [*(each.extension for each in FORMATS), _UNKNOWN]
        return [self.path.with_name(f"{self.path.name}.{extension}") for extension in extensions]


def _taken(path: Path) -> FileProblem:
    return FileProblem(str(path), "is there already; choose another name or say overwrite=True")


def _unwritable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(str(path), f"can't be written ({error.strerror or error})")
