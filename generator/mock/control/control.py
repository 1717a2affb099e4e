"""Facts that steer the mock and change rarely: read with every request, so at no cost while nothing changes."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from generator.mock.storage.database import Database
    from generator.spec.model import Json

_TABLES = ("facts", "faults", "fault_uses", "fault_counts", "balances", "nonces")
_TELL = "INSERT INTO facts VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"
_FACT = "SELECT value FROM facts WHERE name = ?"


class Control:
    """Typed access to the control database, which all workers share."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._generation = (-1, -1)
        self._looked_in: asyncio.AbstractEventLoop | None = None
        self._looked_at = -1
        self._cached: dict[str, Json] = {}

    def fact(self, name: str, default: Json = None) -> Json:
        """A fact by its name; the default where none was told."""
        known = self._current()
        key = f"fact {name}"
        if key not in known:
            known[key] = self._fact(name, default)
        return known[key]

    def tell(self, name: str, value: Json) -> None:
        """Tell a fact; all workers know it from their next request on."""
        self._database.execute(_TELL, (name, json.dumps(value)))

    def change(self, name: str, default: Json, changed: Callable[[Json], Json]) -> None:
        """Change a fact, so that no change by another worker is lost.

        Args:
            name: Of the fact.
            default: What it is where none was told.
            changed: Gives what it becomes from what it is.
        """
        with self._database.transaction() as connection:
            found = connection.execute(_FACT, (name,)).fetchone()
            value = changed(json.loads(found[0]) if found else default)
            connection.execute(_TELL, (name, json.dumps(value)))

    def cached(self, name: str, read: Callable[[], Json]) -> Json:
        """What `read` gives, read anew only after somebody has written to the database.

        Args:
            name: Of what is read; unique.
            read: Reads it.
        """
        cached = self._current()
        if name not in cached:
            cached[name] = read()
        return cached[name]

    def rows(self, statement: str, *parameters: Json) -> list[tuple[Json, ...]]:
        """The rows that one statement gives."""
        return self._database.execute(statement, parameters)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Read and write several things together; other workers wait meanwhile."""
        with self._database.transaction() as connection:
            yield connection

    def reset(self) -> None:
        """Forget everything."""
        with self._database.transaction() as connection:
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  # names of our own tables

    def _current(self) -> dict[str, Json]:
        """What is cached and still holds.

        What other processes write is looked for once in each turn of the event loop, for all requests that are handled
        in it. That is soon enough: who has written before sending a request did so before the turn that reads it.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            loop = None
        if loop is None or loop is not self._looked_in or self._database.writes != self._looked_at:
            generation = self._database.generation()
            if generation != self._generation:
                self._generation, self._cached = generation, {}
            self._looked_in, self._looked_at = loop, self._database.writes
            if loop:
                loop.call_soon(self._look_anew)
        return self._cached

    def _look_anew(self) -> None:
        self._looked_in = None

    def _fact(self, name: str, default: Json) -> Json:
        rows = self._database.execute(_FACT, (name,))
        return json.loads(rows[0][0]) if rows else default
