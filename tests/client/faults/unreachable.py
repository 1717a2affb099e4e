"""Addresses at which there is nobody."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOST: Final = "127.0.0.1"
_ENOUGH: Final = 4  # connections that fill a queue of one


@contextmanager
def closed_port() -> Iterator[int]:
    """A port where every connection is refused."""
    with socket.socket() as bound:
        bound.bind((_HOST, 0))  # and never listens
        yield bound.getsockname()[1]


@contextmanager
def full_port() -> Iterator[int]:
    """A port where connections are neither accepted nor refused: the queue of those who wait is full."""
    with socket.socket() as bound:
        bound.bind((_HOST, 0))
        bound.listen(0)
        waiting = [socket.socket() for _ in range(_ENOUGH)]
        try:
            for each in waiting:
                each.settimeout(0)
                each.connect_ex(bound.getsockname())
            yield bound.getsockname()[1]
        finally:
            for each in waiting:
                each.close()
