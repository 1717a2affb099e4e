"""Keeps a run as slow as it was asked to be, by its user and by the gateway."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Pace:
    """When the next request may be sent.

    Once the gateway has asked for patience, requests go one at a time, when those have come back that were under way.

    Args:
        rate: How many requests a second at most; None for as many as there can be.
        clock: Tells the time, in seconds.
        wait: Waits for the event of the run's end, at most so many seconds; true if it came.
    """

    def __init__(
        self,
        rate: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._clock = clock
        self._ended = threading.Event()
        self._wait = wait or self._ended.wait
        self._lock = threading.Lock()
        self._alone = threading.Lock()
        self._next = 0.0
        self._gentle = False
        self._together = 0
        self._come_back = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The time in which one request is sent and answered; waits until it may begin."""
        if not self._gentle:
            self._pause()
            # The gateway may have asked for patience in the meantime.
            if self._goes_with_others():
                try:
                    yield
                finally:
                    self._comes_back()
                return
        with self._alone:
            with self._come_back:
                self._come_back.wait_for(lambda: not self._together or self._ended.is_set())
            self._pause()
            yield

    def _goes_with_others(self) -> bool:
        with self._come_back:
            self._together += not self._gentle
            return not self._gentle

    def _comes_back(self) -> None:
        with self._come_back:
            self._together -= 1
            self._come_back.notify_all()

    def hold(self, seconds: float, *, alone: bool = True) -> None:
        """Send nothing for so many seconds, and from now on one request at a time if they are to go alone."""
        with self._come_back:
            self._gentle |= alone
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)

    def rest(self, seconds: float) -> None:
        """Wait for so many seconds, while others go on; not beyond the run's end."""
        self._wait(seconds)

    def end(self) -> None:
        """Wait no longer."""
        self._ended.set()
        with self._come_back:
            self._come_back.notify_all()

    def _pause(self) -> None:
        while not self._ended.is_set():
            with self._lock:
                now = self._clock()
                if now >= self._next:
                    self._next = now + self._gap
                    return
                rest = self._next - now
            self._wait(rest)
