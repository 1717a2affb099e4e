"""Holds back Ctrl-C for as long as files are swapped."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def held_back() -> Iterator[list[int]]:
    """Hold back the signals that end a program, and raise them again in the end.

    Off the main thread nothing is done: no signal interrupts Python code there.

    Yields:
        The numbers of the signals that have come so far.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came
        return

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    before = {
        getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in _NAMES if hasattr(signal, name)
    }
    try:
        for number in before:
            signal.signal(number, note)
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)
