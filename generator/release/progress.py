"""Tells what a command is doing, once it takes longer than a second."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.status import Status

_PATIENCE: Final = 1.0
"""Seconds without a word."""


@contextmanager
def progress(stream: TextIO | None = None, patience: float = _PATIENCE) -> Iterator[Progress]:
    """Tell what is being done for as long as this lasts, if it lasts.

    Args:
        stream: Where to tell it; standard error if None. On a terminal a line that moves, elsewhere a line a step.
        patience: Seconds without a word.
    """
    told = Progress(stream or sys.stderr)
    timer = threading.Timer(patience, told.begin)
    timer.daemon = True
    if patience > 0:
        timer.start()
    else:
        told.begin()
    try:
        yield told
    finally:
        timer.cancel()
        told.end()


class Progress:
    """Takes the steps of a command, and shows them once it has begun to."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._step = ""
        self._is_showing = False
        self._is_over = False
        self._status: Status | None = None

    def __call__(self, step: str) -> None:
        """Note what is being done now."""
        with self._lock:
            self._step = step
            if self._is_showing:
                self._show()

    def begin(self) -> None:
        """Show it from now on."""
        with self._lock:
            if self._is_over:
                return
            self._is_showing = True
            if self._step:
                self._show()

    def end(self) -> None:
        """Show nothing any more."""
        with self._lock:
            self._is_over, self._is_showing = True, False
            if self._status is not None:
                self._status.stop()

    def _show(self) -> None:
        words = f"{self._step} …"
        if not self._stream.isatty():
            print(words, file=self._stream, flush=True)
            return
        # Imported here: most commands are done before they need it.
        from rich.console import Console  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        if self._status is None:
            self._status = Console(file=self._stream).status(Text(words))
            self._status.start()
        else:
            self._status.update(Text(words))
