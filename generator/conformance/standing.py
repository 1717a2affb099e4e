"""What an answer's status says of its request, as far as any document or custom lets one tell."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.conformance.exchange import Answer


class Standing(StrEnum):
    """What became of a request."""

    CARRIED_OUT = "carried out"
    REFUSED = "refused"
    """The status finds fault with the request itself."""
    PERHAPS_REFUSED = "perhaps refused"
    """A status that finds fault with a request where others like it are carried out, and tells nothing where none is:
    a model that isn't there may be a 404, and so may a wrong address."""
    UNAUTHORISED = "unauthorised"
    PAYMENT_REQUIRED = "payment required"
    THROTTLED = "throttled"
    FAILED = "failed"
    """A 5xx other than an outage: no refusal, and no success."""
    OUTAGE = "outage"
    """The gateway, or what is behind it, isn't there for now."""
    SILENT = "silent"
    """No answer, or one that says nothing of the request."""


_REFUSED = frozenset({400, 413, 414, 415, 422, 431})
_STANDINGS = {
    401: Standing.UNAUTHORISED,
    402: Standing.PAYMENT_REQUIRED,
    408: Standing.OUTAGE,
    425: Standing.THROTTLED,
    429: Standing.THROTTLED,
    502: Standing.OUTAGE,
    503: Standing.OUTAGE,
    504: Standing.OUTAGE,
}


def is_redirect(answer: Answer) -> bool:
    """Whether an answer leads elsewhere, which neither carries a request out nor refuses it."""
    return answer.status // 100 == 3  # noqa: PLR2004  the class of redirects


def standing_of(answer: Answer) -> Standing:
    """What an answer says of its request by its status alone.

    Args:
        answer: The answer.
    """
    if answer.status in _REFUSED:
        return Standing.REFUSED
    if answer.status in _STANDINGS:
        return _STANDINGS[answer.status]
    by_class = {2: Standing.CARRIED_OUT, 4: Standing.PERHAPS_REFUSED, 5: Standing.FAILED}
    return by_class.get(answer.status // 100, Standing.SILENT)
