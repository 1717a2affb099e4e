"""For each keyword, whether a new value allows less than the old one, or more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.release.changes import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.spec import Json

_TYPES = {"number": {"integer", "fraction"}}
"""What a type is made of, where it holds another."""
_INFINITE = float("inf")


def direction(keyword: str, old: Json, new: Json) -> Direction:
    """Whether a rule's new value allows less than the old one, or more.

    Args:
        keyword: The rule's keyword.
        old: The old value.
        new: The new value.

    Returns:
        The direction. Where two values can't be compared, as two patterns can't, it is both.
    """
    if old == new and _text(old) == _text(new):
        return Direction.NEITHER
    compare = _COMPARE.get(keyword)
    return compare(old, new) if compare else Direction.BOTH


def _upper(old: Json, new: Json) -> Direction:
    return Direction.TIGHTER if new < old else Direction.LOOSER if new > old else Direction.NEITHER


def _lower(old: Json, new: Json) -> Direction:
    return _upper(new, old)


def _members(old: Iterable[Json], new: Iterable[Json]) -> Direction:
    """Of lists of what is allowed: fewer allow less."""
    before, after = {_text(value) for value in old}, {_text(value) for value in new}
    found = Direction.TIGHTER if before - after else Direction.NEITHER
    return found | Direction.LOOSER if after - before else found


def _types(old: Json, new: Json) -> Direction:
    return _members(*(set().union(*(_TYPES.get(name, {name}) for name in _listed(value))) for value in (old, new)))


def _multiples(old: Json, new: Json) -> Direction:
    if new % old == 0:
        return Direction.TIGHTER
    return Direction.LOOSER if old % new == 0 else Direction.BOTH


def _flag(old: Json, new: Json) -> Direction:
    """Of keywords that forbid something when they are true: `uniqueItems`."""
    return _upper(not old, not new)


def _partners(old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> Direction:
    """Of fields that must come together: more pairs allow less."""
    pairs = [[f"{name} {partner}" for name in value for partner in value[name]] for value in (old, new)]
    return _members(pairs[1], pairs[0])


def _limits(old: Mapping[str, Json], new: Mapping[str, Json]) -> Direction:
    """Of `x-total-pixels` and `x-image`: the bounds and forms in them, each on its own."""
    found = _members(old.get("forms", ()), new.get("forms", ()))
    for name in ("minimum", "minPixels"):
        found |= _lower(old.get(name, 0), new.get(name, 0))
    for name in ("maximum", "maxPixels", "maxBytes"):
        found |= _upper(old.get(name, _INFINITE), new.get(name, _INFINITE))
    return found


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


_COMPARE: Mapping[str, Callable[[Json, Json], Direction]] = {
    "type": _types,
    "enum": _members,
    "minimum": _lower,
    "maximum": _upper,
    "exclusiveMinimum": _lower,
    "exclusiveMaximum": _upper,
    "multipleOf": _multiples,
    "minLength": _lower,
    "maxLength": _upper,
    "minItems": _lower,
    "maxItems": _upper,
    "uniqueItems": _flag,
    "minProperties": _lower,
    "maxProperties": _upper,
    "dependentRequired": _partners,
    "anyOf": _members,
    "x-total-pixels": _limits,
    "x-image": _limits,
    "content": _members,
    "security": _members,
}
"""Of the other keywords (const, pattern, oneOf, not) two values can't be compared."""
