"""When an attempt is repeated. Every answered request may cost money, so only what was surely not carried out is."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import random
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    import httpx

_REPEATED: Final = frozenset({429, 503})
_REPEATED_IF_FREE: Final = frozenset({408, 500, 502, 504}) | _REPEATED
_LONGEST_WAIT: Final = 120.0  # seconds
_SPREAD: Final = 1.1  # of the time asked for, so that those who were told the same don't come back as one
_FIRST_PAUSE: Final = 0.5  # seconds
_LONGEST_PAUSE: Final = 8.0  # seconds


@frozen
class Retries:
    """The policy on repeating attempts.

    Attributes:
        most: How often a request is repeated at most.
        lost_answers: Whether a request is repeated whose answer was lost, though it may be carried out and billed
            twice.
    """

    most: int = 2
    lost_answers: bool = False

    def wants(self, status: int, *, idempotent: bool = False) -> bool:
        """Whether a request is repeated after a status: after 429 and 503, which say that it was not carried out.

        Args:
            status: The HTTP status.
            idempotent: Whether doing it twice does no harm; it is then repeated after passing failures too.
        """
        return status in (_REPEATED_IF_FREE if idempotent else _REPEATED)

    def pause(self, attempt: int, headers: httpx.Headers | None = None) -> float:
        """How long to wait before the next attempt, in seconds.

        Args:
            attempt: How many attempts were repeated already.
            headers: The answer's headers; its ``Retry-After`` counts, up to 120 seconds.
        """
        asked = None if headers is None else _retry_after(headers.get("retry-after", ""))
        if asked is not None:
            return min(asked * random.uniform(1, _SPREAD), _LONGEST_WAIT)  # noqa: S311 - as below
        longest = min(_FIRST_PAUSE * 2.0 ** min(attempt, 9), _LONGEST_PAUSE)
        return longest * random.uniform(0.5, 1)  # noqa: S311 - spreads callers out, guards nothing


def _retry_after(value: str) -> float | None:
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None
    return min(max(until - time.time(), 0.0), _LONGEST_WAIT)
