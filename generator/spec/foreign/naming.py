"""Names for what a foreign document calls otherwise, not at all, or the same: each one sensible, and its own."""

from __future__ import annotations

import hashlib
import keyword
import re
import unicodedata
from typing import TYPE_CHECKING

from generator.spec.naming import snake_case, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_APART = re.compile(r"[^\w]+|_+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LONGEST = 80
_LONGEST_FILE = 200
"""So many bytes a module's name may have: file systems take 255, with an ending and what else comes with it."""
_READ = 1_000
"""So much of a text is looked at for a name."""
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def parts_of(text: str) -> list[str]:
    """The words of a text, in the form in which Python compares names; what no name can hold is left out."""
    normal = unicodedata.normalize("NFKC", text[:_READ])
    pieces = (piece for chunk in _APART.split(normal) for piece in _HUMP.split(chunk))
    return [kept for piece in pieces if (kept := "".join(c for c in piece if f"a{c}".isidentifier()))]


def class_name(text: str, fallback: str) -> str:
    """A name for a class: "pet store" gives "PetStore"; Chinese stays Chinese.

    Args:
        text: What the document says.
        fallback: What to take where nothing of that can stand in a name, and before digits.
    """
    name = "".join(part[:1].upper() + part[1:] for part in parts_of(text))
    name = name if name.isidentifier() else fallback + name
    return _short(name)


def identifier(text: str, fallback: str) -> str:
    """A name for a variable that stays the same if it is made a name once more.

    Args:
        text: What the document says.
        fallback: What to take where nothing of that can stand in a name, and before digits.
    """
    name = snake_case("_".join(parts_of(text)) or fallback)
    if not name.isidentifier() or keyword.iskeyword(name):
        name = snake_case(f"{fallback}_{name}")
    for _ in range(3):
        name = snake_case(_short(name))
    return name.rstrip("_") if not keyword.iskeyword(name.rstrip("_")) else name


def operation_words(operation_id: str, method: str, path: str) -> str:
    """What to name an operation after: its operationId, or else its method and path."""
    if _PLAIN_ID.fullmatch(operation_id):
        return operation_id
    if words(operation_id[:_READ]) and parts_of(operation_id):
        return "_".join(parts_of(operation_id))
    steps = [f"by_{part[1:-1]}" if part.startswith("{") else part for part in path.strip("/").split("/")]
    return "_".join(parts_of(f"{method} {' '.join(steps)}"))


def _short(name: str) -> str:
    """A name of a length that file systems take, told from others that begin alike."""
    if len(name) <= _LONGEST and len(name.encode()) <= 2 * _LONGEST:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:6].translate(_LETTERS)
    cut = name[: _LONGEST - 7]
    while len(cut.encode()) > 2 * _LONGEST:
        cut = cut[:-1]
    return f"{cut}_{digest}"


class Names:
    """Names of one kind, no two of which are one in Python or one file on any system.

    Args:
        reserved: Names that nothing may have, to the letter.
        key: What must differ, capital letters apart.
    """

    def __init__(self, reserved: Collection[str] = (), key: Callable[[str], str] = snake_case) -> None:
        self._key, self._reserved = key, frozenset(reserved)
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str, *others: str) -> str:
        """A name that nothing has yet: the one wanted, or else another one given, or else that with a number.

        Args:
            wanted: The best name.
            others: What to fall back to before numbers.
        """
        wanted = self._fitting(wanted)
        for name in (wanted, *map(self._fitting, others)):
            if self._free(name):
                return name
        number = self._numbers.get(wanted, 1)
        while True:
            number += 1
            self._numbers[wanted] = number  # all before are taken
            if self._free(name := f"{wanted}{number}" if wanted[-1:].isalpha() else f"{wanted}_{number}"):
                return name

    def _fitting(self, name: str) -> str:
        return name if len(self._key(name).encode()) <= _LONGEST_FILE else _short(name)

    def _free(self, name: str) -> bool:
        key = self._key(name).casefold()
        if key in self._taken or name in self._reserved:
            return False
        self._taken.add(key)
        return True
