"""Limits: what an image that is fetched from its link may take, and which limits a user may set."""

from __future__ import annotations

from typing import Any, Final

LARGEST: Final = 134_217_728
"""Bytes of an image."""

LONGEST: Final = 600.0
"""Seconds that fetching it may last."""


MOST_SECONDS: Final = 2_000_000
"""The longest time that a user may set, which is 23 days. Not much more can be told to a socket without harm."""


def checked_count(name: str, value: Any, *, least: int) -> int:
    """A number that a user gave, of what can be counted.

    Args:
        name: What the user gave it as.
        value: The number.
        least: The least that it may be.

    Raises:
        TypeError: It is no whole number.
        ValueError: It is less.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}")
    if value < least:
        raise ValueError(f"{name} must be {least} or more")
    return value


def checked_seconds(name: str, value: Any, *, otherwise: str) -> float:
    """A time that a user gave.

    Args:
        name: What the user gave it as.
        value: The time, in seconds.
        otherwise: What else it may be, for messages.

    Raises:
        TypeError: It is no number.
        ValueError: It is not more than 0, or more than `MOST_SECONDS`.
    """
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number of seconds, or {otherwise}, not {type(value).__name__}")
    if not value > 0:
        raise ValueError(f"{name} must be more than 0 seconds, or {otherwise}")
    if value > MOST_SECONDS:
        raise ValueError(f"{name} must be at most {MOST_SECONDS:,} seconds, or {otherwise}")
    return value
