"""Everything that a client raises.

ImageClientError
├── RequestRefused (also a ValueError)      the request breaks rules; nothing was sent
├── FileProblem                             a file can't be read or written
├── CredentialsMissing                      no key or wallet; nothing was sent
├── ConnectionFailed                        the server was never reached; safe to repeat
├── AnswerLost                              sent, but no answer came; the work may have been done and billed
├── AnswerUnreadable                        an answer came that is not what the API documents
├── DownloadFailed                          a finished image could not be fetched; safe to repeat
└── StatusError                             the API answered with an error
    ├── BadRequest (400)          ├── Conflict (409)
    ├── Unauthorized (401)        ├── BodyTooLarge (413)
    ├── PaymentRequired (402)     ├── UnsupportedMediaType (415)
    ├── Forbidden (403)           ├── Unprocessable (422)
    ├── NotFound (404)            ├── TooManyRequests (429)
    └── ServerError (5xx, those included that no registry knows)

All can be copied and pickled. None holds a key, a token or a signature; where the API's answer repeats one, it is
masked.
"""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

# ruff: noqa: N818 - the names say what happened, as those of httpx do; that they are errors, the base says

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

import httpx

from .shown import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .breaches import Breach

_Error = TypeVar("_Error", bound="ImageClientError")

_HARMLESS = frozenset({"accept", "accept-encoding", "content-length", "content-type", "host", "user-agent"})
"""The headers whose values are shown. Of others it isn't known that they are no secrets."""


class SentRequest(NamedTuple):
    """A request as errors show it: without its secrets, and without its body.

    Attributes:
        operation: The operationId.
        method: The HTTP method.
        url: Where it was sent.
        headers: Its headers; values that may be secret are "***".
        attempts: How many times it was sent, or tried to be.
    """

    operation: str
    method: str
    url: str
    headers: Mapping[str, str]
    attempts: int

    @classmethod
    def of(cls, operation: str, request: httpx.Request, attempts: int) -> SentRequest:
        """What may be shown of a request.

        Args:
            operation: The operationId.
            request: The request.
            attempts: How many times it was sent, or tried to be.
        """
        shown = {name: value if name in _HARMLESS else "***" for name, value in request.headers.items()}
        return cls(operation, request.method, str(request.url.copy_with(query=None)), shown, attempts)


def _restored(kind: type[_Error], args: tuple[Any, ...], state: Mapping[str, Any]) -> _Error:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class ImageClientError(Exception):
    """Whatever a client raises of its own.

    Attributes:
        request: The request that it concerns; None where none was made.
        saved: The files that were saved before, in the order of the images, None for those that weren't; empty where
            nothing was to be saved.
        foreign: Whether it stands for an exception that is neither ours nor about the network, such as that of a hook
            of a given httpx client.
    """

    request: SentRequest | None = None
    saved: tuple[Path | None, ...] = ()
    foreign: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, dict(self.__dict__))


class RequestRefused(ImageClientError, ValueError):
    """The request breaks rules, so it was not sent.

    Attributes:
        breaches: Every rule that it breaks.
    """

    def __init__(self, breaches: Iterable[Breach]) -> None:
        self.breaches = tuple(breaches)
        count = len(self.breaches)
        head = "The request breaks a rule" if count == 1 else f"The request breaks {count} rules"
        lines = [f"{head} and was not sent:", *(f"  {breach}" for breach in self.breaches)]
        super().__init__("\n".join([*lines, "Correct what is listed and call again; nothing was billed."]))


class FileProblem(ImageClientError):
    """A file can't be read or written.

    Attributes:
        path: The file, as it was given.
        of_answer: Whether it is a temporary file, for an answer that had come.
    """

    of_answer: bool = False

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        super().__init__(f"{path}: {why}")


class CredentialsMissing(ImageClientError):
    """The operation needs credentials, and the client has none that will do."""


class ConnectionFailed(ImageClientError):
    """The server was never reached, so that nothing was done or billed. It is safe to call again."""


class AnswerLost(ImageClientError):
    """The request was sent, but its answer did not come. The work may have been done and billed."""


