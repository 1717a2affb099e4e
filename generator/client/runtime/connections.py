"""The httpx client that a client sends with: its copies share it; forked processes and other event loops do not."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

Http = TypeVar("Http", httpx.Client, httpx.AsyncClient)


class Connections(Generic[Http]):
    """Holds an httpx client.

    Args:
        make: Makes one.
        given: One that the user gave. It is never closed here, and used wherever the user uses it.
    """

    def __init__(self, make: Callable[[], Http], given: Http | None) -> None:
        self._make: Callable[[], Http] = make
        self.owned = given is None
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
        if not self.owned:
            return self._first
        if self._process != os.getpid():
            self._first, self._process = self._make(), os.getpid()
            self._loops, self._taken = WeakKeyDictionary(), False
        loop = _running_loop() if self.asynchronous else None
        if loop is None:
            return self._first
        http = self._loops.get(loop)
        if http is None:
            self._forget_closed()
            http = self._loops[loop] = self._make() if self._taken else self._first
            self._taken = True
        return http

    def _forget_closed(self) -> None:
        """Let go of the connections of event loops that are closed; they hold their loop, and would stay with it."""
        for loop in list(self._loops):
            if loop.is_closed():
                del self._loops[loop]

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._closed if self.owned else self._first.is_closed

    def close(self) -> Http:
        """Send nothing more; what is to be closed is the httpx client returned, if it is our own."""
        http = self.http
        self._closed = True
        return http


def _running_loop() -> Any:
    """The event loop of asyncio that runs here; None if there is none, as under trio."""
    asyncio = sys.modules.get("asyncio")  # imported by whoever runs a loop; importing it here would slow programs down
    try:
        return None if asyncio is None else asyncio.get_running_loop()
    except RuntimeError:
        return None
