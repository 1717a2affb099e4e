"""Room in memory for the large request bodies that are under way: those that find none wait, unread, for their turn."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

if TYPE_CHECKING:
    from asyncio import Future

ROOM: Final = 256_000_000
"""How many bytes of large bodies a worker has in memory at once, as they came; what is decoded takes as much again."""

FREE: Final = 1_000_000
"""The largest body that takes no room, in bytes."""


@frozen
class Pace:
    """How slow a sender may be that keeps others waiting.

    Attributes:
        patience: Seconds within which `least` bytes must come, or all that is missing.
        least: Bytes.
    """

    patience: float = 30.0
    least: int = 30_000


@define
class Place:
    """The room that one body holds.

    Attributes:
        size: In bytes; 0 once it is given back.
    """

    _room: BodyRoom = field(repr=False)
    size: int

    def shrink(self, size: int) -> None:
        """Give back what is beyond so many bytes."""
        if size < self.size:
            given_back, self.size = self.size - size, size
            self._room.give_back(given_back)


class BodyRoom:
    """Hands out room, first come, first served, to requests of any event loop.

    A body takes all of its room at once, so that no two wait for each other.
    """

    def __init__(self, size: int = ROOM, free: int = FREE, pace: Pace | None = None) -> None:
        """Prepare.

        Args:
            size: The room for all, in bytes.
            free: The largest body that takes none, in bytes.
            pace: How slow a sender may be that has a place.
        """
        self.free = free
        self.pace = pace or Pace()
        self._size = size
        self._left = size
        self._waiting: deque[tuple[int, Future[None]]] = deque()
        self._lock = threading.Lock()

    @property
    def left(self) -> int:
        """The room that nobody holds, in bytes."""
        return self._left

    async def place(self, size: int) -> Place:
        """Wait for room.

        Args:
            size: How much is needed, in bytes; a body larger than all the room waits until it has all of it.
        """
        size = min(size, self._size)
        turn: Future[None] = asyncio.get_running_loop().create_future()
        with self._lock:
            self._waiting.append((size, turn))
            self._hand_out()
        try:
            await turn
        except asyncio.CancelledError:
            self._give_up(size, turn)
            raise
        return Place(self, size)

    def give_back(self, size: int) -> None:
        """So many bytes of room are free again."""
        with self._lock:
            self._left += size
            self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting and self._waiting[0][0] <= self._left:
            size, turn = self._waiting.popleft()
            self._left -= size
            try:
                turn.get_loop().call_soon_threadsafe(_begin, turn)
            except RuntimeError:  # its loop is closed, and nobody waits any more
                self._left += size

    def _give_up(self, size: int, turn: Future[None]) -> None:
        with self._lock:
            if (size, turn) in self._waiting:
                self._waiting.remove((size, turn))
            else:
                self._left += size
            self._hand_out()


def _begin(turn: Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)
