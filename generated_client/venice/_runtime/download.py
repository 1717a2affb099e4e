"""Fetches finished images from their links: without credentials, for a link may lead to any host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import httpx
from attrs import frozen

from .deadline import Deadline
from .errors import DownloadFailed
from .image_type import Inspection, media_type_of
from .limits import LARGEST, LONGEST
from .log import log
from .retries import Retries
from .steps import Pause
from .transfer import AnyHttp, Close, Pieces, Send

if TYPE_CHECKING:
    from collections.abc import Callable

    from .saving import Sink
    from .steps import Plan

    Watch: TypeAlias = Callable[[int, int | None], object]
    """Is given the bytes received, and those that there will be, if that is known."""

_TIMEOUTS: Final = {"connect": 5.0, "read": 60.0, "write": 60.0, "pool": 60.0}  # seconds
_HEADERS: Final = {
    "Accept": "image/*, */*;q=0.5",
    "Accept-Encoding": "identity",  # images are compressed already, and what comes is then what Content-Length says
    "User-Agent": f"python-httpx/{httpx.__version__}",
}
_RETRIES: Final = Retries(3)
_MOST_REDIRECTS: Final = 5
_OK: Final = 200
EXPIRED: Final = frozenset({403, 404, 410})
"""The statuses of a link that gives its image no more."""

_TIMED_OUT, _SERVER_ERROR = 408, 500
_NEVER_SENDABLE: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.DecodingError)


@frozen
class Terms:
    """What is asked of an image.

    Attributes:
        check: Whether it must be an image, of the type that is announced.
        max_bytes: How large it may be, in bytes.
        deadline: How long fetching it may take in all, in seconds; None for any time.
    """

    check: bool = True
    max_bytes: int = LARGEST
    deadline: float | None = LONGEST


@frozen
class _Trouble:
    """Why an attempt gave no image.

    Attributes:
        why: The words for it.
        passing: Whether another attempt may fare better.
        response: The answer; None if there was none.
    """

    why: str
    passing: bool
    response: httpx.Response | None = None


class _UnfitError(Exception):
    """What came can't be the image, however often it is asked for."""


def fetch(http: AnyHttp, url: str, sink: Sink, terms: Terms, watch: Watch) -> Plan[None]:
    """Fetch an image in pieces. Fetching costs nothing, so what fails in passing is tried again.

    Args:
        http: What to send with. Nothing of its headers, cookies and credentials goes along.
        url: The image's link.
        sink: Takes the pieces.
        terms: What is asked of the image.
        watch: Is given the bytes received, and those that there will be, if that is known.

    Raises:
        DownloadFailed: The link can't be reached, or doesn't answer with the image.
    """
    deadline = Deadline.after(terms.deadline)
    download = _Download(http, url, sink, terms, watch, deadline)
    repeated = 0
    while True:
        trouble = yield from download.attempt()
        if trouble is None:
            return
        pause = _RETRIES.pause(repeated, None if trouble.response is None else trouble.response.headers)
        if not trouble.passing or repeated >= _RETRIES.most or pause >= deadline.left:
            raise _failed(url, trouble)
        log.info("an image is fetched again in %.1f s: %s", pause, trouble.why)
        yield Pause(pause)
        repeated += 1


def _failed(url: str, trouble: _Trouble) -> DownloadFailed:
    safe = ". It is safe to try again." if trouble.passing else ""
    status = None if trouble.response is None else trouble.response.status_code
    return DownloadFailed(url, trouble.why + safe, status_code=status)


