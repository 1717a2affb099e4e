"""An answer that is itself an image."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final, Self

from .errors import AnswerUnreadable
from .image_header import LONGEST_SIGNATURE
from .image_type import fault, media_type_of
from .saving import sink_at
from .spool import Spool
from .steps import Pause, arun, run

if TYPE_CHECKING:
    import builtins
    import os
    from pathlib import Path

    import httpx

    from .saving import ImageSink
    from .steps import Plan

_PIECE: Final = 262_144  # bytes that are copied in one go


class ImageFile:
    """An answer that is an image. Its bytes are in memory while they are few, else in a temporary file.

    Args:
        stream: A file with the image, which nobody else uses.
        media_type: The answer's media type, e.g. "image/png".
        headers: The answer's headers.
    """

    def __init__(self, stream: IO[builtins.bytes], media_type: str, headers: httpx.Headers) -> None:
        self._spool = Spool(stream)
        self.media_type = media_type
        self.headers = headers

    @classmethod
    def from_stream(cls, stream: IO[builtins.bytes], response: httpx.Response) -> Self:
        """The image that an answer is.

        Args:
            stream: The answer's body, which nobody else uses.
            response: The answer.

        Raises:
            AnswerUnreadable: The answer is empty.
        """
        image = cls(stream, media_type_of(response.headers.get("content-type", "")), response.headers)
        if not image.size:
            raise AnswerUnreadable("the answer is empty where the API documents an image")
        return image

    @property
    def size(self) -> int:
        """The image file's size, in bytes."""
        return self._spool.size

    @property
    def content(self) -> builtins.bytes:
        """The image file's bytes."""
        return self.bytes()

    def bytes(self) -> builtins.bytes:
        """The image file's bytes."""
        return self._spool.read_at(0, self.size)

    def open(self) -> IO[builtins.bytes]:
        """The image as a file to read. Each has a position of its own, and closing one closes no other."""
        return self._spool.opened()

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False, check: bool = True) -> Path:
        """Save the image.

        Args:
            path: The file; in a folder, or behind a slash at the end, it is called ``image`` and what fits its format.
                Missing folders are made.
            overwrite: Whether a file that is there may be replaced.
            check: Whether it must be an image, of the type that was announced. A name that says another format is
                warned of in the log, and the image saved all the same.

        Returns:
            The file.

        Raises:
            FileProblem: The file is there already, or can't be written.
            AnswerUnreadable: It is no image, or one of another type.
        """
        return run(self._saved(sink_at(path, overwrite=overwrite), check=check))

    async def asave(self, path: str | os.PathLike[str], *, overwrite: bool = False, check: bool = True) -> Path:
        """The asynchronous twin of `save`."""
        return await arun(self._saved(sink_at(path, overwrite=overwrite), check=check))

    def _saved(self, sink: ImageSink, *, check: bool) -> Plan[Path]:
        wrong = fault(self._spool.read_at(0, LONGEST_SIGNATURE), self.media_type, self.size) if check else ""
        if wrong:
            raise AnswerUnreadable(f"{wrong}. To save it anyhow, say check=False")
        with sink:
            for at in range(0, self.size, _PIECE):
                sink.write(self._spool.read_at(at, _PIECE))
                yield Pause(0)  # lets others run
        return sink.path

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.media_type}, {self.size} bytes)"
