"""Tells how far the saving of images came: to a function, or on one line of the terminal."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_INTERVAL: Final = 0.1  # seconds between two drawings of the line
_MB: Final = 1_000_000


@frozen
class Progress:
    """How far an image came.

    Attributes:
        index: Which image, from 0.
        images: How many there are.
        received: Bytes that are there.
        total: Bytes that there will be; None where that isn't known.
        done: Whether it is saved.
    """

    index: int
    images: int
    received: int
    total: int | None
    done: bool = False


Report: TypeAlias = "Callable[[Progress], object]"


@contextmanager
def reporting(wanted: bool | Report) -> Generator[Report | None, None, None]:  # noqa: FBT001 - as the user says it
    """What each step forward is told to.

    Args:
        wanted: A function, which is called by one thread at a time; True for a line on stderr, drawn only where that
            is a terminal; False for neither.

    Yields:
        A function; None where nobody listens.
    """
    if callable(wanted):
        yield _one_at_a_time(wanted)
    elif wanted and sys.stderr is not None and sys.stderr.isatty():
        line = _Line()
        try:
            yield _one_at_a_time(line.report)
        finally:
            line.end()
    else:
        yield None


def _one_at_a_time(report: Report) -> Report:
    turn = threading.Lock()

    def reported(progress: Progress) -> None:
        with turn:
            report(progress)

    return reported


class _Line:
    """A line on stderr, such as "1 of 4 images, 12.3 of 64.0 MB", that is drawn anew in its place."""

    def __init__(self) -> None:
        self._last: dict[int, Progress] = {}
        self._drawn = 0.0  # when, on the clock of `time.monotonic`
        self._width = 0  # of the longest text drawn, in characters

    def report(self, progress: Progress) -> None:
        """Take in a step forward, and draw the line if it is time to."""
        self._last[progress.index] = progress
        now = time.monotonic()
        if now - self._drawn >= _INTERVAL:
            self._drawn = now
            self._draw()

    def end(self) -> None:
        """Draw the line as it came out, and go to the next."""
        if self._last:
            self._draw()
            sys.stderr.write("\n")
            sys.stderr.flush()

    def _draw(self) -> None:
        text = self._text()
        self._width = max(self._width, len(text))
        sys.stderr.write(f"\r{text.ljust(self._width)}")
        sys.stderr.flush()

    def _text(self) -> str:
        known = list(self._last.values())
        images = known[0].images
        received = sum(each.received for each in known) / _MB
        totals = [each.total for each in known if each.total is not None]
        whole = f" of {sum(totals) / _MB:.1f}" if len(totals) == images else ""
        return f"{sum(each.done for each in known)} of {images} images, {received:.1f}{whole} MB"
