"""One call as a plan: attempts, pauses between them, and what they end in.

Every answered request may cost money. So an attempt is repeated only where it was surely not carried out.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from copy import copy
from typing import TYPE_CHECKING, Any, Final

import httpx
from attrs import define

from .answer_body import read_bytes
from .answers import LARGEST, LARGEST_ERROR, parse_answer, read_answer
from .error_body import masked, request_id, status_error
from .errors import (
    AnswerLost,
    AnswerUnreadable,
    ConnectionFailed,
    FileProblem,
    ImageClientError,
    SentRequest,
    StatusError,
)
from .log import log
from .response import Response
from .steps import Pause
from .transfer import Close, Send

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .deadline import Deadline
    from .operation import Operation
    from .retries import Retries
    from .steps import Plan
    from .transfer import AnyHttp

_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NEVER_SENDABLE: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
_FOLLOWED: Final = frozenset({307, 308})
_MOST_REDIRECTS: Final = 5
_GOOD: Final = range(200, 300)
_READ: Final = httpx.ByteStream(b"")


@define
class Prepared:
    """A request for one attempt.

    Attributes:
        request: The request, with its credentials.
        secrets: What of it must not be shown.
    """

    request: httpx.Request
    secrets: Sequence[str] = ()

    def __repr__(self) -> str:
        return f"Prepared({self.request!r})"


_NOTHING: Final = Prepared(httpx.Request("GET", ""))


@define
class Call:
    """What a call needs to be carried out.

    Attributes:
        operation: The operation.
        http: What to send with.
        url: Where to send the request.
        prepare: Makes the request for an attempt, with fresh credentials; the files that it opens go on the stack.
        retries: The policy on repeating attempts.
        deadline: When it must have ended.
        whole: Whether the answer is wanted with its status, headers and bytes.
    """

    operation: Operation[Any]
    http: AnyHttp
    url: httpx.URL
    prepare: Callable[[httpx.URL, ExitStack], Prepared]
    retries: Retries
    deadline: Deadline
    whole: bool = False


@define
class _Outcome:
    """What an attempt came to: a value, or an error, or that it goes on elsewhere or later."""

    value: Any = None
    error: ImageClientError | None = None
    redirect: httpx.URL | None = None
    pause: float | None = None


def exchange(call: Call) -> Plan[Any]:
    """Carry out one call.

    Args:
        call: The call.

    Returns:
        What the answer was read as; as a `Response` if it is wanted whole.

    Raises:
        ImageClientError: The call failed.
    """
    url, repeated, redirected = call.url, 0, 0
    lost: AnswerLost | None = None
    while True:
        attempt = _Attempt(call, url, repeated, redirected)
        outcome: _Outcome = yield from attempt.plan()
        if outcome.redirect is not None:
            url, redirected = outcome.redirect, redirected + 1
        elif outcome.pause is not None:
            log.info("%s: attempt %d failed; the next is in %.1f s", attempt.place, repeated + 1, outcome.pause)
            if isinstance(outcome.error, AnswerLost):
                lost = outcome.error
            yield Pause(outcome.pause)
            repeated += 1
        elif outcome.error is not None:
            # Raised here, outside of any handler: httpx's errors hold the request with its credentials.
            raise outcome.error if lost is None else _still_lost(lost, outcome.error)
        else:
            return outcome.value


@define
class _Attempt:
    """One attempt of a call.

    Attributes:
        call: The call.
        url: Where this attempt goes.
        repeated: How many attempts failed before.
        redirected: How many redirects led here.
        content: The answer's body, where it was read whole.
        prepared: The request, while the attempt lasts.
    """

    call: Call
    url: httpx.URL
    repeated: int
    redirected: int
    content: bytes = b""
    prepared: Prepared = _NOTHING

    @property
    def place(self) -> str:
        """What is attempted, for people."""
        return f"{self.call.operation.method} {self.url.copy_with(query=None)}"

    def plan(self) -> Plan[_Outcome]:
        """Send the request and read the answer."""
        call = self.call
        if call.deadline.passed:
            return _Outcome(error=ConnectionFailed(f"{self.place}: the deadline passed before anything was sent."))
        started = time.monotonic()
        with ExitStack() as stack:
            self.prepared = call.prepare(self.url, stack)
            try:
                response = yield Send(call.http, self.prepared.request, call.deadline)
                log.debug("%s: %d after %.2f s", self.url, response.status_code, time.monotonic() - started)
                return (yield from self._closing(response))
            except httpx.RequestError as error:
                return self._unanswered(error)
            except FileProblem as error:
                # Afresh, since it went through httpx, and carries the variables that it saw there.
                return _Outcome(error=self._told(copy(error)))
            finally:
                self.prepared = _NOTHING  # tracebacks would lead to the credentials in it

    def _closing(self, response: httpx.Response) -> Plan[_Outcome]:
        """Read the answer, and close it whatever comes of it."""
        try:
            return (yield from self._answered(response))
        finally:
            if not response.is_closed:
                yield Close(response)
            response.stream = _READ  # httpx's own stream and response hold each other; work for the collector

    def _answered(self, response: httpx.Response) -> Plan[_Outcome]:
        operation, status = self.call.operation, response.status_code
        target = _followed(response, self.url)
        if target is not None and self.redirected < _MOST_REDIRECTS:
            return _Outcome(redirect=target)
        if status not in _GOOD or not operation.documents(status):
            again = self.call.retries.wants(status, idempotent=operation.idempotent)
            pause = self._pause(response.headers) if again else None
            return _Outcome(pause=pause) if pause is not None else (yield from self._refused(response))
        path = text = ""
        try:
            return _Outcome((yield from self._value(response)))
        except AnswerUnreadable as error:
            reason, path, text = error.reason, error.path, error.text
        except httpx.DecodingError:
            reason = "the answer's content encoding is broken"
        return (yield from self._unreadable(AnswerUnreadable(reason, path=path, text=text), response))

    def _unreadable(self, found: AnswerUnreadable, response: httpx.Response) -> Plan[_Outcome]:
        billed = "" if self.call.operation.idempotent else "; it was carried out, and may be billed"
        words = f"{found.reason}. {self.place} answered {response.status_code}{billed}."
        text = found.text.encode("utf-8", "replace") or (yield from self._begun(response))
        error = AnswerUnreadable(
            masked(words.encode("utf-8", "replace"), self.prepared.secrets).decode(),
            path=found.path,
            status_code=response.status_code,
            text=masked(text, self.prepared.secrets).decode("utf-8", "replace"),
            request_id=request_id(response, secrets=self.prepared.secrets),
        )
        return _Outcome(error=self._told(error))

    def _begun(self, response: httpx.Response) -> Plan[bytes]:
        """The beginning of an answer that can't be read, as far as it can be had."""
        if self.content:
            return self.content
        if response.is_stream_consumed:
            return _kept(response)
        try:
            return (yield from read_bytes(response, self.call.deadline, limit=LARGEST_ERROR))
        except httpx.RequestError:
            return b""

    def _value(self, response: httpx.Response) -> Plan[Any]:
        call = self.call
        if not call.whole:
            return (yield from read_answer(call.operation, response, call.deadline))
        self.content = yield from read_bytes(response, call.deadline, limit=LARGEST)
        parsed = parse_answer(call.operation, response, self.content)
        return Response(response.status_code, self.content, response.headers, parsed)

    def _refused(self, response: httpx.Response) -> Plan[_Outcome]:
        operation = self.call.operation
        try:
            body = yield from read_bytes(response, self.call.deadline, limit=LARGEST_ERROR)
        except httpx.RequestError:
            body = b""  # broken off, but the status has come, and says what matters
        body = masked(body, self.prepared.secrets)
        error: StatusError = status_error(
            response,
            body,
            parsed=_parsed(operation, response, body),
            hint=_hint(response),
            request=self._shown(),
            secrets=self.prepared.secrets,
        )
        return _Outcome(error=error)

    def _unanswered(self, error: httpx.RequestError) -> _Outcome:
        if isinstance(error, _NEVER_SENT):
            pause = self._pause(None)
            why = str(error) or type(error).__name__
            tried = f" in {self.repeated + 1} attempts" if self.repeated else ""
            words = f"{self.place}: no connection ({why}){tried}. Nothing was sent; it is safe to call again."
            return _Outcome(error=self._told(ConnectionFailed(words)), pause=pause)
        if isinstance(error, _NEVER_SENDABLE):
            words = f"{self.place}: the request can't be sent ({type(error).__name__})."
            return _Outcome(error=self._told(ConnectionFailed(words)))
        free = self.call.operation.idempotent
        pause = self._pause(None) if free or self.call.retries.lost_answers else None
        return _Outcome(error=self._told(AnswerLost(self._lost(error))), pause=pause)

    def _lost(self, error: httpx.RequestError) -> str:
        if self.call.deadline.passed:
            why = "the answer was not there within the deadline"
        elif isinstance(error, httpx.TimeoutException):
            why = f"no answer came in time ({type(error).__name__})"
        else:
            why = f"the answer broke off ({type(error).__name__})"
        if self.call.operation.idempotent:
            return f"{self.place}: {why}. It is safe to call again."
        left = "" if self.call.retries.lost_answers else "; it was not repeated"
        return (
            f"{self.place}: {why}. The request was sent, so that it may have been carried out and billed{left}. "
            "Look at your account's usage before you call again."
        )

    def _pause(self, headers: httpx.Headers | None) -> float | None:
        """How long to wait before the next attempt, in seconds; None if there is to be none."""
        if self.repeated >= self.call.retries.most:
            return None
        seconds = self.call.retries.pause(self.repeated, headers)
        return seconds if seconds < self.call.deadline.left else None

    def _shown(self) -> SentRequest:
        return SentRequest.of(self.call.operation.id, self.prepared.request, self.repeated + 1)

    def _told(self, error: ImageClientError) -> ImageClientError:
        error.request = self._shown()
        return error


def _still_lost(lost: AnswerLost, last: ImageClientError) -> AnswerLost:
    """What a call ends in whose answer was lost and whose repetition failed: what came last doesn't undo a bill."""
    if isinstance(last, AnswerLost):
        return last
    error = AnswerLost(f"{lost} It was repeated, which ended in: {last}")
    error.request = last.request
    return error


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


def _parsed(operation: Operation[Any], response: httpx.Response, body: bytes) -> Any:
    """An error's body as its documented model; None for a body that isn't what is documented, which many aren't."""
    try:
        return parse_answer(operation, response, body)
    except AnswerUnreadable:
        return None


def _hint(response: httpx.Response) -> str:
    if response.has_redirect_location:
        return "it redirects, which is followed only on the same server and for 307 and 308; check base_url"
    if response.status_code in _GOOD:
        return "the API does not document this status"
    return ""


def _kept(response: httpx.Response) -> bytes:
    """An answer's body, if it was read in one go; what came in pieces wasn't kept."""
    try:
        return response.content
    except httpx.ResponseNotRead:
        return b""
