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

    Once the gateway has asked for patience, requests go one at a time.

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

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The time in which one request is sent and answered; waits until it may begin."""
        if not self._gentle:
            self._pause()
            # The gateway may have asked for patience in the meantime.
            if not self._gentle:
                yield
                return
        with self._alone:
            self._pause()
            yield

    def hold(self, seconds: float, *, alone: bool = True) -> None:
        """Send nothing for so many seconds, and from now on one request at a time if they are to go alone."""
        self._gentle |= alone
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)

    def end(self) -> None:
        """Wait no longer."""
        self._ended.set()

    def _pause(self) -> None:
        while not self._ended.is_set():
            with self._lock:
                now = self._clock()
                if now >= self._next:
                    self._next = now + self._gap
                    return
                rest = self._next - now
            self._wait(rest)