class AnswerUnreadable(ImageClientError):
    """An answer came that is not what the API documents.

    Attributes:
        reason: What is wrong with it.
        path: Where in it, e.g. ``data[0].url``; "" for the whole.
        status_code: Its HTTP status; None where a model was read from data that no answer brought.
        text: The beginning of its body.
        request_id: The API's name for the request; "" if it gave none.
        data: The decoded JSON, secrets masked, from which what was paid for can still be taken; None where no JSON
            came.
        body: The body, in bytes, secrets masked, as far as it was read and `data` doesn't hold it. Of JSON, long
            strings may be written with other escapes than they came with.
    """

    def __init__(
        self,
        reason: str,
        *,
        path: str = "",
        status_code: int | None = None,
        text: str = "",
        request_id: str = "",
        data: Any = None,
        body: bytes = b"",
    ) -> None:
        self.reason = reason
        self.path = path
        self.status_code = status_code
        self.text = text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
        self.request_id = request_id
        self.data = data
        self.body = body
        super().__init__(f"{path}: {reason}" if path else reason)


class DownloadFailed(ImageClientError):
    """An image that was made could not be fetched. It is safe to fetch it again, as long as its link lives.

    Attributes:
        url: The image's link.
        status_code: The HTTP status that the link answered with; None if there was no answer.
    """

    def __init__(self, url: str, why: str, *, status_code: int | None = None) -> None:
        self.url = url
        self.status_code = status_code
        super().__init__(f"the image could not be fetched: {why}")


_SERVER_ERROR = 500
_BY_STATUS: dict[int, type[StatusError]] = {}


class StatusError(ImageClientError):
    """The API answered with a status that means failure, or with one that it does not document.

    Attributes:
        status_code: The HTTP status.
        message: The API's words; "" if it gave none.
        code: The API's stable name for the error; "" if it gave none.
        request_id: The API's name for the request; "" if it gave none.
        headers: The answer's headers.
        body: The answer's body, in bytes, as far as it came; of a huge one that tells of a failure, the beginning.
        parsed: The body as its documented model, or None.
        request: The request.
    """

    statuses: ClassVar[tuple[int, ...]] = ()
    """The HTTP statuses that are this class."""

    def __init_subclass__(cls, *, raised: bool = False, **options: Any) -> None:
        """Make a subclass; a `raised` one is from then on what its statuses raise."""
        super().__init_subclass__(**options)
        if raised:
            _BY_STATUS.update(dict.fromkeys(cls.statuses, cls))

    def __init__(
        self,
        status_code: int,
        *,
        message: str = "",
        code: str = "",
        request_id: str = "",
        headers: httpx.Headers | None = None,
        body: bytes = b"",
        parsed: Any = None,
        request: SentRequest | None = None,
    ) -> None:
        self.status_code = status_code
        self.message = message
        self.code = code
        self.request_id = request_id
        self.headers = httpx.Headers() if headers is None else headers
        self.body = body
        self.parsed = parsed
        self.request = request
        super().__init__(self._words())

    def _words(self) -> str:
        said = self.message or self.body[:SHOWN].decode("utf-8", "replace").strip() or "the answer says nothing more"
        named = f" ({self.code})" if self.code else ""
        known = f" [request id: {self.request_id}]" if self.request_id and self.request_id not in said else ""
        place = "The API" if self.request is None else f"{self.request.method} {self.request.url}"
        return f"{place} answered {self.status_code}{named}: {said}{known}"

    @staticmethod
    def kind(status_code: int) -> type[StatusError]:
        """The class for an HTTP status."""
        other = _BY_STATUS[_SERVER_ERROR] if status_code >= _SERVER_ERROR else StatusError
        return _BY_STATUS.get(status_code, other)


class BadRequest(StatusError, raised=True):
    """400: the request breaks a rule of the API."""

    statuses = (400,)


class Unauthorized(StatusError, raised=True):
    """401: the credentials are missing or unknown."""

    statuses = (401,)


class PaymentRequired(StatusError, raised=True):
    """402: the balance is too small."""

    statuses = (402,)


class Forbidden(StatusError, raised=True):
    """403: these credentials may not do this."""

    statuses = (403,)


class NotFound(StatusError, raised=True):
    """404: there is no such thing at this URL."""

    statuses = (404,)


class Conflict(StatusError, raised=True):
    """409: the request does not fit the present state of things."""

    statuses = (409,)


class BodyTooLarge(StatusError, raised=True):
    """413: the request's body is too large."""

    statuses = (413,)


class UnsupportedMediaType(StatusError, raised=True):
    """415: the API does not take a body of this media type."""

    statuses = (415,)


class Unprocessable(StatusError, raised=True):
    """422: the API understands the request and can't carry it out."""

    statuses = (422,)


class TooManyRequests(StatusError, raised=True):
    """429: too many requests, or the quota is used up."""

    statuses = (429,)


class ServerError(StatusError, raised=True):
    """5xx: the service failed. Statuses that no registry knows, such as 520, are of it too."""

    statuses = (_SERVER_ERROR,)
