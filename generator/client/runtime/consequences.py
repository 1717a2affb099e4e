"""What the failure of one request means: for the money, and for those that would follow."""

from __future__ import annotations

import errno
from typing import Final

from .errors import (
    ConnectionFailed,
    CredentialsMissing,
    FileProblem,
    ImageClientError,
    PaymentRequired,
    RequestRefused,
    StatusError,
    Unauthorized,
)
from .retries import Retries

_NOT_SENT: Final = (RequestRefused, CredentialsMissing, ConnectionFailed)
_REFUSED: Final = frozenset(range(300, 500)) - {408}  # which may come while the work is being done
_SAME_FOR_ALL: Final = (CredentialsMissing, Unauthorized, PaymentRequired)
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def may_be_billed(error: Exception) -> bool:
    """Whether a request may have been carried out, and billed, although its call failed.

    Statuses below 500 refuse a request, and so do those after which an attempt is repeated. Of other failures of the
    service, and of errors that nobody expected, nobody knows.

    Args:
        error: What the call raised.
    """
    if isinstance(error, StatusError):
        return error.status_code not in _REFUSED and not Retries().wants(error.status_code)
    return not isinstance(error, _NOT_SENT)


def ends_all(error: Exception) -> bool:
    """Whether every further request would fail for the same reason.

    So it is without credentials, with those that are refused (401), without funds (402), on a full disk, and after an
    error that isn't ours, such as that of a function that should return a key, or of a hook that looks at answers.

    Args:
        error: What the call raised.
    """
    if isinstance(error, FileProblem):
        full = isinstance(error.__cause__, OSError) and error.__cause__.errno in _FULL
        return full or error.of_answer
    return isinstance(error, _SAME_FOR_ALL) or not isinstance(error, ImageClientError) or error.foreign
