"""One attempt of a call: a request, its answer, and what they come to."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import logging
import time
from contextlib import ExitStack
from copy import copy
from typing import TYPE_CHECKING, Any, Final

import httpx
from attrs import define, field

from .answer_body import read_begun, read_whole
from .answers import LARGEST, LARGEST_ERROR, parse_answer, read_answer
from .call import Prepared
from .error_body import request_id, status_error
from .errors import (
    AnswerLost,
    AnswerUnreadable,
    ConnectionFailed,
    FileProblem,
    ImageClientError,
    SentRequest,
    StatusError,
)
from .evidence import Evidence
from .log import log
from .masking import masked, masked_beginning, masked_data, secrets_in
from .response import Response
from .shown import HEAD
from .transfer import Send, closing

if TYPE_CHECKING:
    from .call import Call
    from .operation import Operation
    from .steps import Plan

_NO_CONNECTION: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NEVER_SENDABLE: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
_FOLLOWED: Final = frozenset({307, 308})
_MOST_REDIRECTS: Final = 5
_GOOD: Final = range(200, 300)
_READ: Final = httpx.ByteStream(b"")
_AS_IT_IS: Final = httpx.Auth()  # for None, httpx would sign with a user and password that the URL may have
_LOOK: Final = "Look at your account's usage before you call again."
_NOTHING: Final = Prepared(httpx.Request("GET", ""))


@define
class Outcome:
    """What an attempt came to.

    Attributes:
        value: What the answer was read as, if all went well.
        error: What went wrong.
        redirect: Where it goes on.
        pause: After how many seconds it is repeated.
        why: Why it is repeated.
    """

    value: Any = None
    error: ImageClientError | None = None
    redirect: httpx.URL | None = None
    pause: float | None = None
    why: str = ""


@define
class Attempt:
    """One attempt of a call.

    Attributes:
        call: The call.
        url: Where this attempt goes.
        repeated: How many attempts failed before.
        redirected: How many redirects led here.
        content: The answer's body, where it was read whole.
        prepared: The request, while the attempt lasts.
        evidence: Whether it was sent.
    """

    call: Call
    url: httpx.URL
    repeated: int
    redirected: int
    content: bytes = b""
    prepared: Prepared = _NOTHING
    evidence: Evidence = field(factory=Evidence)

    @property
    def place(self) -> str:
        """What is attempted, for people."""
        return f"{self.call.operation.method} {self.url.copy_with(query=None)}"

    @property
    def name(self) -> str:
        """Which attempt at what it is, for logs."""
        return f"{self.place} ({self.call.operation.id}): attempt {self.repeated + 1}"

    def plan(self) -> Plan[Outcome]:
        """Send the request and read the answer."""
        call = self.call
        if call.deadline.passed:
            what = f"attempt {self.repeated + 1}" if self.repeated else "anything"
            return Outcome(error=ConnectionFailed(f"{self.place}: the deadline passed before {what} was sent."))
        with ExitStack() as stack:
            self.prepared = call.prepare(self.url, stack)
            auth = _AS_IT_IS if self.prepared.signed else httpx.USE_CLIENT_DEFAULT
            started, answered = time.monotonic(), False
            response: httpx.Response
            try:
                try:
                    response = yield Send(call.http, self.prepared.request, call.deadline, auth, self.evidence)
                except httpx.HTTPStatusError as error:
                    response = _raised_by_hook(error, self.prepared.request)
                answered = self.evidence.sent = True
                if log.isEnabledFor(logging.DEBUG):
                    seconds = time.monotonic() - started
                    log.debug("%s answered %d after %.2f s", self.name, response.status_code, seconds)
                return (yield from self._closing(response))
            except FileProblem as error:
                told = self._told(_afresh(error))
                if answered or self._may_have_come_from_a_hook(error):
                    self._note(told)
                return Outcome(error=told)
            except Exception as error:  # noqa: BLE001 - hooks and transports of a given httpx client raise what they like
                return self._unanswered(error)
            except BaseException as error:
                if self.evidence.may_be_sent(error, call.http, self.prepared.request):
                    self._note(error)
                raise
            finally:
                self.prepared = _NOTHING  # tracebacks would lead to the credentials in it

    def _closing(self, response: httpx.Response) -> Plan[Outcome]:
        """Read the answer, and close it whatever comes of it."""
        try:
            return (yield from self._answered(response))
        finally:
            if not response.is_closed:
                yield from closing(response)
            response.stream = _READ  # httpx's own stream and response hold each other; work for the collector

    def _answered(self, response: httpx.Response) -> Plan[Outcome]:
        operation, status = self.call.operation, response.status_code
        target = _followed(response, self.url)
        if target is not None and self.redirected < _MOST_REDIRECTS:
            return Outcome(redirect=target)
        if status not in _GOOD or not operation.documents(status):
            again = self.call.retries.wants(status, idempotent=operation.idempotent)
            pause = self._pause(response.headers) if again else None
            return Outcome(pause=pause, why=str(status)) if pause is not None else (yield from self._refused(response))
        try:
            return Outcome((yield from self._value(response)))
        except AnswerUnreadable as error:
            found = AnswerUnreadable(error.reason, path=error.path, data=error.data, body=error.body)
        except httpx.DecodingError:
            found = AnswerUnreadable("the answer's content encoding is broken")
        return (yield from self._unreadable(found, response))

    def _unreadable(self, found: AnswerUnreadable, response: httpx.Response) -> Plan[Outcome]:
        secrets = self._secrets()
        billed = "" if self.call.operation.idempotent else "; it was carried out, and may be billed"
        words = f"{found.reason}. {self.place} answered {response.status_code}{billed}."
        body = masked_beginning(found.body or (yield from self._begun(response)), secrets)
        error = AnswerUnreadable(
            masked(words.encode("utf-8", "replace"), secrets).decode(),
            path=masked(found.path.encode("utf-8", "replace"), secrets).decode(),
            status_code=response.status_code,
            text=body[:HEAD].decode("utf-8", "replace"),
            request_id=request_id(response, secrets=secrets),
            data=masked_data(found.data, secrets),
            body=body,
        )
        return Outcome(error=self._told(error))

    def _begun(self, response: httpx.Response) -> Plan[bytes]:
        """The beginning of an answer that can't be read, as far as it can be had."""
        if self.content:
            return self.content
        if response.is_stream_consumed:
            return _kept(response)
        return (yield from read_begun(response, self.call.deadline, limit=self._most(response)))

    def _most(self, response: httpx.Response) -> int:
        """How many bytes are read of an answer that isn't as documented: all, where they may have been paid for."""
        paid = response.status_code in _GOOD and not self.call.operation.idempotent
        return LARGEST if paid else LARGEST_ERROR

    def _value(self, response: httpx.Response) -> Plan[Any]:
        call = self.call
        if not call.whole:
            return (yield from read_answer(call.operation, response, call.deadline))
        self.content = yield from read_whole(response, call.deadline, limit=LARGEST)
        parsed = parse_answer(call.operation, response, self.content)
        return Response(response.status_code, self.content, response.headers, parsed)

    def _refused(self, response: httpx.Response) -> Plan[Outcome]:
        operation, secrets = self.call.operation, self._secrets()
        body = yield from read_begun(response, self.call.deadline, limit=self._most(response))
        body = masked_beginning(body, secrets)
        error: StatusError = status_error(
            response,
            body,
            parsed=_parsed(operation, response, body),
            hint=_hint(response),
            request=self._shown(),
            secrets=secrets,
        )
        return Outcome(error=error)

    def _unanswered(self, error: Exception) -> Outcome:
        call = self.call
        if not self.evidence.may_be_sent(error, call.http, self.prepared.request):
            return self._unsent(error)
        free = call.operation.idempotent
        pause = self._pause(None) if free or call.retries.lost_answers else None
        lost = self._told(AnswerLost(self._lost(error)))
        lost.foreign = not isinstance(error, httpx.RequestError)
        return Outcome(error=lost, pause=pause, why=f"its answer was lost ({type(error).__name__})")

    def _unsent(self, error: Exception) -> Outcome:
        pause = None
        if isinstance(error, _NEVER_SENDABLE) or not isinstance(error, httpx.RequestError):
            why = f"the request can't be sent ({type(error).__name__})"
        elif self.call.deadline.passed:
            why = "the deadline passed before the request was sent"
        else:
            pause = self._pause(None)
            said = str(error) if isinstance(error, _NO_CONNECTION) else ""
            tried = f" in {self.repeated + 1} attempts" if self.repeated else ""
            why = f"no connection ({said or type(error).__name__}){tried}"
        words = f"{self.place}: {why}. Nothing was sent; it is safe to call again."
        failed = self._told(ConnectionFailed(masked(words.encode(), self._secrets()).decode()))
        failed.foreign = not isinstance(error, httpx.RequestError)
        return Outcome(error=failed, pause=pause, why=f"no connection ({type(error).__name__})")

    def _lost(self, error: Exception) -> str:
        if self.call.deadline.passed:
            why = "the answer was not there within the deadline"
        elif isinstance(error, httpx.TimeoutException):
            why = f"no answer came in time ({type(error).__name__})"
        else:
            why = f"the answer broke off ({type(error).__name__})"
        if self.call.operation.idempotent:
            return f"{self.place}: {why}. It is safe to call again."
        left = "" if self.call.retries.lost_answers else "; it was not repeated"
        return f"{self.place}: {why}. The request {self._billable()}{left}. {_LOOK}"

    def _billable(self) -> str:
        sent = "was sent" if self.evidence.sent else "may have been sent"
        return f"{sent}, so that it may have been carried out and billed"

    def _note(self, error: BaseException) -> None:
        """Let an exception that isn't about the request tell that the request may be billed."""
        if not self.call.operation.idempotent:
            error.add_note(f"{self.place}: the request {self._billable()}. {_LOOK}")

    def _may_have_come_from_a_hook(self, error: FileProblem) -> bool:
        """Whether a problem with a file may be that of a hook that saw the answer, rather than that of an upload."""
        http = self.call.http
        return bool(http.event_hooks["response"]) and self.evidence.may_be_sent(error, http, self.prepared.request)

    def _pause(self, headers: httpx.Headers | None) -> float | None:
        """How long to wait before the next attempt, in seconds; None if there is to be none."""
        if self.repeated >= self.call.retries.most:
            return None
        seconds = self.call.retries.pause(self.repeated, headers)
        return seconds if seconds < self.call.deadline.left else None

    def _secrets(self) -> list[str]:
        request = self.prepared.request
        known = secrets_in(request.headers, self.prepared.signed)
        # A signer without a header is a key in the query.
        return [*known, *filter(None, request.url.params.values())] if "" in self.prepared.signed else known

    def _shown(self) -> SentRequest:
        return SentRequest.of(self.call.operation.id, self.prepared.request, self.repeated + 1)

    def _told(self, error: ImageClientError) -> ImageClientError:
        error.request = self._shown()
        return error


def _afresh(error: FileProblem) -> FileProblem:
    """The same problem, without the variables that it saw as it went through httpx; but still with its cause."""
    fresh, cause = copy(error), error.__cause__
    if isinstance(cause, OSError):
        fresh.__cause__ = OSError(*cause.args)
    return fresh


def _raised_by_hook(error: httpx.HTTPStatusError, request: httpx.Request) -> httpx.Response:
    """The answer to a request that a hook of a given httpx client raised; what wasn't read of it is lost."""
    response = error.response
    if response.request is not request or response.status_code in _GOOD:
        raise error
    try:
        content = response.content
    except httpx.ResponseNotRead:
        content = b""
    return httpx.Response(response.status_code, headers=_decoded(response.headers), request=request, content=content)


def _decoded(headers: httpx.Headers) -> httpx.Headers:
    """The headers of an answer whose body is decoded."""
    about_the_body = ("content-encoding", "content-length", "transfer-encoding")
    return httpx.Headers([(name, value) for name, value in headers.multi_items() if name not in about_the_body])


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
