"""Fetches finished images from their links: without credentials, for a link may lead to any host."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

from .errors import DownloadFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

_TIMEOUT = httpx.Timeout(connect=5, read=60, write=60, pool=60)  # seconds


def new_client() -> httpx.Client:
    """An httpx client for downloads: it follows redirects and carries no credentials."""
    return httpx.Client(timeout=_TIMEOUT, follow_redirects=True)


def new_async_client() -> httpx.AsyncClient:
    """The asynchronous twin of `new_client`."""
    return httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=True)


def download(client: httpx.Client, url: str, take: Callable[[bytes], object]) -> None:
    """Fetch an image in pieces.

    Args:
        client: What to fetch it with.
        url: The image's link.
        take: Is given each piece.

    Raises:
        DownloadFailed: The link can't be reached, or doesn't answer with the image.
    """
    with _told(url), client.stream("GET", url) as response:
        _check(url, response)
        for piece in response.iter_bytes():
            take(piece)


async def adownload(client: httpx.AsyncClient, url: str, take: Callable[[bytes], object]) -> None:
    """The asynchronous twin of `download`."""
    with _told(url):
        async with client.stream("GET", url) as response:
            _check(url, response)
            async for piece in _pieces(response):
                take(piece)


async def _pieces(response: httpx.Response) -> AsyncIterator[bytes]:
    async for piece in response.aiter_bytes():
        yield piece


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Tells httpx's errors in our words."""
    try:
        yield
    except (httpx.RequestError, httpx.InvalidURL) as error:
        why = str(error) or type(error).__name__
        raise DownloadFailed(url, f"{why}. It is safe to try again.") from error


def _check(url: str, response: httpx.Response) -> None:
    status = response.status_code
    if status != httpx.codes.OK:
        raise DownloadFailed(url, f"its link answered {status}; links live for a limited time", status_code=status)
