"""Watches what a run opens, writes, starts and connects to, and how long it takes."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SECONDS: Final = 10
"""How long a run may take: by the clock, or by what it computes where others keep the machine busy."""
_HANGS: Final = 60
_CONNECTS: Final = frozenset(("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"))
_STARTS: Final = frozenset(("os.system", "os.exec", "os.posix_spawn", "subprocess.Popen"))
_CHANGES: Final = frozenset(("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate"))
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class TooSlowError(BaseException):
    """A run took longer than it may; nothing that it runs through catches this."""


class _Watch:
    def __init__(self) -> None:
        self.folder: Path | None = None
        self.seen: list[str] = []
        self._hooked = False

    def begin(self, folder: Path) -> None:
        if not self._hooked:  # a hook stays for as long as the process does
            self._hooked = True
            sys.addaudithook(self._hook)
        self.folder, self.seen = folder, []

    def end(self) -> list[str]:
        self.folder = None
        return self.seen

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None:
            return
        if event in _CONNECTS:
            self.seen.append(f"{event} {arguments[1:]}")
        elif event in _STARTS:
            if Path(str(arguments[0])).name != "ruff":
                self.seen.append(f"{event} {arguments[0]}")
        elif event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            self._opened(os.fsdecode(arguments[0]), int(arguments[2] or 0))
        elif event in _CHANGES and isinstance(arguments[0], str | os.PathLike) and arguments[-1] in {-1, 0o777}:
            self._changed(event, os.fspath(arguments[0]))

    def _opened(self, path: str, flags: int) -> None:
        if Path(path).name in {"secret.yaml", "passwd", "pipe"}:
            self.seen.append(f"read {path}")
        elif flags & _WRITES:
            self._changed("write", path)

    def _changed(self, event: str, path: str) -> None:
        inside = self.folder is not None and Path(os.path.abspath(path)).is_relative_to(self.folder)  # noqa: PTH100  no link is followed
        if not inside and "__pycache__" not in path and path != os.devnull:
            self.seen.append(f"{event} {path}")


_WATCH = _Watch()


@contextmanager
def watching(folder: Path) -> Iterator[None]:
    """Fail if what runs meanwhile takes too long, connects, starts a program, or writes or reads where it may not.

    Args:
        folder: The only folder that may be written to.
    """

    def late(_: int, __: FrameType | None) -> None:
        raise TooSlowError(f"It took longer than {_HANGS} seconds.")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, _HANGS)
    begun, used = time.monotonic(), _used()
    _WATCH.begin(folder.absolute())
    try:
        yield
    finally:
        seen = _WATCH.end()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not seen, seen
    assert min(time.monotonic() - begun, _used() - used) < SECONDS


def _used() -> float:
    """Seconds that this process and those that it waited for have computed."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
