"""Checks made of other checks: anyOf, oneOf, not."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .checks import AdditionalProperties, BasicCheck, Required
from .paths import below, parse, walk
from .suggestions import meant_by
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Check(BasicCheck):
    """A check at a place within the value.

    Args:
        at: The path to the place; "" for the value itself. For `Required`, the property that must be there.
        check: The check.
    """

    __slots__ = ("_check", "_steps")

    def __init__(self, at: str, check: BasicCheck) -> None:
        super().__init__(at, check)
        self._check = check
        self._steps = parse(at)

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        found = [f"{place} {words}".strip() for place, _, words in located(self._check, value, self._steps)]
        return ", ".join(found) or None


def located(check: BasicCheck, value: Any, steps: tuple[Any, ...], place: str = "") -> Iterator[tuple[str, Any, str]]:
    """Every breach of a check at a path: its place, the value there, and what it must be.

    Args:
        check: The check.
        value: The value to walk into, as plain dicts and lists.
        steps: The path. For `Required` its last step is the property that each object there must have.
        place: The place of the value itself.
    """
    if isinstance(check, Required) and steps and isinstance(steps[-1], str):
        name = steps[-1]
        for parent_place, parent in walk(value, steps[:-1], place):
            if isinstance(parent, dict) and name not in parent:
                yield below(parent_place, name), UNSET, f"is required{meant_by(name, parent)}"
        return
    for inner_place, inner in walk(value, steps, place):
        if isinstance(check, AdditionalProperties):
            for name in check.unknown(inner):
                yield below(inner_place, name), inner[name], "is not a field that the API knows"
        elif words := check.breach(inner):
            yield inner_place, inner, words


def _broken(branch: Sequence[BasicCheck], value: Any) -> str:
    return " and ".join(words for check in branch if (words := check.breach(value)))


class AnyOf(BasicCheck):
    """The value must pass all checks of one branch or more.

    Args:
        branches: Each a list of checks.
    """

    __slots__ = ()

    def __init__(self, *branches: Sequence[BasicCheck]) -> None:
        super().__init__(*branches)

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        broken = [_broken(branch, value) for branch in self._arguments]
        return f"fits no form that is allowed: {'; or '.join(broken)}" if all(broken) else None


class OneOf(AnyOf):
    """The value must pass all checks of exactly one branch.

    Args:
        branches: Each a list of checks.
    """

    __slots__ = ()

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        fits = sum(not _broken(branch, value) for branch in self._arguments)
        if fits > 1:
            return f"must fit one of the forms that are allowed, and fits {fits}"
        return super().breach(value)


class Not(BasicCheck):
    """The value must break a check.

    Args:
        branch: A list of checks.
    """

    __slots__ = ()

    def __init__(self, branch: Sequence[BasicCheck]) -> None:
        super().__init__(branch)

    def breach(self, value: Any) -> str | None:
        """See BasicCheck."""
        branch: Sequence[BasicCheck] = self._arguments[0]
        return None if _broken(branch, value) else f"is of a form that is not allowed: {branch!r}"
