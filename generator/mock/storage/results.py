"""Keeps what result URLs lead to: recipes, drawn when their image is fetched, until the URL expires."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.mock.images.recipe import Recipe

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from generator.mock.clock import Clock
    from generator.mock.storage.belongings import Belongings
    from generator.mock.storage.database import Database

FOLDER: Final = "/_mock/images"
"""The path under which images are fetched."""

LIFETIME: Final = 86_400
"""How long an image can be fetched where the spec doesn't say, in seconds."""

PER_REQUEST: Final = 1 << 20
"""A result's number divided by this is the number of its request."""

_INSERT: Final = "INSERT INTO results VALUES(?, ?, ?, ?)"
_SELECT: Final = "SELECT recipe FROM results WHERE name = ? AND expires_at = ? LIMIT 1"
_KNOWN: Final = "SELECT 1 FROM results WHERE name = ? LIMIT 1"  # looks at all, for an altered link
_DIGITS: Final = 15  # of a time, at most


@frozen
class Expired:
    """An image whose URL has expired."""


@frozen
class Altered:
    """An image whose URL isn't as it was handed out."""


class Results:
    """The images that can be fetched, by name.

    A result is written in the transaction of the request that it answers, before the answer is sent: no URL that was
    handed out is lost when the process ends.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def keep(self, recipe: Recipe, belongings: Belongings, lifetime: float = LIFETIME) -> str:
        """Keep a recipe.

        Args:
            recipe: The recipe.
            belongings: Of the request that asked for it.
            lifetime: How long its image can be fetched, in seconds of the mock's clock.

        Returns:
            The path and query at which its image can be fetched. The same recipe has the same path, and a query
            that holds for that URL alone.
        """
        return self.keep_all([recipe.named()], belongings, lifetime)[0]

    def keep_all(
        self, recipes: Iterable[tuple[str, str]], belongings: Belongings, lifetime: float = LIFETIME
    ) -> list[str]:
        """Keep recipes, each given as what its `named` gives; see `keep`."""
        expires_at = math.ceil(self._clock.time() + lifetime)
        paths = []
        for name, text in recipes:
            belongings.recipes[name, expires_at] = text
            paths.append(f"{FOLDER}/{name}?expires={expires_at}")
        return paths

    def recipe(self, name: str, expires: str = "") -> Recipe | Expired | Altered | None:
        """The recipe of an image.

        Args:
            name: The image file's name.
            expires: When its URL says that it expires, in seconds since 1970; "" if it doesn't say.

        Returns:
            The recipe; `Expired` after the URL's time; `Altered` where no URL of this image said that time; None for an
            image that was never made, or made room.
        """
        is_time = expires.isascii() and expires.isdecimal() and len(expires) <= _DIGITS
        if is_time and int(expires) <= self._clock.time():
            return Expired()
        rows = self._database.execute(_SELECT, (name, int(expires))) if is_time else []
        if rows:
            return Recipe.of_json(json.loads(rows[0][0]))
        return Altered() if self._database.execute(_KNOWN, (name,)) else None

    def write(self, connection: sqlite3.Connection, kept: Iterable[tuple[int, Belongings]]) -> None:
        """Write the recipes of requests, in their transaction."""
        rows = [
            (number, name, expires_at, text)
            for seq, belongings in kept
            for number, ((name, expires_at), text) in enumerate(belongings.recipes.items(), seq * PER_REQUEST)
        ]
        connection.executemany(_INSERT, rows)

    def drop(self, connection: sqlite3.Connection, dropped: Iterable[Belongings]) -> None:
        """Nothing is left of recipes that weren't written."""
