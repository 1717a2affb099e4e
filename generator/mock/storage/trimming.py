"""Makes room: the oldest requests, results and uploads go when there are too many or they take too much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.mock.storage.results import PER_REQUEST
from generator.mock.storage.sweeping import asides

if TYPE_CHECKING:
    import sqlite3

    from generator.mock.clock import Clock
    from generator.mock.storage.blobs import Blobs
    from generator.mock.storage.database import Database

_STEPS: Final = 20  # trims while one measure is filled
_MOST_REQUESTS: Final = 200  # that are recorded between two trims; a trim should be short
_KEPT_PAST_EXPIRY: Final = 86_400  # seconds for which an expired result is told from one that never was
_AIM: Final = 0.8  # of the largest size, once that is passed
_HALVINGS: Final = 20
_PAGES_GIVEN_BACK: Final = 500  # by one trim, of the database's file
_LARGEST: Final = 2**63 - 1


class Trimmer:
    """Keeps the state within its bounds; each worker trims now and then, one at a time.

    Everything carries the number of the last request that it belongs to, so that a request goes together with what it
    brought and made, and an upload stays as long as anything that was made from it.
    """

    def __init__(self, database: Database, blobs: Blobs, clock: Clock, *, keep_requests: int, max_disk: int) -> None:
        """Prepare.

        Args:
            database: The journal's database.
            blobs: The uploads.
            clock: Tells what has expired.
            keep_requests: How many requests are kept, at least 1.
            max_disk: How much may be kept, in bytes. It may be passed by as much as `_STEPS` allow.
        """
        self._database = database
        self._blobs = blobs
        self._clock = clock
        self._keep = keep_requests
        self._max_disk = max_disk
        self._requests = 0
        self._bytes = 0

    def recorded(self, requests: int, size: int) -> None:
        """So many requests of that size together, in bytes, were recorded; trims if it is time to."""
        self._requests += requests
        self._bytes += size
        due = min(_MOST_REQUESTS, max(1, self._keep // _STEPS))
        if self._requests >= due or self._bytes * _STEPS >= self._max_disk:
            self.trim()

    def trim(self) -> None:
        """Make room."""
        self._requests = self._bytes = 0
        with self._database.transaction() as connection:
            newest = connection.execute("SELECT coalesce(max(seq), 0) FROM requests").fetchone()[0]
            connection.execute("DELETE FROM requests WHERE seq <= ?", (newest - self._keep,))
            self._remove_expired(connection)
            self._remove_blobs(connection, _oldest(connection))
            if self._size(connection) + _aside(self._database) > self._max_disk:
                for path in asides(self._database):
                    path.unlink(missing_ok=True)
            if (size := self._size(connection)) > self._max_disk:
                self._shrink(connection, size)
        self._database.shrink(_PAGES_GIVEN_BACK)

    def _shrink(self, connection: sqlite3.Connection, size: int) -> None:
        """Remove the oldest of everything, until the rest is small enough."""
        oldest, newest = _oldest(connection), _newest(connection)
        for _ in range(_HALVINGS):
            if size <= self._max_disk * _AIM or oldest >= newest:
                return
            oldest += max(1, (newest - oldest) // 8)
            connection.execute("DELETE FROM requests WHERE seq < ?", (oldest,))
            connection.execute("DELETE FROM results WHERE id < ?", (oldest * PER_REQUEST,))
            self._remove_blobs(connection, oldest)
            size = self._size(connection)

    def _remove_expired(self, connection: sqlite3.Connection) -> None:
        """Remove the results that have long expired, from the oldest to the first that hasn't."""
        long_ago = self._clock.time() - _KEPT_PAST_EXPIRY
        # The plus keeps SQLite from the index on that time: the first that is alive is near the beginning of the table.
        alive = connection.execute("SELECT id FROM results WHERE +expires_at >= ? ORDER BY id LIMIT 1", (long_ago,))
        first = alive.fetchone()
        connection.execute("DELETE FROM results WHERE id < ?", (first[0] if first else _LARGEST,))

    def _remove_blobs(self, connection: sqlite3.Connection, before: int) -> None:
        """Remove files inside the transaction: who keeps the same file again meanwhile waits, and then writes it."""
        for (digest,) in connection.execute("DELETE FROM blobs WHERE seq < ? RETURNING digest", (before,)).fetchall():
            self._blobs.remove(digest)

    def _size(self, connection: sqlite3.Connection) -> int:
        pages, free, page_size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        files = connection.execute("SELECT coalesce(sum(size), 0) FROM blobs").fetchone()[0]
        return int((pages - free) * page_size + files)


def _aside(database: Database) -> int:
    """How much the damaged files take that the database has replaced, in bytes."""
    return sum(path.stat().st_size for path in asides(database))


def _oldest(connection: sqlite3.Connection) -> int:
    """The number of the oldest request or result; beyond the last where there is neither."""
    (request,) = connection.execute("SELECT min(seq) FROM requests").fetchone()
    (result,) = connection.execute("SELECT min(id) FROM results").fetchone()
    found = [request] if request is not None else []
    found += [result // PER_REQUEST] if result is not None else []
    return int(min(found)) if found else _newest(connection) + 1


def _newest(connection: sqlite3.Connection) -> int:
    statement = "SELECT max(begins, coalesce((SELECT max(seq) FROM requests), 0)) FROM epoch"
    return int(connection.execute(statement).fetchone()[0])
