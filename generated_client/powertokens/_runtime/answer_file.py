"""An answer that is a file of any kind."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Self

from .image_file import ImageFile
from .image_type import media_type_of

if TYPE_CHECKING:
    import builtins
    import os
    from pathlib import Path

    import httpx


class AnswerFile(ImageFile):
    """An answer that is a file. Its bytes are in memory while they are few, else in a temporary file."""

    @classmethod
    def from_stream(cls, stream: IO[builtins.bytes], response: httpx.Response) -> Self:
        """The file that an answer is; it may be empty.

        Args:
            stream: The answer's body, which nobody else uses.
            response: The answer.
        """
        return cls(stream, media_type_of(response.headers.get("content-type", "")), response.headers)

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False, check: bool = False) -> Path:
        """Save the file.

        Args:
            path: Where to.
            overwrite: Whether a file that is there is replaced.
            check: Whether it must be an image.
        """
        return super().save(path, overwrite=overwrite, check=check)

    async def asave(self, path: str | os.PathLike[str], *, overwrite: bool = False, check: bool = False) -> Path:
        """As `save`, awaited."""
        return await super().asave(path, overwrite=overwrite, check=check)
