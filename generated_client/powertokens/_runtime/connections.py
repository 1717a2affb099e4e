"""The httpx client that a client sends with, which its copies share, and which no forked process inherits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Generic, TypeVar

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

Http = TypeVar("Http", httpx.Client, httpx.AsyncClient)


class Connections(Generic[Http]):
    """Holds an httpx client.

    Args:
        make: Makes one.
        given: One that the user gave. It is never closed here.
    """

    def __init__(self, make: Callable[[], Http], given: Http | None) -> None:
        self._make: Callable[[], Http] = make
        self.owned = given is None
        self._http: Http = make() if given is None else given
        self._process = os.getpid()

    @property
    def http(self) -> Http:
        """The httpx client.

        After a fork, two processes writing to one connection would read each other's answers. So the child gets a
        client of its own, unless the user gave one.
        """
        if self.owned and self._process != os.getpid():
            self._http, self._process = self._make(), os.getpid()
        return self._http
