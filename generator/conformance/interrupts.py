"""Signals that ask the command to end, all taken as Ctrl-C is, and counted."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


_MOMENT = 0.5
"""For so many seconds the exception of one signal may unwind undisturbed; the next is only counted meanwhile."""


class _Count:
    """How often it was asked, and when an exception last told of it."""

    asked = 0
    raised = 0.0


@contextmanager
def as_interrupts() -> Iterator[None]:
    """Let SIGTERM, as CI and containers send it, and SIGHUP, as a terminal that closes, raise KeyboardInterrupt.

    One that is ignored, as under nohup, stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {each: signal.getsignal(each) for each in known}
    _Count.asked = 0
    for each, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(each, _interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler if handler is not None else signal.SIG_DFL)


def asked_again() -> bool:
    """Whether the command was asked to end more than once."""
    return _Count.asked > 1


def end_at_once() -> None:
    """From now on, let each of these signals end the process by itself."""
    for name in _NAMES:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    _Count.asked += 1
    now = time.monotonic()
    if _Count.asked == 1 or now - _Count.raised > _MOMENT:
        _Count.raised = now
        raise KeyboardInterrupt
