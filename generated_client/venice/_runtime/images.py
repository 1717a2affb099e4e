"""Images in answers: one by link or as base64 data, several of them, or the answer itself."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar

import httpx

from .connections import checked_http
from .download_client import new_async_client, new_client
from .image_file import ImageFile
from .limits import LARGEST, LONGEST
from .saving import ImageSink, checked_name, sink_at
from .steps import arun, run

if TYPE_CHECKING:
    import builtins
    import os

    from .delivery import Delivery, Given
    from .progress import Report

__all__ = ["ImageFile", "ImageItem", "ImageSet"]


class ImageItem:
    """One image of an answer, given by a link or as base64 data."""

    __slots__ = ()

    _image_from: ClassVar[tuple[str, str]] = ("url", "b64_json")
    """The attributes that hold the link and the base64 data."""

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        overwrite: bool = False,
        check: bool = True,
        max_bytes: int = LARGEST,
        deadline: float | None = LONGEST,
        http_client: httpx.Client | None = None,
    ) -> Path:
        """Save the image. It is streamed to a temporary file first, so that no half of it is left.

        Args:
            path: The file; in a folder, or behind a slash at the end, it is called ``image`` and what fits its format.
                Missing folders are made.
            overwrite: Whether a file that is there may be replaced.
            check: Whether what came must be an image, of the type that was announced. A name that says
                another format is warned of in the log, and the image saved all the same.
            max_bytes: How large a download may be, in bytes.
            deadline: How long a download may take in all, in seconds; None for any time.
            http_client: What to download with; by default a client of its own. Nothing of its headers, cookies and
                credentials is sent along.

        Returns:
            The file.

        Raises:
            FileProblem: The file is there already, or can't be written.
            DownloadFailed: The link doesn't give the image.
            AnswerUnreadable: The answer holds neither a link nor base64 data of an image.
        """
        sink = sink_at(path, overwrite=overwrite)
        return run(_blocking(check, max_bytes, deadline, http_client).save(self._given(), sink))

    async def asave(
        self,
        path: str | os.PathLike[str],
        *,
        overwrite: bool = False,
        check: bool = True,
        max_bytes: int = LARGEST,
        deadline: float | None = LONGEST,
        http_client: httpx.AsyncClient | None = None,
    ) -> Path:
        """The asynchronous twin of `save`."""
        sink = sink_at(path, overwrite=overwrite)
        return await arun(_awaiting(check, max_bytes, deadline, http_client).save(self._given(), sink))

    def open(
        self,
        *,
        check: bool = True,
        max_bytes: int = LARGEST,
        deadline: float | None = LONGEST,
        http_client: httpx.Client | None = None,
    ) -> IO[builtins.bytes]:
        """The image as a file to read, in memory while it is small, else on disk; see `save` for the arguments.

        Returns:
            A readable binary file, to be used in a ``with``, or given to what takes one.
        """
        return run(_blocking(check, max_bytes, deadline, http_client).opened(self._given()))

    async def aopen(
        self,
        *,
        check: bool = True,
        max_bytes: int = LARGEST,
        deadline: float | None = LONGEST,
        http_client: httpx.AsyncClient | None = None,
    ) -> IO[builtins.bytes]:
        """The asynchronous twin of `open`; the file is an ordinary one."""
        return await arun(_awaiting(check, max_bytes, deadline, http_client).opened(self._given()))

    def bytes(
        self,
        *,
        check: bool = True,
        max_bytes: int = LARGEST,
        deadline: float | None = LONGEST,
        http_client: httpx.Client | None = None,
    ) -> builtins.bytes:
        """The image file's bytes, downloaded if need be; see `save` for the arguments."""
        return run(_blocking(check, max_bytes, deadline, http_client).content(self._given()))

    async def abytes(
        self,
        *,
        check: bool = True,
        max_bytes: int = LARGEST,
        deadline: float | None = LONGEST,
        http_client: httpx.AsyncClient | None = None,
    ) -> builtins.bytes:
        """The asynchronous twin of `bytes`."""
        return await arun(_awaiting(check, max_bytes, deadline, http_client).content(self._given()))

    def _given(self) -> Given:
        link, encoded = self._image_from
        return getattr(self, link), getattr(self, encoded), self._image_from


