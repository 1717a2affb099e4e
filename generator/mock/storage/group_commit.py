"""Writes the requests that are answered at the same moment in one transaction, which costs little more than for one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

_MOST: Final = 64  # entries of one transaction; the first shouldn't wait for long

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.mock.journal.entry import Entry
    from generator.mock.journal.journal import Journal
    from generator.mock.journal.raw_entry import RawEntry

    _Waiting = tuple[Entry | RawEntry, asyncio.Future[None]]


class GroupCommit:
    """Records entries, each before its answer is sent, those of turns of the event loop that follow together."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._waiting: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}

    async def record(self, entry: Entry | RawEntry) -> None:
        """Record an entry; it is written when this returns.

        Raises:
            sqlite3.Error: The journal can't be written.
            OSError: An upload can't be written.
        """
        loop = asyncio.get_running_loop()
        written = loop.create_future()
        waiting = self._waiting.setdefault(loop, [])
        waiting.append((entry, written))
        if len(waiting) == 1:
            loop.call_soon(self._commit, loop, 0)
        await written

    def _commit(self, loop: asyncio.AbstractEventLoop, seen: int) -> None:
        """Write what waits, once a turn has brought no more: each turn reads what has come on other connections."""
        waiting = len(self._waiting[loop])
        if seen < waiting < _MOST:
            loop.call_soon(self._commit, loop, waiting)
        else:
            self._write(self._waiting.pop(loop))

    def _write(self, waiting: Sequence[_Waiting]) -> None:
        """Write entries, and tell those who wait for it. What can't be written fails alone."""
        failure: Exception | None = None
        try:
            self._journal.record_all([entry for entry, _ in waiting])
        except Exception as error:  # noqa: BLE001  # whatever it is, who waits is told
            if len(waiting) > 1:
                for one in waiting:
                    self._write([one])
                return
            failure = error
        for _, written in waiting:
            if written.done():
                continue  # who waited has given up
            if failure is None:
                written.set_result(None)
            else:
                written.set_exception(failure)
