"""Fetches images that requests give as URLs: from the public internet alone, and no more than an image takes."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import httpx
from attrs import field, frozen

from generator.mock.fetching.addresses import is_host, is_odd_number, is_public
from generator.mock.requests.image_input import NotAnImageError, TooManyPixelsError, dimensions

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from generator.mock.storage.blobs import Blobs

    Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

MAX_BYTES: Final = 40_000_000
"""The most that is read of one image: as much as a request may send."""

MAX_BYTES_TOGETHER: Final = 120_000_000
"""The most that is read of all images of one request."""

MAX_SECONDS: Final = 20.0
"""The longest that the images of one request take together."""

_MAX_REDIRECTS: Final = 5
_TIMEOUT: Final = httpx.Timeout(10.0)
_REMEMBERED: Final = 256  # URLs
_FRESH: Final = 300.0  # seconds
_PORTS: Final = {"http": 80, "https": 443}
_HEADERS: Final = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "image-contract-mock"}


class FetchError(Exception):
    """What is behind a URL can't be had, or is no image; the message says why."""


@frozen
class Fetched:
    """What is behind URLs.

    Attributes:
        images: The image files, by URL.
        failures: Why there is none, by URL.
    """

    images: Mapping[str, bytes] = field(repr=False)
    failures: Mapping[str, str]


class Fetcher:
    """Fetches images by URL.

    A name is resolved once, each of its addresses is checked, and the connection goes to the very address that was
    checked, so that a name can't lead elsewhere the second time. Every redirect is checked the same way.
    """

    def __init__(
        self,
        blobs: Blobs,
        *,
        resolve: Resolve | None = None,
        allows: Callable[[str], bool] = is_public,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare.

        Args:
            blobs: Where images are kept.
            resolve: Gives the addresses of a host and port; the system's if None.
            allows: Whether an address may be called.
            transport: Makes the calls; httpx's own if None.
            clock: Tells when a URL was fetched, in seconds.
        """
        self._blobs = blobs
        self._resolve = resolve or _addresses
        self._allows = allows
        self._transport = transport
        self._clock = clock
        self._tls: ssl.SSLContext | None = None
        self._digests: OrderedDict[str, tuple[str, float]] = OrderedDict()

    async def fetch_all(self, urls: Sequence[str]) -> Fetched:
        """Fetch images, one after the other; one that was fetched in the last five minutes isn't again.

        Args:
            urls: Their URLs; one that stands there twice is fetched once.
        """
        images: dict[str, bytes] = {}
        failures: dict[str, str] = {}
        end = asyncio.get_running_loop().time() + MAX_SECONDS
        left = MAX_BYTES_TOGETHER
        for url in dict.fromkeys(urls):
            try:
                async with asyncio.timeout_at(end):
                    images[url] = await self._image(url, min(left, MAX_BYTES))
                left -= len(images[url])
            except FetchError as error:
                failures[url] = str(error)
            except TimeoutError:
                failures[url] = f"it didn't come within {MAX_SECONDS:.0f} seconds"
        return Fetched(images, failures)

    async def _image(self, url: str, limit: int) -> bytes:
        digest, fetched_at = self._digests.get(url, ("", 0.0))
        kept = self._blobs.read(digest) if digest and self._clock() - fetched_at < _FRESH else None
        if kept is not None:
            return kept
        content = await self._content(url, limit)
        try:
            dimensions(content)
        except NotAnImageError:
            raise FetchError("what is there is no image that can be read") from None
        except TooManyPixelsError:
            raise FetchError("the image there has more pixels than anybody decodes") from None
        self._digests[url] = self._blobs.keep(content), self._clock()
        self._digests.move_to_end(url)
        if len(self._digests) > _REMEMBERED:
            self._digests.popitem(last=False)
        return content

    async def _content(self, text: str, limit: int) -> bytes:
        """What is behind a URL, redirects followed."""
        url = _parsed(text)
        async with self._client() as client:
            for _ in range(_MAX_REDIRECTS + 1):
                found = await self._step(client, url, limit)
                if isinstance(found, bytes):
                    return found
                url = found
        raise FetchError(f"it redirects more than {_MAX_REDIRECTS} times")

    def _client(self) -> httpx.AsyncClient:
        # No proxy of the environment: it would resolve the name itself.
        if self._transport is not None:
            return httpx.AsyncClient(transport=self._transport, trust_env=False, timeout=_TIMEOUT)
        self._tls = self._tls or httpx.create_ssl_context(trust_env=False)
        return httpx.AsyncClient(verify=self._tls, trust_env=False, timeout=_TIMEOUT)

    async def _step(self, client: httpx.AsyncClient, url: httpx.URL, limit: int) -> bytes | httpx.URL:
        """What is at a URL, or where it leads on."""
        failure = "nobody answers there"
        for address in await self._checked_addresses(url):
            try:
                # The Host header and the name in TLS are the URL's; the connection goes to the address.
                headers = {**_HEADERS, "Host": url.netloc.decode("ascii")}
                where, extensions = url.copy_with(host=address), {"sni_hostname": _host(url)}
                async with client.stream("GET", where, headers=headers, extensions=extensions) as response:
                    return await _read(response, url, limit)
            except httpx.ConnectError:
                continue
            except httpx.TimeoutException:
                failure = "the answer doesn't come"
                break
            except httpx.HTTPError:
                failure = "the answer can't be read"
                break
        raise FetchError(failure)

    async def _checked_addresses(self, url: httpx.URL) -> Sequence[str]:
        """The addresses of a URL's host, all of which may be called."""
        try:
            found = await self._resolve(_host(url), url.port or _PORTS[url.scheme])
        except (OSError, UnicodeError):
            raise FetchError("its host can't be found") from None
        if not found or not all(self._allows(address) for address in found):
            raise FetchError("its host isn't on the public internet, and the mock calls no other")
        return found


async def _addresses(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _parsed(text: str | httpx.URL) -> httpx.URL:
    """A URL that may be called, as far as its own text tells.

    Raises:
        FetchError: It may not.
    """
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise FetchError("it can't be read as a URL") from None
    if url.scheme not in _PORTS or not url.host:
        raise FetchError("it must begin with http:// or https:// and name a host")
    if url.userinfo:
        raise FetchError("it must hold no user name or password")
    if not is_host(_host(url)):
        raise FetchError("its host's name can't be one")
    if is_odd_number(_host(url)):
        raise FetchError("its host is a number in an unusual spelling")
    return url


def _host(url: httpx.URL) -> str:
    """The host's name as resolvers and certificates have it, in ASCII."""
    return url.raw_host.decode("ascii")


async def _read(response: httpx.Response, url: httpx.URL, limit: int) -> bytes | httpx.URL:
    """The content of an answer, or where it leads on."""
    if response.is_redirect and (location := response.headers.get("location")):
        try:
            return _parsed(url.join(location))
        except (httpx.InvalidURL, ValueError):
            raise FetchError("it redirects to what can't be read as a URL") from None
    if response.status_code != httpx.codes.OK:
        raise FetchError(f"the answer there has status {response.status_code}")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise FetchError("the answer there is compressed, which wasn't asked for")
    content = bytearray()
    async for chunk in response.aiter_raw():
        content += chunk
        if len(content) > limit:
            raise FetchError(f"what is there is larger than {limit} bytes")
    return bytes(content)
