"""The httpx client that a client sends with: its copies share it; forked processes and other event loops do not."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

import httpx

from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable

Http = TypeVar("Http", httpx.Client, httpx.AsyncClient)


_turns: Final = Turns()
"""What event loops in several threads may do one after the other: take connections, and let go of them."""


class Connections(Generic[Http]):
    """Holds an httpx client.

    Args:
        make: Makes one.
        given: One that the user gave. It is never closed here, and used wherever the user uses it.
    """

    def __init__(self, make: Callable[[], Http], given: Http | None) -> None:
        self._make: Callable[[], Http] = make
        self.given: Http | None = given
        self._first: Http = make() if given is None else given
        self.asynchronous = isinstance(self._first, httpx.AsyncClient)
        self._process = os.getpid()
        self._loops: WeakKeyDictionary[Any, Http] = WeakKeyDictionary()
        self._taken = False  # whether an event loop has the first one
        self._closed = False

    @property
    def http(self) -> Http:
        """The httpx client to send with here and now, unless the user gave one.

        After a fork, two processes writing to one connection would read each other's answers. A connection of an event
        loop that is not running answers to nobody. So each process and each event loop has connections of its own.
        """
        if self.given is not None:
            return self.given
        if self._process != os.getpid():
            self._renew()
        loop = _running_loop() if self.asynchronous else None
        if loop is None:
            return self._first
        return self._loops.get(loop) or self._taken_by(loop)

    def _renew(self) -> None:
        with _turns:
            if self._process != os.getpid():
                self._first, self._loops, self._taken = self._make(), WeakKeyDictionary(), False
                self._process = os.getpid()

    def _taken_by(self, loop: Any) -> Http:
        with _turns:
            # Those of event loops that are closed hold their loop, and would stay with it.
            for other in [other for other in self._loops if other.is_closed()]:
                del self._loops[other]
            http = self._loops[loop] = self._make() if self._taken else self._first
            self._taken = True
            return http

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._closed if self.given is None else self.given.is_closed

    def close(self) -> Http:
        """Send nothing more, and close what other threads' event loops have, as far as they run.

        Connections of a loop that doesn't run can be closed by nobody; they are let go, and their sockets with them.

        Returns:
            The httpx client that is still to be closed, here.
        """
        http = self.http
        self._closed = True
        with _turns:
            others = [(loop, other) for loop, other in self._loops.items() if other is not http]
            for loop, _ in others:
                del self._loops[loop]
        for loop, other in others:
            if loop.is_running():
                with suppress(RuntimeError):  # it has just been closed
                    loop.call_soon_threadsafe(_close_soon, loop, other)
        return http


def checked_http(given: Http | None, kind: type[Http]) -> Http | None:
    """An httpx client that the user gave, if any.

    Args:
        given: The httpx client.
        kind: What it must be.

    Raises:
        TypeError: It is another: with it, a request would be sent whose answer nobody could read.
    """
    if given is None or isinstance(given, kind):  # pyright: ignore[reportUnnecessaryIsInstance] - users err
        return given
    raise TypeError(f"http_client must be an httpx.{kind.__name__} here, not {type(given).__name__}")


def _close_soon(loop: Any, http: httpx.AsyncClient) -> None:
    task = loop.create_task(http.aclose())
    _CLOSING.add(task)
    task.add_done_callback(_CLOSING.discard)


_CLOSING: Final[set[Any]] = set()
"""The tasks that close connections; asyncio itself might let go of them."""


def _running_loop() -> Any:
    """The event loop of asyncio that runs here; None if there is none, as under trio."""
    asyncio = sys.modules.get("asyncio")  # imported by whoever runs a loop; importing it here would slow programs down
    try:
        return None if asyncio is None else asyncio.get_running_loop()
    except RuntimeError:
        return None