@frozen
class _Download:
    """The attempts at one image; see `fetch`."""

    http: AnyHttp
    url: str
    sink: Sink
    terms: Terms
    watch: Watch
    deadline: Deadline

    def attempt(self) -> Plan[_Trouble | None]:
        """Try once; None if the image is there."""
        self.sink.restart()
        response: httpx.Response | None = None
        try:
            response = yield from self._answer()
            if response.status_code != _OK:
                return _refusal(response)
            yield from self._receive(response)
        except _UnfitError as error:
            return _Trouble(str(error), passing=False, response=response)
        except (httpx.InvalidURL, *_NEVER_SENDABLE) as error:
            return _Trouble(_words(error), passing=False, response=response)
        except httpx.RequestError as error:
            return _Trouble(_words(error), passing=True)
        except httpx.HTTPStatusError as error:  # raised by a hook of a given httpx client
            return _refusal(error.response)
        finally:
            if response is not None:
                yield Close(response)
        return None

    def _answer(self) -> Plan[httpx.Response]:
        """What the link answers, where it leads in the end."""
        target = httpx.URL(self.url)
        for _ in range(_MOST_REDIRECTS + 1):
            response: httpx.Response = yield Send(self.http, _request(target), self.deadline, auth=None)
            if not response.has_redirect_location:
                return response
            yield Close(response)
            target = _redirected(target, response.headers["location"])
        raise _UnfitError(f"its link leads on to others more than {_MOST_REDIRECTS} times")

    def _receive(self, response: httpx.Response) -> Plan[None]:
        total = _length(response)
        self._check_size(total or 0)
        inspection = Inspection(media_type_of(response.headers.get("content-type", "")), total)
        pieces = Pieces(response, self.deadline)
        received = 0
        while True:
            piece: bytes | None = yield pieces
            wrong = inspection.look(piece) if self.terms.check else ""
            if wrong:
                raise _UnfitError(f"{wrong}. To take it anyhow, say check=False")
            if piece is None:
                return
            received += len(piece)
            self._check_size(received)
            self.sink.write(piece)
            self.watch(received, total)

    def _check_size(self, size: int) -> None:
        if size > self.terms.max_bytes:
            raise _UnfitError(f"it is larger than {self.terms.max_bytes:,} bytes; say max_bytes=... to take more")


class _Sealed(httpx.Headers):
    """Headers that nobody adds to. The hooks of a given httpx client may try, with what other hosts must not see."""

    def __setitem__(self, name: str, value: str) -> None:
        """Pass it over."""

    def update(self, *others: Any, **more: Any) -> None:
        """Likewise."""

    @property
    def _list(self) -> list[tuple[bytes, bytes, bytes]]:
        return list(self._kept)

    @_list.setter
    def _list(  # pyright: ignore[reportIncompatibleVariableOverride] - so that what is had is a copy
        self, given: list[tuple[bytes, bytes, bytes]]
    ) -> None:
        self._kept = tuple(given)


class _SealedRequest(httpx.Request):
    """A request whose headers nobody replaces, once they are sealed."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "headers" or not isinstance(vars(self).get(name), _Sealed):
            super().__setattr__(name, value)


def _request(target: httpx.URL) -> httpx.Request:
    request = _SealedRequest("GET", target, headers=_HEADERS, extensions={"timeout": dict(_TIMEOUTS)})
    if target.userinfo:
        next(httpx.BasicAuth(target.username, target.password).auth_flow(request))
    request.headers = _Sealed(request.headers)
    return request


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


def _refusal(response: httpx.Response) -> _Trouble:
    status = response.status_code
    passing = status in {_TIMED_OUT, httpx.codes.TOO_MANY_REQUESTS} or status >= _SERVER_ERROR
    expired = "; links live for a limited time, and this one may have expired" if status in EXPIRED else ""
    return _Trouble(f"its link answered {status}{expired}", passing, response)


def _redirected(url: httpx.URL, location: str) -> httpx.URL:
    target = url.join(location)
    if target.scheme not in {"http", "https"}:
        raise _UnfitError(f"its link leads to a place that is not on the web ({target.scheme}:)")
    if url.scheme == "https" and target.scheme != "https":
        raise _UnfitError("its link leads from https to http, where anyone might change the image")
    return target


def _length(response: httpx.Response) -> int | None:
    """How many bytes an answer says that it has."""
    said = response.headers.get("content-length", "")
    return int(said) if said.isdecimal() and "content-encoding" not in response.headers else None


@frozen
class CloseHttp:
    """Close an httpx client.

    Attributes:
        client: The client.
    """

    client: AnyHttp

    def do(self) -> None:
        """Close it, blocking."""
        cast("httpx.Client", self.client).close()

    async def ado(self) -> Any:
        """Close it, awaiting it."""
        await cast("httpx.AsyncClient", self.client).aclose()
