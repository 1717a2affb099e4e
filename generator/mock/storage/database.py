"""A SQLite file that several processes and threads share."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeVar

    Result = TypeVar("Result")

_PATIENCE: Final = 20.0  # seconds that a lock of another process is waited for
_FIRST_WAIT: Final = 0.00005  # seconds; a transaction of the mock takes about as long
_LONGEST_WAIT: Final = 0.005  # seconds
_CHECKPOINT: Final = 500  # pages of the write-ahead log; so many stay in the processor's cache
_GOOD_PART: Final = 4  # one of so many pages
_LARGEST_LOG: Final = 16_000_000  # bytes that the write-ahead log keeps when it is reset

_log = logging.getLogger(__name__)


class Database:
    """A SQLite database in WAL mode, opened late and once per process.

    Attributes:
        path: The file.
        writes: How often this process has written.
        is_new: Whether this process has made its tables.

    Nothing is synced to the disk: what was committed survives the end of the process in any way, which is what the
    mock promises, and not a power cut. A file that can't be read, or that another version of the mock wrote, is set
    aside, and a new one takes its place.
    """

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Prepare; nothing is opened yet.

        Args:
            path: The file.
            schema: The statements that make its tables; each does nothing where the table is there.
            version: Of the schema.
        """
        self.path = path
        self._schema = schema
        self._version = version
        self._opened: tuple[int, sqlite3.Connection] | None = None
        self._lock = threading.RLock()
        self.writes = 0
        self.is_new = False

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement by itself.

        Returns:
            The rows that it gives.
        """
        with self._lock:
            connection = self._connection()
            if statement[:6].upper() != "SELECT":
                self.writes += 1
            return _patiently(lambda: connection.execute(statement, parameters).fetchall())

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write several things together or, if the block raises, none of them. Other writers wait meanwhile."""
        with self._lock:
            connection = self._connection()
            _patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
            try:
                yield connection
                _patiently(lambda: connection.execute("COMMIT"))
            except BaseException:
                if connection.in_transaction:  # a full disk can have ended it already
                    connection.execute("ROLLBACK")
                raise
            finally:
                self.writes += 1

    def shrink(self, pages: int) -> None:
        """Give back space in the file that nothing takes any more, where that is a good part of it.

        A little is taken again soon; to give it back and take it anew would cost more than all else.

        Args:
            pages: How many pages of the file at most.
        """
        with self._lock:
            connection = self._connection()
            (total,) = connection.execute("PRAGMA page_count").fetchone()
            (free,) = connection.execute("PRAGMA freelist_count").fetchone()
            if free * _GOOD_PART < total:
                return
            # A script is run to its end; execute() would take one step of this statement, which frees one page.
            _patiently(lambda: connection.executescript(f"PRAGMA incremental_vacuum({pages})"))

    def generation(self) -> tuple[int, int]:
        """A value that is another whenever anybody has written since, this process or another."""
        # No lock: SQLite serialises the use of a connection, and nothing is read here that could be half written.
        return self._connection().execute("PRAGMA data_version").fetchone()[0], self.writes

    def check(self) -> None:
        """Read the whole file for damage; set it aside if there is any."""
        with self._lock:
            connection = self._connection()
            try:
                sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            except sqlite3.DatabaseError:
                sound = False
            if not sound:
                self.close()
                self._set_aside("is damaged")

    def close(self) -> None:
        """Close the file. Using the database again opens it again."""
        with self._lock:
            opened, self._opened = self._opened, None
            # A connection that was opened before a fork is the parent's.
            if opened and opened[0] == os.getpid():
                opened[1].close()

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None or self._opened[0] != os.getpid():
            try:
                connection = self._open()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self._set_aside("can't be read")
                connection = self._open()
            self._opened = os.getpid(), connection
        return self._opened[1]

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connected()
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        self.is_new = found == 0
        if found not in {0, self._version}:
            connection.close()
            self._set_aside("was written by another version of the mock")
            connection = self._connected()
        if found != self._version:
            _patiently(lambda: connection.executescript(f"BEGIN IMMEDIATE;{self._schema};COMMIT"))
            connection.execute(f"PRAGMA user_version={self._version}")
        return connection

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=0)
        try:
            for pragma in (
                "auto_vacuum=INCREMENTAL",
                "journal_mode=WAL",
                "synchronous=OFF",
                f"wal_autocheckpoint={_CHECKPOINT}",
                f"journal_size_limit={_LARGEST_LOG}",
            ):
                _patiently(partial(connection.execute, f"PRAGMA {pragma}"))
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self, why: str) -> None:
        aside = self.path.with_name(f"{self.path.name}.aside-{time.time_ns()}")
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self.path.replace(aside)
        _log.warning("%s %s. It is kept as %s; the mock begins a new one.", self.path, why, aside.name)


def _patiently(step: Callable[[], Result]) -> Result:
    """Run a step, again and again for some seconds while another process holds the lock.

    SQLite's own way to wait sleeps for a millisecond and more, in which a worker could answer a dozen requests.
    """
    give_up, wait = time.monotonic() + _PATIENCE, _FIRST_WAIT
    while True:
        try:
            return step()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise
            if time.monotonic() > give_up:
                raise
        time.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT)
