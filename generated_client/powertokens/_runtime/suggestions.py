"""What a user may have meant by a name that isn't known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message on an unknown name: "; did you mean 'prompt'?", or nothing where none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - rarely needed, and every import of a client would pay

    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
