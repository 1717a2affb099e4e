"""One call as a conversation, without a network: yields what to send and how long to wait, takes what comes back.

The synchronous and the asynchronous client both drive this generator, so that nothing is decided twice.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import httpx
from attrs import frozen

from .error_body import request_id, status_error
from .errors import AnswerLost, AnswerUnreadable, ConnectionFailed, ImageClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from .operation import Operation
    from .retries import Retries

_log = logging.getLogger(__name__)

_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NEVER_SENDABLE: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
_FOLLOWED: Final = frozenset({307, 308})
_MOST_REDIRECTS: Final = 5
_GOOD: Final = range(200, 300)


@frozen
class Pause:
    """Wait before going on.

    Attributes:
        seconds: How long.
    """

    seconds: float


Step: TypeAlias = "httpx.Request | Pause"
Steps: TypeAlias = "Generator[Step, httpx.Response | None, tuple[httpx.Response, Any]]"


def exchange(
    operation: Operation[Any],
    url: httpx.URL,
    prepare: Callable[[httpx.URL, ExitStack], httpx.Request],
    retries: Retries,
) -> Steps:
    """Carry out one call.

    Args:
        operation: The operation.
        url: Where to send the request.
        prepare: Makes the request for an attempt, with fresh credentials; the files it opens go on the stack.
        retries: The policy on repeating attempts.

    Yields:
        Requests, each of which wants a response sent back or an `httpx.RequestError` thrown in; and pauses.

    Returns:
        The response and what it was read as.

    Raises:
        ImageClientError: The call failed.
    """
    repeated = redirected = 0
    while True:
        response, failure, again = yield from _attempt(operation, url, prepare, retries)
        if response is not None:
            target = _followed(response, url)
            if target is not None and redirected < _MOST_REDIRECTS:
                url, redirected = target, redirected + 1
                continue
            if repeated >= retries.most or not retries.wants(response.status_code):
                return response, _read(operation, response)
        elif failure is not None and (repeated >= retries.most or not again):
            raise failure
        seconds = retries.pause(repeated, None if response is None else response.headers)
        _log.info("%s is tried again in %.1f s", operation.id, seconds)
        yield Pause(seconds)
        repeated += 1


def _attempt(
    operation: Operation[Any],
    url: httpx.URL,
    prepare: Callable[[httpx.URL, ExitStack], httpx.Request],
    retries: Retries,
) -> Generator[Step, httpx.Response | None, tuple[httpx.Response | None, ImageClientError | None, bool]]:
    """One attempt: its response; or else its failure, and whether it may be repeated.

    The failure is raised by the caller, outside of any handler: httpx's own error holds the request with its
    credentials, and must not hang on ours.
    """
    with ExitStack() as stack:
        request = prepare(url, stack)
        try:
            response = yield request
        except _NEVER_SENT as error:
            why = str(error) or type(error).__name__
            return (
                None,
                ConnectionFailed(
                    f"{_place(operation, url)}: no connection ({why}). Nothing was sent; it is safe to call again."
                ),
                True,
            )
        except _NEVER_SENDABLE as error:
            return (
                None,
                ConnectionFailed(f"{_place(operation, url)}: the request can't be sent ({type(error).__name__})."),
                False,
            )
        except httpx.DecodingError:
            return None, AnswerUnreadable(f"{_place(operation, url)}: the answer's content encoding is broken."), False
        except httpx.RequestError as error:
            return None, _lost(operation, url, error), operation.idempotent or retries.lost_answers
    if response is not None and _log.isEnabledFor(logging.DEBUG):
        _log.debug("%s: %d", _place(operation, url), response.status_code)
    return response, None, False


def _place(operation: Operation[Any], url: httpx.URL) -> str:
    return f"{operation.method} {url.copy_with(query=None)}"


def _lost(operation: Operation[Any], url: httpx.URL, error: httpx.RequestError) -> AnswerLost:
    place = _place(operation, url)
    why = "no answer came in time" if isinstance(error, httpx.TimeoutException) else "the answer broke off"
    if operation.idempotent:
        return AnswerLost(f"{place}: {why} ({type(error).__name__}). It is safe to call again.")
    return AnswerLost(
        f"{place}: {why} ({type(error).__name__}). The request was sent, so that it may have been carried out and "
        "billed; it was not repeated. Look at your account's usage before you call again."
    )


def _followed(response: httpx.Response, url: httpx.URL) -> httpx.URL | None:
    """Where a redirect leads, if it is one that is followed: 307 or 308 on the same server."""
    location = response.headers.get("location") if response.status_code in _FOLLOWED else None
    if not location:
        return None
    try:
        target = url.join(location)
    except httpx.InvalidURL:
        return None
    same = (target.scheme, target.host, target.port) == (url.scheme, url.host, url.port)
    return target if same else None


def _read(operation: Operation[Any], response: httpx.Response) -> Any:
    status = response.status_code
    if status not in _GOOD or not operation.documents(status):
        raise status_error(response, _parsed(operation, response), _hint(response))
    try:
        return operation.read(response)
    except AnswerUnreadable as error:
        billed = "" if operation.idempotent else "; it was carried out, and may be billed"
        reason = f"{error}. {operation.method} {response.request.url} answered {status}{billed}."
    raise AnswerUnreadable(reason, status_code=status, text=_text(response), request_id=request_id(response))


def _parsed(operation: Operation[Any], response: httpx.Response) -> Any:
    """An error's body as its documented model; None for a body that isn't what is documented, which many aren't."""
    try:
        return operation.read(response)
    except AnswerUnreadable:
        return None


def _hint(response: httpx.Response) -> str:
    if response.has_redirect_location:
        return "it redirects, which is followed only on the same server and for 307 and 308; check base_url"
    if response.status_code in _GOOD:
        return "the API does not document this status"
    return ""


def _text(response: httpx.Response) -> str:
    return response.content.decode("utf-8", "replace")
