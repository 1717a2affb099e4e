"""What must be kept with a request before it is answered: the files that it brought, the recipes of its results."""

from __future__ import annotations

from attrs import define, field


@define(eq=False)
class Belongings:
    """What is to be written in the transaction of one request. It goes with the request, whether that succeeds or not.

    Attributes:
        files: Uploads and other input images, by SHA-256.
        recipes: Recipes as JSON texts, by their image's name and the time at which its URL expires.
    """

    files: dict[str, bytes] = field(factory=dict, repr=False)
    recipes: dict[tuple[str, int], str] = field(factory=dict)

    def let_go(self) -> None:
        """Forget everything: it is written, or never will be."""
        self.files.clear()
        self.recipes.clear()
