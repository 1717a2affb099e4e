"""The checks of bounds: on numbers, on the length of texts, on the number of items and of properties."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .checks import BasicCheck
from .json_values import is_number


class _Bound(BasicCheck):
    __slots__ = ("_limit",)

    def __init__(self, limit: float) -> None:
        super().__init__(limit)
        self._limit = limit


class Minimum(_Bound):
    """The number must not be less."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        return f"must be at least {self._limit}" if is_number(value) and value < self._limit else None


class Maximum(_Bound):
    """The number must not be greater."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        return f"must be at most {self._limit}" if is_number(value) and value > self._limit else None


class ExclusiveMinimum(_Bound):
    """The number must be greater."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        return f"must be more than {self._limit}" if is_number(value) and value <= self._limit else None


class ExclusiveMaximum(_Bound):
    """The number must be less."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        return f"must be less than {self._limit}" if is_number(value) and value >= self._limit else None


class MultipleOf(_Bound):
    """The number must be a multiple, reckoned in decimal as it is written: 0.3 is one of 0.1."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if is_number(value) and _exact(value) % _exact(self._limit):
            return f"must be a multiple of {self._limit}"
        return None


def _exact(number: float) -> Fraction:
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


class MinLength(_Bound):
    """The text must have this many characters (Unicode code points) or more."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if isinstance(value, str) and len(value) < self._limit:
            return f"must have at least {_counted(self._limit, 'character')}, has {len(value)}"
        return None


class MaxLength(_Bound):
    """The text must have this many characters (Unicode code points) or fewer."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if isinstance(value, str) and len(value) > self._limit:
            return f"must have at most {_counted(self._limit, 'character')}, has {len(value)}"
        return None


class MinItems(_Bound):
    """The array must have this many items or more."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if isinstance(value, list) and len(value) < self._limit:
            return f"must have at least {_counted(self._limit, 'item')}, has {len(value)}"
        return None


class MaxItems(_Bound):
    """The array must have this many items or fewer."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if isinstance(value, list) and len(value) > self._limit:
            return f"must have at most {_counted(self._limit, 'item')}, has {len(value)}"
        return None


class MinProperties(_Bound):
    """The object must have this many properties or more."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if isinstance(value, dict) and len(value) < self._limit:
            return f"must have at least {_counted(self._limit, 'field')}, has {len(value)}"
        return None


class MaxProperties(_Bound):
    """The object must have this many properties or fewer."""

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        if isinstance(value, dict) and len(value) > self._limit:
            return f"must have at most {_counted(self._limit, 'field')}, has {len(value)}"
        return None


def _counted(number: float, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
