"""The time that a whole call may take, however slowly a server drips."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

_CONNECTED: Final = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")
_NEVER: Final = float("inf")
_AT_LEAST: Final = 0.001  # seconds; zero would mean "don't wait" to a socket
_SLICE: Final = 16_384  # bytes
_PHASES: Final = ("connect", "read", "write", "pool")


class _Current(threading.local):
    """Holds, for each thread, when its present blocking transfer must end; None while there is none."""

    until: float | None = None


_current = _Current()


class DeadlinePassedError(httpx.ReadTimeout):
    """The deadline has passed, as we found ourselves."""

    def __init__(self) -> None:
        super().__init__("the deadline has passed")


class Deadline:
    """A point in time. httpx limits each wait for a piece; this limits all of them together.

    Args:
        until: When, on the clock of `time.monotonic`, in seconds.
    """

    __slots__ = ("until",)

    def __init__(self, until: float) -> None:
        self.until = until

    def __repr__(self) -> str:
        return f"Deadline({self.until})"

    @classmethod
    def after(cls, seconds: float | None) -> Deadline:
        """A deadline so many seconds from now; None is never."""
        return cls(_NEVER if seconds is None else time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds until then; 0 once it has passed."""
        return max(self.until - time.monotonic(), 0.0)

    @property
    def passed(self) -> bool:
        """Whether it has passed."""
        return time.monotonic() >= self.until

    def shorten(self, request: httpx.Request) -> None:
        """Let no single wait of a request last longer than what is left."""
        left = max(self.left, _AT_LEAST)
        limits: dict[str, float | None] = request.extensions.setdefault("timeout", {})
        for phase in _PHASES:
            limit = limits.get(phase)
            if limit is None or limit > left:
                limits[phase] = left

    def blocking(self, request: httpx.Request | None = None) -> Blocking:
        """Ends a blocking transfer at the deadline.

        A socket's time-out starts anew with each byte, so the connections that the transfer opens are told of the
        deadline. Each wait is limited alone, so that all together may last longer:

        - on connections that a given httpx client had open before;
        - while a host's name is looked up, and while its addresses are tried one after the other;
        - in TLS through a proxy that is spoken to by TLS itself.

        Args:
            request: The request, where one is sent.

        Returns:
            A context for the transfer; it raises DeadlinePassedError if the deadline has passed. In one within another
            the earlier deadline holds.
        """
        return Blocking(self, request)

    @contextmanager
    def awaiting(self, request: httpx.Request | None = None) -> Generator[None, None, None]:
        """Ends an awaited transfer at the deadline.

        Args:
            request: The request, where one is sent.

        Raises:
            DeadlinePassedError: The deadline has passed.
        """
        if self.until == _NEVER:
            yield
            return
        if self.passed:
            raise DeadlinePassedError
        if request is not None:
            self.shorten(request)
        import anyio  # noqa: PLC0415 - httpx brings it, for asyncio and trio alike, and imports it as late

        with anyio.move_on_after(self.left) as scope:
            yield
        if scope.cancelled_caught:
            raise DeadlinePassedError


class Blocking:
    """The context of a blocking transfer; see `Deadline.blocking`. A class, since each call enters it twice."""

    __slots__ = ("_before", "_deadline", "_request")

    def __init__(self, deadline: Deadline, request: httpx.Request | None) -> None:
        self._deadline, self._request = deadline, request
        self._before: float | None = None

    def __enter__(self) -> None:
        deadline, request = self._deadline, self._request
        if request is not None:  # without a deadline too: a later call on the same connection may have one
            others = request.extensions.get("trace")
            request.extensions["trace"] = _on_event if others is None else partial(_on_event, others=others)
        self._before = before = _current.until  # of a transfer whose hook begins this one
        if deadline.until == _NEVER:
            return
        if deadline.passed:
            raise DeadlinePassedError
        if request is not None:
            deadline.shorten(request)
        _current.until = deadline.until if before is None else min(before, deadline.until)

    def __exit__(self, *_: object) -> None:
        _current.until = self._before


def _on_event(
    event: str, info: Mapping[str, Any], *, others: Callable[[str, Mapping[str, Any]], None] | None = None
) -> None:
    """Listens to httpcore's trace: the waits of a new connection are limited by the deadline of whoever waits."""
    if event.endswith(_CONNECTED):
        stream = info["return_value"]
        if hasattr(stream, "__dict__"):  # a network of the user's own may have fixed attributes, and limits of its own
            stream.read = partial(_read, stream.read)
            stream.write = partial(_write, stream.write)
    if others is not None:
        others(event, info)


def _read(read: Callable[..., bytes], max_bytes: int, timeout: float | None = None) -> bytes:
    return read(max_bytes, _limited(timeout))


def _write(write: Callable[..., None], buffer: bytes, timeout: float | None = None) -> None:
    # In slices, since the time-out of a write starts anew with each byte that the server takes.
    for start in range(0, len(buffer), _SLICE):
        write(buffer[start : start + _SLICE], _limited(timeout))


def _limited(timeout: float | None) -> float | None:
    """A time-out in seconds that doesn't reach past the thread's deadline."""
    until = _current.until
    if until is None:
        return timeout
    left = max(until - time.monotonic(), _AT_LEAST)
    return left if timeout is None else min(left, timeout)
