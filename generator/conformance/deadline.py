"""The time that a request has in all, however slowly the other side drips its answer.

httpx limits each wait for a piece anew. Here the connections themselves are told when the whole must end: httpx hands
them out to a request's ``trace``.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_CONNECTED: Final = ("connect_tcp.complete", "start_tls.complete")
_SLICE: Final = 16 * 1024
"""How many bytes are written at once: the time-out of a write starts anew with each byte that is taken."""


class _Current(threading.local):
    """What the thread is about: when that must end, and the socket that it opened last."""

    until: float = float("inf")
    socket: socket.socket | None = None


_current = _Current()


class Connections:
    """The connections that requests open. Each thread's deadline limits what it waits for on any of them."""

    def __init__(self) -> None:
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()
        self._is_cut = False

    def extensions(self, timeout: float, connect: float) -> dict[str, Any]:
        """What a request to httpx needs, so that its connection keeps to the deadline.

        Args:
            timeout: How long each wait may take at most, in seconds.
            connect: How long making the connection may take, in seconds.
        """
        limits = httpx.Timeout(timeout, connect=min(timeout, connect))
        watch: list[threading.Timer] = []
        return {"timeout": limits.as_dict(), "trace": partial(self._on_event, watch)}

    def cut(self) -> None:
        """End what is under way on all connections, now and from now on."""
        with self._lock:
            self._is_cut = True
            sockets = list(self._sockets)
        for each in sockets:
            _shut(each)

    def _on_event(self, watch: list[threading.Timer], event: str, info: Mapping[str, Any]) -> None:
        """Take an event of httpcore's trace."""
        if event.endswith("start_tls.started") and isinstance(_current.socket, ssl.SSLSocket):
            # TLS within that of a proxy: httpcore limits each piece of it alone.
            watch.append(_timer(_current.socket))
        elif event.endswith(("start_tls.complete", "start_tls.failed")):
            while watch:
                watch.pop().cancel()
        if event.endswith(_CONNECTED):
            self._take(info["return_value"])

    def _take(self, stream: Any) -> None:
        under = stream.get_extra_info("socket")
        _current.socket = under
        with self._lock:
            self._sockets.add(under)
            is_cut = self._is_cut
        if is_cut:
            _shut(under)
        within = isinstance(stream.get_extra_info("ssl_object"), ssl.SSLObject)
        stream.read = partial(_read, stream.read, under if within else None)
        stream.write = partial(_write, stream.write)


@contextmanager
def within(seconds: float) -> Iterator[float]:
    """Limit all that this thread waits for on connections of `Connections`.

    Looking up a host's name has its own time-outs, those of the system.

    Args:
        seconds: How long it may take in all.

    Yields:
        When it must be over, on the monotonic clock, in seconds.

    Raises:
        httpx.ReadTimeout: It took longer.
    """
    before = _current.until
    _current.until = min(before, time.monotonic() + seconds)
    try:
        yield _current.until
    finally:
        _current.until = before


def check_deadline() -> None:
    """Look whether this thread's deadline has passed.

    Raises:
        httpx.ReadTimeout: It has.
    """
    if time.monotonic() >= _current.until:
        raise httpx.ReadTimeout("the answer didn't end in time")


def _read(
    read: Callable[..., bytes], tunnel: socket.socket | None, max_bytes: int, timeout: float | None = None
) -> bytes:
    left = _left(timeout)
    if tunnel is None:
        return read(max_bytes, left)
    watch = _timer(tunnel)
    try:
        return read(max_bytes, left)
    finally:
        watch.cancel()
        check_deadline()


def _write(write: Callable[..., None], buffer: bytes, timeout: float | None = None) -> None:
    for start in range(0, len(buffer), _SLICE):
        write(buffer[start : start + _SLICE], _left(timeout))


def _left(timeout: float | None) -> float | None:
    """How long a wait may take, in seconds; where data is there always, no wait would ever be too long."""
    check_deadline()
    left = _current.until - time.monotonic()
    least = min(left, left if timeout is None else timeout)
    return None if least == float("inf") else max(least, 0.001)


def _timer(under: socket.socket) -> threading.Timer:
    """Shuts a socket down at this thread's deadline; who waits on it is woken by that."""
    timer = threading.Timer(min(max(_current.until - time.monotonic(), 0.0), threading.TIMEOUT_MAX), _shut, [under])
    timer.daemon = True
    timer.start()
    return timer


def _shut(under: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        # Not its own method: that of a TLS socket forgets its keys, while another thread may use them.
        socket.socket.shutdown(under, socket.SHUT_RDWR)