class ImageSet:
    """An answer that holds several images."""

    __slots__ = ()

    _images_field: ClassVar[str] = "data"
    """The attribute that holds them."""

    @property
    def images(self) -> list[Any]:
        """The images, in the answer's order."""
        return list(getattr(self, self._images_field) or ())

    def save(
        self,
        folder: str | os.PathLike[str],
        *,
        name: str = "image",
        overwrite: bool = False,
        skip_existing: bool = False,
        concurrency: int = 4,
        check: bool = True,
        max_bytes: int = LARGEST,
        deadline: float | None = LONGEST,
        progress: bool | Report = False,
        http_client: httpx.Client | None = None,
    ) -> list[Path]:
        """Save all images as ``image-1.png`` and so on, with the extension that each image's format has.

        An image that can't be saved doesn't keep the others from being saved.

        Args:
            folder: Where to. Missing folders are made.
            name: What stands before the number.
            overwrite: Whether files that are there may be replaced.
            skip_existing: Whether files that are there are taken for their images, so that only those that are missing
                are saved; for a second try.
            concurrency: How many are downloaded at a time.
            check: Whether what came must be images, of the types that were announced.
            max_bytes: How large each download may be, in bytes.
            deadline: How long each download may take in all, in seconds; None for any time.
            progress: True for a line on stderr, drawn only where that is a terminal; or a function that is given a
                `Progress` as bytes come in.
            http_client: What to download with; by default a client of its own. Nothing of its headers, cookies and
                credentials is sent along.

        Returns:
            The files, in the images' order.

        Raises:
            FileProblem: A file is there already (then nothing is saved), or can't be written.
            DownloadFailed: A link doesn't give its image.
            AnswerUnreadable: An image has neither a link nor base64 data of an image. For each of these: the error's
                ``saved`` holds the files of the images in their order, None for those that are not saved.
            ValueError: The name is none that files can have.
        """
        places = self._places(folder, name, overwrite=overwrite, skip_existing=skip_existing)
        delivery = _blocking(check, max_bytes, deadline, http_client)
        return run(delivery.save_all(places, skip_existing=skip_existing, concurrency=concurrency, progress=progress))

    async def asave(
        self,
        folder: str | os.PathLike[str],
        *,
        name: str = "image",
        overwrite: bool = False,
        skip_existing: bool = False,
        concurrency: int = 4,
        check: bool = True,
        max_bytes: int = LARGEST,
        deadline: float | None = LONGEST,
        progress: bool | Report = False,
        http_client: httpx.AsyncClient | None = None,
    ) -> list[Path]:
        """The asynchronous twin of `save`."""
        places = self._places(folder, name, overwrite=overwrite, skip_existing=skip_existing)
        delivery = _awaiting(check, max_bytes, deadline, http_client)
        return await arun(
            delivery.save_all(places, skip_existing=skip_existing, concurrency=concurrency, progress=progress)
        )

    def _places(
        self, folder: str | os.PathLike[str], name: str, *, overwrite: bool, skip_existing: bool
    ) -> list[tuple[Given, ImageSink]]:
        if overwrite and skip_existing:
            raise ValueError("overwrite and skip_existing exclude each other")
        stem = Path(folder) / checked_name(name)
        return [
            (
                image._given(),  # noqa: SLF001 - one of us
                ImageSink(stem.with_name(f"{stem.name}-{number}"), overwrite=overwrite, by_format=True),
            )
            for number, image in enumerate(self.images, 1)
        ]


# What saves images is imported where one is saved: most of a program's answers come before that, and importing takes
# longer than a call.


def _blocking(check: bool, max_bytes: int, deadline: float | None, http_client: httpx.Client | None) -> Delivery:  # noqa: FBT001 - passed on
    from .delivery import Delivery  # noqa: PLC0415 - see above
    from .download import Terms  # noqa: PLC0415 - see above

    return Delivery(Terms(check, max_bytes, deadline), checked_http(http_client, httpx.Client), new_client)


def _awaiting(check: bool, max_bytes: int, deadline: float | None, http_client: httpx.AsyncClient | None) -> Delivery:  # noqa: FBT001 - passed on
    from .delivery import Delivery  # noqa: PLC0415 - see above
    from .download import Terms  # noqa: PLC0415 - see above

    return Delivery(Terms(check, max_bytes, deadline), checked_http(http_client, httpx.AsyncClient), new_async_client)
