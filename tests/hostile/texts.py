"""Draws texts, patterns, numbers and values that would be code, a path or a script, if anything took them for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from .planted import CODE, CONTROLS, LETTERS, MARKDOWN, MARKS, NAMES, NUMBERS, PATHS, PATTERNS, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

T = TypeVar("T")

_PIECES = (*CODE, *TEMPLATES, *PATHS, *MARKDOWN, *MARKS, *CONTROLS, *LETTERS, *NAMES)
_BETWEEN = ("", " ", "\n", "\n\n", "_")
_JUNK: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    "",
    "x",
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"$ref": "#"},
    {"$ref": 1},
    {"type": []},
)


class Dice:
    """Draws what a document is made of.

    Args:
        random: Decides.
    """

    def __init__(self, random: Random) -> None:
        self.choice = random.choice
        self._integer = random.randint

    def chance(self, of: int) -> bool:
        """True once in so many times."""
        return self._integer(1, of) == of  # the simplest that Hypothesis draws is 1

    def below(self, count: int) -> int:
        """A number from 0, less than this one."""
        return self._integer(0, count - 1)

    def text(self) -> str:
        """A text to plant anywhere."""
        pieces = [self.choice(_PIECES) for _ in range(self._integer(1, 3))]
        return self.choice(_BETWEEN).join(pieces) if len(pieces) > 1 else pieces[0]

    def shown(self) -> str:
        """A text to plant anywhere, of signs that can be seen."""
        return "".join(sign for sign in self.text() if sign.isprintable() or sign in "\t\n") or "x"

    def pattern(self) -> str:
        """A regular expression: one that takes for ever, one that is none, or a text."""
        return self.choice(PATTERNS) if self.chance(2) else self.text()

    def number(self) -> object:
        """A bound of any size, or what is none."""
        return self.choice(NUMBERS)

    def value(self) -> object:
        """A value for an example, a default or an enum."""
        kind = self._integer(1, 8)
        if kind == 1:
            return self.number()
        if kind == 2:
            return {self.text(): self.text()}
        return [self.text()] if kind == 3 else self.text()

    def junk(self) -> object:
        """What stands where something else should."""
        return self.choice(_JUNK) if self.chance(2) else self.value()

    def among(self, optional: Mapping[str, Callable[[], object]], of: int = 3) -> dict[str, object]:
        """Some of what may stand in an object, each once in so many times."""
        return {key: make() for key, make in optional.items() if self.chance(of)}

    def several(self, make: Callable[[], T], most: int, least: int = 0) -> list[T]:
        """Some of a kind."""
        return [make() for _ in range(self._integer(least, most))]


def dice() -> st.SearchStrategy[Dice]:
    """What draws documents."""
    return st.randoms(use_true_random=False).map(Dice)
