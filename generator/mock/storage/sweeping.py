"""Tidies a folder before a mock runs on it: what an earlier one, ended by force or damaged, has left for nobody."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.mock.storage.database import Database
    from generator.mock.storage.state import State

_log = logging.getLogger(__name__)


def sweep(state: State) -> None:
    """Tidy the folder of a state that no other process uses.

    Damaged databases make room for new ones, of those that made room before only the last is kept, and files go that
    no request needs.
    """
    uploads = list(_files(state.blobs))
    for database in (state.control, state.journal):
        was_there, damaged = database.path.exists(), asides(database)
        database.check()
        told = asides(database) != damaged
        if database.is_new and not told and (was_there or (uploads and database is state.journal)):
            _log.warning("%s was empty or is gone. What it held is lost; the mock begins anew.", database.path)
        for aside in asides(database)[:-1]:
            aside.unlink(missing_ok=True)
    needed = {digest for (digest,) in state.journal.execute("SELECT digest FROM blobs")}
    for path in uploads:
        if path.name not in needed:
            path.unlink(missing_ok=True)


def asides(database: Database) -> list[Path]:
    """The damaged files that made room for a database, the oldest first."""
    return sorted(database.path.parent.glob(f"{database.path.name}.aside-*"))


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder of uploads; those half written too."""
    return (path for path in folder.glob("??/*") if path.is_file())
