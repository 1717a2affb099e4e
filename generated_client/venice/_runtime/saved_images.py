"""The steps that save the images of answers in a folder."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from .image_header import LONGEST_SIGNATURE
from .images import ImageFile, ImageSet
from .limits import LONGEST
from .log import log
from .saving import extension_of

if TYPE_CHECKING:
    from pathlib import Path

    from .images import ImageItem
    from .transfer import AnyHttp

_TEMPORARY: Final = re.compile(r"\.[0-9a-f]{16}\.part")  # as saving.py calls them


def sweep(folder: Path) -> None:
    """Remove the temporary files of processes that were killed while they saved images in a folder.

    Args:
        folder: The folder. What may still be in use, being younger than any download, is left there, and so is what
            can't be removed: it takes room, and does no harm.
    """
    try:
        for path in folder.iterdir():
            if _TEMPORARY.fullmatch(path.name):
                _remove_if_old(path)
    except OSError as error:
        log.info("%s can't be searched for what earlier runs left over (%s)", folder, error.strerror)


def _remove_if_old(path: Path) -> None:
    try:
        if time.time() - path.stat().st_mtime > LONGEST:
            path.unlink()
    except FileNotFoundError:
        return  # whoever used it has just finished
    except OSError as error:
        log.info("%s is left over from an earlier run, and can't be removed (%s)", path, error.strerror)


@frozen
class SaveImages:
    """Save all images of an answer. What comes of it is their files, in the order of the images.

    What the answer itself holds is saved whatever it is: it was paid for, and comes but once. What a link gives must be
    an image.

    Attributes:
        answer: The answer. One without images leaves no files.
        folder: Where to.
        name: What the files are called, without what tells several apart.
        http: What to follow links with; None for an httpx client of its own.
        again: Whether files that are there are images of this answer; otherwise they are written over.
    """

    answer: Any
    folder: Path
    name: str
    http: AnyHttp | None = None
    again: bool = False

    def do(self) -> list[Path]:
        """Save them, blocking."""
        if isinstance(self.answer, ImageSet):
            return self.answer.save(self.folder, name=self.name, **self._options(self.answer))
        if isinstance(self.answer, ImageFile):
            return [self.answer.save(self._file(self.answer), overwrite=True, check=False)]
        return []

    async def ado(self) -> list[Path]:
        """Save them, awaiting their end."""
        if isinstance(self.answer, ImageSet):
            return await self.answer.asave(self.folder, name=self.name, **self._options(self.answer))
        if isinstance(self.answer, ImageFile):
            return [await self.answer.asave(self._file(self.answer), overwrite=True, check=False)]
        return []

    def _options(self, answer: ImageSet) -> dict[str, Any]:
        linked = any(not holds_image(image) for image in answer.images)
        return {
            "overwrite": not self.again,
            "skip_existing": self.again,
            "check": linked,
            "http_client": self.http,
        }

    def _file(self, image: ImageFile) -> Path:
        with image.open() as stream:
            extension = extension_of(stream.read(LONGEST_SIGNATURE))
        return self.folder / f"{self.name}.{extension}"


@frozen
class SaveImage:
    """Save one image.

    Attributes:
        image: The image.
        path: Its file, which must not be there.
        http: What to follow its link with; None for an httpx client of its own.
    """

    image: ImageItem
    path: Path
    http: Any = None

    def do(self) -> Path:
        """Save it, blocking."""
        return self.image.save(self.path, http_client=self.http)

    async def ado(self) -> Path:
        """Save it, awaiting its end."""
        return await self.image.asave(self.path, http_client=self.http)


def holds_image(item: ImageItem) -> bool:
    """Whether an item of an answer holds the image itself, rather than a link to it."""
    return bool(embedded_in(item))


def embedded_in(item: ImageItem) -> list[str]:
    """The texts of an item that are its image: base64 data, or a data URI."""
    link, encoded = (getattr(item, name, None) for name in item._image_from)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - one of us
    return [text for text in (encoded, link if link and link[:5].lower() == "data:" else None) if text]
