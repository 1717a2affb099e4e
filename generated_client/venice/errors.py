"""Everything that Venice raises.

ImageClientError              Whatever a client raises of its own.
├── RequestRefused            The request breaks rules, so it was not sent.
├── FileProblem               A file can't be read or written.
├── CredentialsMissing        The operation needs credentials, and the client has none that will do.
├── ConnectionFailed          The server was never reached, so that nothing was done or billed.
├── AnswerLost                The request was sent, but its answer did not come.
├── AnswerUnreadable          An answer came that is not what the API documents.
├── DownloadFailed            An image that was made could not be fetched.
└── StatusError               The API answered with a status that means failure, or with one that it does not document.
    ├── BadRequest            400: the request breaks a rule of the API.
    ├── Unauthorized          401: the credentials are missing or unknown.
    ├── PaymentRequired       402: the balance is too small.
    ├── Forbidden             403: these credentials may not do this.
    ├── NotFound              404: there is no such thing at this URL.
    ├── Conflict              409: the request does not fit the present state of things.
    ├── BodyTooLarge          413: the request's body is too large.
    ├── UnsupportedMediaType  415: the API does not take a body of this media type.
    ├── Unprocessable         422: the API understands the request and can't carry it out.
    ├── TooManyRequests       429: too many requests, or the quota is used up.
    └── ServerError           5xx: the service failed.

All can be copied and pickled, and hold no key, token or signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import models as _models
from ._runtime import errors as _errors
from ._runtime.errors import (
    AnswerLost,
    AnswerUnreadable,
    BodyTooLarge,
    Conflict,
    ConnectionFailed,
    CredentialsMissing,
    DownloadFailed,
    FileProblem,
    Forbidden,
    ImageClientError,
    NotFound,
    RequestRefused,
    SentRequest,
    StatusError,
    Unprocessable,
)
from ._runtime.late import late as _late

if TYPE_CHECKING:
    from ._runtime.breaches import Breach
else:
    __getattr__, __dir__ = _late(__name__, {"Breach": "_runtime.breaches"}, package=__package__)

__all__ = (
    "AnswerLost",
    "AnswerUnreadable",
    "BadRequest",
    "BodyTooLarge",
    "Breach",
    "Conflict",
    "ConnectionFailed",
    "CredentialsMissing",
    "DownloadFailed",
    "FileProblem",
    "Forbidden",
    "ImageClientError",
    "NotFound",
    "PaymentRequired",
    "RequestRefused",
    "SentRequest",
    "ServerError",
    "StatusError",
    "TooManyRequests",
    "Unauthorized",
    "Unprocessable",
    "UnsupportedMediaType",
)


class BadRequest(_errors.BadRequest, raised=True):
    """400: the request breaks a rule of the API.

    Attributes:
        parsed: The answer's body as `models.DetailedError`; None if it is something else.
    """

    parsed: _models.DetailedError | None


class Unauthorized(_errors.Unauthorized, raised=True):
    """401: the credentials are missing or unknown.

    Attributes:
        parsed: The answer's body as `models.Error`; None if it is something else.
    """

    parsed: _models.Error | None


class PaymentRequired(_errors.PaymentRequired, raised=True):
    """402: the balance is too small.

    Attributes:
        parsed: The answer's body as `models.PaymentRequired`; None if it is something else.
    """

    parsed: _models.PaymentRequired | None


class UnsupportedMediaType(_errors.UnsupportedMediaType, raised=True):
    """415: the API does not take a body of this media type.

    Attributes:
        parsed: The answer's body as `models.Error`; None if it is something else.
    """

    parsed: _models.Error | None


class TooManyRequests(_errors.TooManyRequests, raised=True):
    """429: too many requests, or the quota is used up.

    Attributes:
        parsed: The answer's body as `models.Error`; None if it is something else.
    """

    parsed: _models.Error | None


class ServerError(_errors.ServerError, raised=True):
    """5xx: the service failed.

    Attributes:
        parsed: The answer's body as `models.Error`; None if it is something else.
    """

    parsed: _models.Error | None
