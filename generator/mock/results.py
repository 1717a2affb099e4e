"""Keeps what result URLs lead to: recipes, drawn when their image is fetched."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.mock.pictures import Recipe

FOLDER: Final = "/_mock/images"
"""The path under which images are fetched."""

MAX_RECIPES: Final = 100_000
"""How many images can be fetched; the longest unfetched go first."""

MAX_BYTES: Final = 256_000_000
"""How much is kept of input images, for edits that are still to be drawn, in bytes."""


class Results:
    """The images that can be fetched, by name."""

    def __init__(self, max_recipes: int = MAX_RECIPES, max_bytes: int = MAX_BYTES) -> None:
        self._max_recipes = max_recipes
        self._max_bytes = max_bytes
        self._recipes: OrderedDict[str, Recipe] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._recipes)

    def keep(self, recipe: Recipe) -> str:
        """Keep a recipe.

        Returns:
            The path at which its image can be fetched. The same recipe has the same path.
        """
        name = f"{recipe.digest.hex()[:32]}.{recipe.format}"
        if name in self._recipes:
            self._recipes.move_to_end(name)
            return f"{FOLDER}/{name}"
        self._recipes[name] = recipe
        self._bytes += recipe.weight
        while len(self._recipes) > self._max_recipes or (self._bytes > self._max_bytes and len(self._recipes) > 1):
            _, oldest = self._recipes.popitem(last=False)
            self._bytes -= oldest.weight
        return f"{FOLDER}/{name}"

    def recipe(self, name: str) -> Recipe | None:
        """The recipe of an image; None for one that was never made or had to make room."""
        if name in self._recipes:
            self._recipes.move_to_end(name)
        return self._recipes.get(name)
