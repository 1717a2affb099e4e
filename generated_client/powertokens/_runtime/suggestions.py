"""What a user may have meant by a name that isn't known."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message on an unknown name: "; did you mean 'prompt'?", or nothing where none is close."""
    close = _closest(name, known)
    return f"; did you mean {close!r}?" if close else ""


def meant_by(name: str, given: Iterable[Any]) -> str:
    """The end of a message on a name that is missing: "; is 'promt' meant for it?", or nothing where none is close."""
    close = _closest(name, given)
    return f"; is {close!r} meant for it?" if close else ""


def _closest(name: str, others: Iterable[Any]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - rarely needed, and every import of a client would pay

    return next(iter(get_close_matches(name, [other for other in others if isinstance(other, str)], n=1)), "")
