"""The mock's clock, which a test can move: what expires, expires by it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.mock.control.control import Control

LARGEST_OFFSET: Final = 10 * 365 * 86_400
"""How far the clock can be moved either way, in seconds: ten years."""

_OFFSET = "clock offset"


class Clock:
    """Real time, and an offset that all workers share."""

    def __init__(self, control: Control) -> None:
        self._control = control

    @property
    def offset(self) -> float:
        """How far the clock is ahead of real time, in seconds; negative behind it."""
        return float(self._control.fact(_OFFSET, 0.0))

    def time(self) -> float:
        """The time, in seconds since 1970."""
        offset: float = self._control.fact(_OFFSET, 0.0)
        return time.time() + offset

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def move(self, by: float | timedelta) -> None:
        """Move the clock.

        Args:
            by: How far, in seconds or as a `timedelta`; negative moves it back.

        Raises:
            ValueError: The clock would be more than `LARGEST_OFFSET` from real time.
            TypeError: That is neither.
        """
        seconds = _seconds(by)
        self._control.change(_OFFSET, 0.0, lambda offset: _within(float(offset) + seconds))

    def set_offset(self, offset: float | timedelta) -> None:
        """Have the clock be so far ahead of real time.

        Args:
            offset: How far, in seconds or as a `timedelta`; negative is behind.

        Raises:
            ValueError: That is more than `LARGEST_OFFSET` either way.
            TypeError: That is neither.
        """
        self._control.tell(_OFFSET, _within(_seconds(offset)))

    def reset(self) -> None:
        """Have the clock tell real time again."""
        self.set_offset(0.0)


def _within(seconds: float, bound: int = LARGEST_OFFSET) -> float:
    if not -bound <= seconds <= bound:
        raise ValueError(f"The clock can be at most {LARGEST_OFFSET} seconds from real time.")
    return seconds


def _seconds(by: object) -> float:
    if isinstance(by, timedelta):
        return by.total_seconds()
    if isinstance(by, int | float) and not isinstance(by, bool):
        return float(_within(by, 2 * LARGEST_OFFSET))  # from one end to the other; an int can be larger than any float
    raise TypeError(f"The clock is moved by a number of seconds or a timedelta, not by {str(by)[:60]!r}.")
