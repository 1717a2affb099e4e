"""When an attempt is repeated. Every answered request may cost money, so only what was surely not carried out is."""

from __future__ import annotations

import random
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    import httpx

_REPEATED: Final = frozenset({429, 503})
_LONGEST_WAIT: Final = 120.0  # seconds
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

    def wants(self, status: int) -> bool:
        """Whether a status says that the request was not carried out and may be repeated: 429 and 503."""
        return status in _REPEATED

    def pause(self, attempt: int, headers: httpx.Headers | None = None) -> float:
        """How long to wait before the next attempt, in seconds.

        Args:
            attempt: How many attempts were repeated already.
            headers: The answer's headers; its ``Retry-After`` counts, up to 120 seconds.
        """
        asked = None if headers is None else _retry_after(headers.get("retry-after", ""))
        if asked is not None:
            return asked
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
