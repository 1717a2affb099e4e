"""The journal: what came in, how it was judged, and what went out; the same for all workers."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Protocol

from generator.mock.journal.entry import Entry
from generator.mock.journal.journal_filter import JournalFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.mock.journal.raw_entry import RawEntry
    from generator.mock.storage.belongings import Belongings
    from generator.mock.storage.database import Database
    from generator.mock.storage.trimming import Trimmer

_INSERT = (
    "INSERT INTO requests(seq, id, api, operation, path, status, outcome, rules, document) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READ = "seq, id, api, operation, path, status, outcome, rules, document"
_LAST = "SELECT max(begins, coalesce((SELECT max(seq) FROM requests), 0)) FROM epoch"
_NEW_EPOCH = "UPDATE epoch SET value = lower(hex(randomblob(8))), begins = ?"
_UPDATE = "UPDATE requests SET status = ?, outcome = ?, rules = ?, document = ? WHERE seq = ?"

_log = logging.getLogger(__name__)


class Attachment(Protocol):
    """What must be kept with a request, before it is answered: results, uploads."""

    def write(self, connection: sqlite3.Connection, kept: Sequence[tuple[int, Belongings]]) -> None:
        """Write what belongs to requests, each with its number, in their transaction."""
        ...

    def drop(self, connection: sqlite3.Connection, dropped: Sequence[Belongings]) -> None:
        """Remove what belongs to requests whose transaction failed, and to no other."""
        ...


class Journal:
    """The last requests, in a database."""

    def __init__(
        self,
        database: Database,
        attachments: Sequence[Attachment] = (),
        trimmer: Trimmer | None = None,
        mask: Callable[[bytes], bytes] = bytes,
    ) -> None:
        """Prepare.

        Args:
            database: Where requests are kept.
            attachments: What is written together with each request.
            trimmer: Makes room.
            mask: Hides secrets in an entry's JSON text.
        """
        self._database = database
        self._attachments = tuple(attachments)
        self._trimmer = trimmer
        self._mask = mask

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM requests")[0][0])

    def record(self, entry: Entry) -> Entry:
        """Write an entry and all that belongs to it, so that another worker finds it, and a restart too.

        Returns:
            The entry, with its number.
        """
        self.record_all([entry])
        return entry

    def record_all(self, entries: Sequence[Entry | RawEntry]) -> None:
        """Write several entries, at least one, in one transaction, or none of them; see `record`."""
        rows = [(*entry.columns, self._mask(entry.encoded())) for entry in entries]
        try:
            with self._database.transaction() as connection:
                (last,) = connection.execute(_LAST).fetchone()
                connection.executemany(_INSERT, [(seq, *row) for seq, row in enumerate(rows, last + 1)])
                for seq, entry in enumerate(entries, last + 1):
                    entry.seq = seq
                kept = [(entry.seq, entry.belongings) for entry in entries if entry.belongings]
                for attachment in self._attachments if kept else ():
                    attachment.write(connection, kept)
        except BaseException:
            self._drop(entries)
            raise
        if self._trimmer:
            size = sum(len(row[-1]) + entry.body_size for entry, row in zip(entries, rows, strict=True))
            try:
                self._trimmer.recorded(len(entries), size)
            except (sqlite3.Error, OSError) as error:  # these requests are written; the next try to make room again
                _log.error("The mock can't make room in its folder: %s", error)

    def _drop(self, entries: Sequence[Entry | RawEntry]) -> None:
        """Drop what belongs to entries that can't be written; whoever needs the same brings it again."""
        dropped = [entry.belongings for entry in entries if entry.belongings]
        with self._database.transaction() as connection:
            for attachment in self._attachments if dropped else ():
                attachment.drop(connection, dropped)

    def update(self, entry: Entry) -> None:
        """Write anew an entry that is recorded: what took its time has come to its end."""
        _, _, _, _, status, outcome, rules = entry.columns
        values = (status, outcome, rules, self._mask(entry.encoded()), entry.seq)
        self._database.execute(_UPDATE, values)

    def entries(self, chosen: JournalFilter | None = None) -> tuple[Entry, ...]:
        """The entries, newest last.

        Args:
            chosen: Which; all if None.
        """
        chosen = chosen or JournalFilter()
        conditions = list(chosen.conditions())
        where = " AND ".join(condition for condition, _ in conditions) or "TRUE"
        order = "DESC" if chosen.newest_first else "ASC"
        statement = f"SELECT {_READ} FROM requests WHERE {where} ORDER BY seq {order} LIMIT ?"  # noqa: S608  # of our own texts
        rows = self._database.execute(statement, [*(value for _, value in conditions), chosen.limit])
        found = [Entry.decoded(row[0], row[1:-1], row[-1]) for row in rows]
        return tuple(reversed(found) if chosen.newest_first else found)

    def entry(self, request_id: str) -> Entry | None:
        """The entry of a request; None if there is none (any more)."""
        return next(iter(self.entries(JournalFilter(id=request_id, limit=1))), None)

    def epoch(self) -> str:
        """Another text for each journal, and whenever it is reset: who reads on should then read anew."""
        return str(self._database.execute("SELECT value FROM epoch")[0][0])

    def reset(self) -> None:
        """Forget all requests. The images that they made stay."""
        with self._database.transaction() as connection:
            (last,) = connection.execute(_LAST).fetchone()
            connection.execute(_NEW_EPOCH, (last,))
            connection.execute("DELETE FROM requests")
