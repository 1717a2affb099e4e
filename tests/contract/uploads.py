"""Files as callers give them: paths, bytes, open files, and all of these with a name."""

from __future__ import annotations

import io
import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self

from attrs import field, frozen
from hypothesis import strategies as st

from generator.spec.boundary.png import png

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from hypothesis.strategies import SearchStrategy

    from generator.spec import Json

_LENGTHS: Final = (1, 2, 3, 49_151, 49_152, 49_153, 98_304, 120_000)
"""Bytes: those that base64 writes in each of its three ways, and those around the client's pieces."""

_FILLINGS: Final = (bytes(range(256)), b"\r\n--+++\r\n--\r\n\r\n", b"\0", b"\xff\xd8\xff", '"},{\\猫'.encode())


@frozen
class Upload:
    """A file to give.

    Attributes:
        content: What is in it.
        way: How it is given.
        name: The name that it is given under, if the way has one.
    """

    content: bytes = field(repr=lambda content: f"<{len(content)} bytes>")
    way: str
    name: str


class Desk:
    """Where files lie while a call lasts.

    Args:
        folder: For those on disk. Each of a test's examples writes over those of the one before.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def given(self, value: Any) -> Any:
        """A value with its uploads as what a caller gives."""
        if isinstance(value, Upload):
            return _WAYS[value.way](self, value)
        if isinstance(value, dict):
            return {name: self.given(item) for name, item in value.items()}
        return [self.given(item) for item in value] if isinstance(value, list) else value

    def path(self, upload: Upload) -> Path:
        """A file on disk."""
        self._count += 1
        path = self._folder / f"{self._count}.png"
        path.write_bytes(upload.content)
        return path

    def opened(self, upload: Upload) -> Any:
        """One of them, opened."""
        return self._stack.enter_context(self.path(upload).open("rb"))

    def begun(self, upload: Upload) -> Any:
        """An open file of which something was read before."""
        stream = io.BytesIO(b"read before" + upload.content)
        stream.seek(len(b"read before"))
        return stream

    def spooled(self, upload: Upload) -> Any:
        """A temporary file, in memory as long as it is small."""
        stream = tempfile.SpooledTemporaryFile(max_size=50_000)  # noqa: SIM115 - it lasts as long as the call
        self._stack.callback(stream.close)
        stream.write(upload.content)
        stream.seek(0)
        return stream

    def piped(self, upload: Upload) -> Any:
        """An open file that can't be rewound."""
        return _Pipe(upload.content)


class _Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise io.UnsupportedOperation("seek")

    tell = seek


_WAYS: Final[Mapping[str, Callable[[Desk, Upload], Any]]] = {
    "bytes": lambda _, upload: upload.content,
    "bytearray": lambda _, upload: bytearray(upload.content),
    "path": Desk.path,
    "open": Desk.opened,
    "begun": Desk.begun,
    "spooled": Desk.spooled,
    "piped": Desk.piped,
    "named": lambda _, upload: (upload.name, upload.content),
    "named path": lambda desk, upload: (upload.name, desk.path(upload)),
    "typed": lambda desk, upload: (upload.name, desk.opened(upload), "image/x-own; a=b"),
}


def uploads(limited: Mapping[str, Json]) -> SearchStrategy[Upload]:
    """Files to give where the spec limits images so.

    Args:
        limited: The place's ``x-image``.
    """
    image = png(512, 512) if {"minPixels", "maxPixels"} & limited.keys() else b""
    contents = st.builds(
        lambda length, filling: image + (filling * (length // len(filling) + 1))[:length],
        st.sampled_from(_LENGTHS),
        st.sampled_from(_FILLINGS),
    )
    names = st.sampled_from(["cat.png", 'a "b"', "猫.png", "../../x.png", "a\r\nX: y", "a;b=c"])
    return st.builds(Upload, contents, st.sampled_from(sorted(_WAYS)), names)
