"""The checks that rules are made of: one class for each keyword of JSON Schema, with its exact meaning.

A check takes values of other types than its own for good, as JSON Schema's keywords do; `Type` is for those.
Files are no JSON: here only `Type` has a word on them, and `image_check` judges what is in them.
"""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from .files import is_file
from .json_values import comparable, is_integer, is_number
from .patterns import compiled
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PIXELS = re.compile(r"0*([0-9]+)\*0*([0-9]+)")
_LONGEST_SIDE = 18  # digits; a side of more is more than any bound, and costs nothing to compare


class BasicCheck(ABC):
    """What all checks have in common.

    Args:
        arguments: As the check was written, for its repr.
        options: Likewise, by keyword.
    """

    __slots__ = ("_arguments", "_options")

    judges_absence: ClassVar[bool] = False
    """Whether the check has a word on a value that is not there."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._arguments = arguments
        self._options = options

    @abstractmethod
    def breach(self, value: Any) -> str | None:
        """What the value must be, in words, if it isn't; else None.

        Args:
            value: As plain dicts, lists and scalars, or a file.
        """

    def __repr__(self) -> str:
        options = (f"{name}={value!r}" for name, value in self._options.items() if value is not None)
        return f"{type(self).__name__}({', '.join([*map(repr, self._arguments), *options])})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BasicCheck) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))


class Required(BasicCheck):
    """The value must be there."""

    __slots__ = ()
    judges_absence = True

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        return "is required" if value is UNSET else None


class Present(BasicCheck):
    """In a condition: the field is given."""

    __slots__ = ()
    judges_absence = True

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        return "must be given" if value is UNSET else None


def _is_sendable_text(value: Any) -> bool:
    return isinstance(value, str) and (value.isascii() or not _LONE_SURROGATE.search(value))


_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": _is_sendable_text,
    "integer": is_integer,
    "number": is_number,
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
}
_ARTICLES = {"integer": "an integer", "object": "an object", "array": "an array", "null": "null"}


class Type(BasicCheck):
    """The value must be of one of these types.

    Args:
        names: JSON Schema's names of types.
    """

    __slots__ = ("_tests", "_words")

    def __init__(self, *names: str) -> None:
        super().__init__(*names)
        self._tests = tuple(_TYPES[name] for name in names)
        self._words = " or ".join(_ARTICLES.get(name, f"a {name}") for name in names)

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        for test in self._tests:
            if test(value):
                return None
        if isinstance(value, str) and "string" in self._arguments:
            return "must be text that UTF-8 can carry, without lone surrogates"
        return f"must be {self._words}{self._instead(value)}"

    def _instead(self, value: Any) -> str:
        """What to give instead, for the commonest slips."""
        if value is None:
            return "; to give none, leave it out, or say UNSET"
        if "array" not in self._arguments or not hasattr(value, "__iter__") or isinstance(value, (str, dict)):
            return ""
        if isinstance(value, (set, frozenset)):
            return "; a set has no order, so give a list"
        return "" if is_file(value) else "; give a list"


class Enum(BasicCheck):
    """The value must be one of these.

    Args:
        values: The values, as plain JSON.
    """

    __slots__ = ("_values",)

    def __init__(self, *values: Any) -> None:
        super().__init__(*values)
        self._values = frozenset(comparable(value) for value in values)

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if (value if type(value) is str else comparable(value)) in self._values:
            return None
        return f"must be one of {', '.join(map(_written, self._arguments))}"


class Const(Enum):
    """The value must be this.

    Args:
        value: As plain JSON.
    """

    __slots__ = ()

    def __init__(self, value: Any) -> None:
        super().__init__(value)

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        return None if comparable(value) in self._values else f"must be {_written(self._arguments[0])}"


def _written(value: Any) -> str:
    return _WORDS.get(value, "") if isinstance(value, bool) or value is None else repr(value)


_WORDS = {True: "true", False: "false", None: "null"}


class Pattern(BasicCheck):
    """The text must match, somewhere in it.

    Args:
        pattern: As the spec writes it, in the manner of ECMAScript.
    """

    __slots__ = ("_pattern",)

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self._pattern = compiled(pattern)

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if isinstance(value, str) and not self._pattern.search(value):
            return f"must match {self._arguments[0]}{self._meant(value)}"
        return None

    def _meant(self, value: str) -> str:
        """What was meant, for the commonest slips: spaces around, small letters, 1024x1024 for 1024*1024."""
        stripped = value.strip()
        slips = (stripped, stripped.upper(), stripped.lower(), re.sub("[x\u00d7]", "*", stripped.lower()))
        return next((f"; did you mean {slip!r}?" for slip in slips if self._pattern.search(slip)), "")


class UniqueItems(BasicCheck):
    """No two items of the array may be equal."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if isinstance(value, list) and len({comparable(item) for item in value}) < len(value):
            return "must not hold an item twice"
        return None


class AdditionalProperties(BasicCheck):
    """The object must not have other properties than these.

    Args:
        known: Their names.
    """

    __slots__ = ("_known",)

    def __init__(self, *known: str) -> None:
        super().__init__(*known)
        self._known = frozenset(known)

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        others = self.unknown(value)
        return f"must not have the unknown field {', '.join(map(repr, others))}" if others else None

    def unknown(self, value: Any) -> list[str]:
        """The properties that an object must not have; none of another value."""
        if not isinstance(value, dict) or value.keys() <= self._known:
            return []
        return [name for name in value if name not in self._known]


class DependentRequired(BasicCheck):
    """Where the object has a certain property, it must have others too.

    Args:
        needs: By property, those that it needs.
    """

    __slots__ = ("_needs",)

    def __init__(self, needs: Mapping[str, list[str]]) -> None:
        super().__init__(needs)
        self._needs = needs

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if not isinstance(value, dict):
            return None
        missing = (
            (name, other)
            for name, others in self._needs.items()
            if name in value
            for other in others
            if other not in value
        )
        told = [f"must have {other!r} where it has {name!r}" for name, other in missing]
        return " and ".join(told) or None


class TotalPixels(BasicCheck):
    """Width times height of a size written ``W*H`` must be within bounds; texts of another form are let be.

    Args:
        minimum: The fewest pixels, or None.
        maximum: The most pixels, or None.
    """

    __slots__ = ("_maximum", "_minimum")

    def __init__(self, *, minimum: int | None = None, maximum: int | None = None) -> None:
        super().__init__(minimum=minimum, maximum=maximum)
        self._minimum, self._maximum = minimum, maximum

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        match = _PIXELS.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            return None
        sides = [int(side) if len(side) <= _LONGEST_SIDE else math.inf for side in match.groups()]
        pixels = 0 if 0 in sides else sides[0] * sides[1]
        if self._minimum is not None and pixels < self._minimum:
            return f"must be at least {self._minimum} pixels in all ({pixels} are asked for)"
        if self._maximum is not None and pixels > self._maximum:
            return f"must be at most {self._maximum} pixels in all ({pixels} are asked for)"
        return None
