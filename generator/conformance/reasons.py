"""Reasons in words, put together so that none is told twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 1000
"""How many reasons are compared with each other."""


def joined(reasons: Iterable[str]) -> str:
    """Reasons as one text, each once, and none that another tells with more.

    Args:
        reasons: The reasons; each may be several already, joined.
    """
    whole = list(dict.fromkeys(reasons))
    parts = list(dict.fromkeys(part for reason in whole for part in reason.split("; ")))
    if len(parts) > _MOST:
        return "; ".join(whole)
    return "; ".join(one for one in parts if not any(_holds(other, one) for other in parts if other != one))


def _holds(reason: str, other: str) -> bool:
    """Whether one reason tells another, in whole words: "n: 10" doesn't tell "n: 1"."""
    return other in reason and re.search(rf"(?<!\w){re.escape(other)}(?!\w)", reason) is not None
