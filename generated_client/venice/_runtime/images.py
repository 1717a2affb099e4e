"""Images in answers: one by link or as base64 data, several of them, or the answer itself."""

from __future__ import annotations

import base64
import binascii
from contextlib import asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from .download import adownload, download, new_async_client, new_client
from .errors import AnswerUnreadable
from .saving import ImageSink

if TYPE_CHECKING:
    import builtins
    import os
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    import httpx


class ImageItem:
    """One image of an answer, given by a link or as base64 data."""

    __slots__ = ()

    _image_from: ClassVar[tuple[str, str]] = ("url", "b64_json")
    """The attributes that hold the link and the base64 data."""

    def bytes(self, *, http_client: httpx.Client | None = None) -> builtins.bytes:
        """The image file's bytes, downloaded if need be.

        Args:
            http_client: What to download with; by default a client of its own, without credentials.

        Raises:
            DownloadFailed: The link doesn't give the image.
            AnswerUnreadable: The answer holds neither a link nor base64 data.
        """
        pieces: list[builtins.bytes] = []
        self._pour(pieces.append, http_client)
        return b"".join(pieces)

    async def abytes(self, *, http_client: httpx.AsyncClient | None = None) -> builtins.bytes:
        """The asynchronous twin of `bytes`."""
        pieces: list[builtins.bytes] = []
        await self._apour(pieces.append, http_client)
        return b"".join(pieces)

    def save(
        self, path: str | os.PathLike[str], *, overwrite: bool = False, http_client: httpx.Client | None = None
    ) -> Path:
        """Save the image. It is streamed to a temporary file first, so that no half of it is left.

        Args:
            path: The file. Missing folders are made.
            overwrite: Whether a file that is there may be replaced.
            http_client: What to download with; by default a client of its own, without credentials.

        Returns:
            The file.

        Raises:
            FileProblem: The file is there already, or can't be written.
            DownloadFailed: The link doesn't give the image.
        """
        return self._save_in(ImageSink(Path(path), overwrite=overwrite), http_client)

    async def asave(
        self, path: str | os.PathLike[str], *, overwrite: bool = False, http_client: httpx.AsyncClient | None = None
    ) -> Path:
        """The asynchronous twin of `save`."""
        return await self._asave_in(ImageSink(Path(path), overwrite=overwrite), http_client)

    def _save_in(self, sink: ImageSink, http_client: httpx.Client | None) -> Path:
        with sink:
            self._pour(sink.write, http_client)
        return sink.path

    async def _asave_in(self, sink: ImageSink, http_client: httpx.AsyncClient | None) -> Path:
        with sink:
            await self._apour(sink.write, http_client)
        return sink.path

    def _pour(self, take: Callable[[builtins.bytes], object], http_client: httpx.Client | None) -> None:
        data, url = self._given()
        if data is not None:
            take(data)
            return
        with _client(http_client) as client:
            download(client, url, take)

    async def _apour(self, take: Callable[[builtins.bytes], object], http_client: httpx.AsyncClient | None) -> None:
        data, url = self._given()
        if data is not None:
            take(data)
            return
        async with _async_client(http_client) as client:
            await adownload(client, url, take)

    def _given(self) -> tuple[builtins.bytes | None, str]:
        """The image's bytes, or None and its link."""
        url, encoded = (getattr(self, name) for name in self._image_from)
        if encoded:
            return _decoded(encoded, self._image_from[1]), ""
        if not url:
            raise AnswerUnreadable(f"the image has neither {' nor '.join(self._image_from)}")
        return None, url


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
        http_client: httpx.Client | None = None,
    ) -> list[Path]:
        """Save all images as ``image-1.png`` and so on, with the extension that each image's format has.

        Args:
            folder: Where to. Missing folders are made.
            name: What stands before the number.
            overwrite: Whether files that are there may be replaced.
            http_client: What to download with; by default a client of its own, without credentials.

        Returns:
            The files.

        Raises:
            FileProblem: A file is there already, or can't be written.
            DownloadFailed: A link doesn't give its image.
        """
        sinks = self._sinks(folder, name, overwrite=overwrite)
        if not sinks:
            return []
        with _client(http_client) as client:
            return [image._save_in(sink, client) for image, sink in sinks]  # noqa: SLF001 - one of us

    async def asave(
        self,
        folder: str | os.PathLike[str],
        *,
        name: str = "image",
        overwrite: bool = False,
        http_client: httpx.AsyncClient | None = None,
    ) -> list[Path]:
        """The asynchronous twin of `save`."""
        sinks = self._sinks(folder, name, overwrite=overwrite)
        if not sinks:
            return []
        async with _async_client(http_client) as client:
            return [await image._asave_in(sink, client) for image, sink in sinks]  # noqa: SLF001 - one of us

    def _sinks(
        self, folder: str | os.PathLike[str], name: str, *, overwrite: bool
    ) -> Sequence[tuple[ImageItem, ImageSink]]:
        return [
            (image, ImageSink(Path(folder) / f"{name}-{number}", overwrite=overwrite, by_format=True))
            for number, image in enumerate(self.images, 1)
        ]


class ImageFile:
    """An answer that is an image.

    Args:
        content: The image file's bytes.
        media_type: The answer's media type, e.g. "image/png".
        headers: The answer's headers.
    """

    def __init__(self, content: builtins.bytes, media_type: str, headers: httpx.Headers) -> None:
        self.content = content
        self.media_type = media_type
        self.headers = headers

    @classmethod
    def from_response(cls, response: httpx.Response) -> Self:
        """The image that an answer is.

        Raises:
            AnswerUnreadable: The answer is empty.
        """
        if not response.content:
            raise AnswerUnreadable("the answer is empty where the API documents an image")
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return cls(response.content, media_type, response.headers)

    def bytes(self) -> builtins.bytes:
        """The image file's bytes."""
        return self.content

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Save the image.

        Args:
            path: The file. Missing folders are made.
            overwrite: Whether a file that is there may be replaced.

        Returns:
            The file.

        Raises:
            FileProblem: The file is there already, or can't be written.
        """
        with ImageSink(Path(path), overwrite=overwrite) as sink:
            sink.write(self.content)
        return sink.path

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.media_type}, {len(self.content)} bytes)"


@contextmanager
def _client(given: httpx.Client | None) -> Iterator[httpx.Client]:
    with nullcontext(given) if given is not None else new_client() as client:
        yield client


@asynccontextmanager
async def _async_client(given: httpx.AsyncClient | None) -> AsyncIterator[httpx.AsyncClient]:
    if given is not None:
        yield given
        return
    async with new_async_client() as client:
        yield client


def _decoded(encoded: str, name: str) -> bytes:
    data = encoded.partition(",")[2] if encoded.startswith("data:") else encoded
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise AnswerUnreadable("is no base64 data that can be read", path=name) from None
