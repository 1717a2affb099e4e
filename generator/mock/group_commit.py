"""Writes the requests that are answered at the same moment in one transaction, which costs little more than for one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.mock.entry import Entry
    from generator.mock.journal import Journal


class GroupCommit:
    """Records entries, each before its answer is sent, those of one turn of the event loop together."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._waiting: dict[asyncio.AbstractEventLoop, list[tuple[Entry, asyncio.Future[None]]]] = {}

    async def record(self, entry: Entry) -> None:
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
            loop.call_soon(self._commit, loop)
        await written

    def _commit(self, loop: asyncio.AbstractEventLoop) -> None:
        self._write(self._waiting.pop(loop))

    def _write(self, waiting: Sequence[tuple[Entry, asyncio.Future[None]]]) -> None:
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
