"""The mock's state: all that a later request, or another worker, needs of an earlier one."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Final

from generator.mock.storage.database import Database

_CONTROL_VERSION: Final = 2
_CONTROL: Final = """
CREATE TABLE IF NOT EXISTS facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS faults(seq INTEGER PRIMARY KEY AUTOINCREMENT, remaining INTEGER, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS fault_uses(seq INTEGER PRIMARY KEY AUTOINCREMENT, fault INTEGER NOT NULL,
    document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS fault_uses_fault ON fault_uses(fault, seq);
CREATE TABLE IF NOT EXISTS fault_counts(seq INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE,
    seen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS balances(account TEXT PRIMARY KEY, amount INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS nonces(seq INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE);
"""

_JOURNAL_VERSION: Final = 2
# Every index costs each request. Results have numbers that begin with their request's, in place of an index, and are
# found by the time at which they expire, which grows with those numbers: names are in no order, and would cost most.
_JOURNAL: Final = """
CREATE TABLE IF NOT EXISTS requests(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, api TEXT NOT NULL,
    operation TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL, outcome TEXT NOT NULL,
    rules TEXT NOT NULL, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS results(id INTEGER PRIMARY KEY, name TEXT NOT NULL, expires_at INTEGER NOT NULL,
    recipe TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS results_expiry ON results(expires_at);
CREATE TABLE IF NOT EXISTS blobs(digest TEXT PRIMARY KEY, seq INTEGER NOT NULL, size INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS blobs_seq ON blobs(seq);
CREATE TABLE IF NOT EXISTS epoch(value TEXT NOT NULL, begins INTEGER NOT NULL);
INSERT INTO epoch SELECT lower(hex(randomblob(8))), 0 WHERE NOT EXISTS (SELECT 1 FROM epoch);
"""


class State:
    """A folder with two databases and the uploaded files.

    Attributes:
        folder: The folder.
        blobs: The folder of uploads in it.
        control: What changes rarely: clock, faults, balances, used proofs.
        journal: What changes with every request: requests, results, which uploads are kept.
    """

    def __init__(self, folder: Path, *, temporary: bool) -> None:
        """Prepare; use `open` instead.

        Args:
            folder: The folder; it need not exist.
            temporary: Whether the folder goes when the state is closed or forgotten.
        """
        self.folder = folder
        self.blobs = folder / "blobs"
        self.control = Database(folder / "control.db", _CONTROL, _CONTROL_VERSION)
        self.journal = Database(folder / "journal.db", _JOURNAL, _JOURNAL_VERSION)
        doomed = folder if temporary else None
        self._end = weakref.finalize(self, _end, (self.control, self.journal), doomed, os.getpid())

    @classmethod
    def open(cls, folder: Path | None = None) -> State:
        """The state in a folder.

        Args:
            folder: Where it is kept; a temporary folder, which goes with the state, if None.
        """
        if folder is not None:
            return cls(folder.absolute(), temporary=False)
        return cls(Path(tempfile.mkdtemp(prefix="image-contract-mock-")), temporary=True)

    def close(self) -> None:
        """Close the databases; a temporary folder is removed. It may be called again."""
        self._end()


def _end(databases: tuple[Database, ...], doomed: Path | None, owner: int) -> None:
    for database in databases:
        database.close()
    # A process that was forked off mustn't take the folder from its parent.
    if doomed and os.getpid() == owner:
        shutil.rmtree(doomed, ignore_errors=True)
