"""For each keyword of a rule, whether a new value allows less than the old one, or more."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.release.diff.changes import Direction
from generator.spec.keywords import ANNOTATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.spec import Json

_TYPES = {"number": {"integer", "fraction"}}
"""What a type is made of, where it holds another."""
_INFINITE = float("inf")
_MAPS = frozenset(("properties", "patternProperties"))


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
    compare = DIRECTIONS.get(keyword)
    return compare(old, new) if compare else Direction.BOTH


def bound_direction(old: tuple[str, Json], new: tuple[str, Json]) -> Direction:
    """Whether a bound allows less than another one of the same side, or more, be they inclusive or exclusive.

    Args:
        old: The keyword and its value, e.g. ("minimum", 1).
        new: What stands in its place, e.g. ("exclusiveMinimum", 1).
    """
    before, after = ((value, keyword.startswith("exclusive")) for keyword, value in (old, new))
    if "aximum" not in old[0]:
        return _lower(before, after)
    return _upper((before[0], not before[1]), (after[0], not after[1]))


def members(old: Iterable[Json], new: Iterable[Json]) -> tuple[bool, bool]:
    """Of lists of what is allowed: whether some of it is gone, and whether some is new."""
    before, after = {_text(value) for value in old}, {_text(value) for value in new}
    return bool(before - after), bool(after - before)


def schema_direction(old: Json, new: Json) -> Direction:
    """Whether a schema as a whole allows less than another, or more.

    Args:
        old: A resolved schema.
        new: What stands in its place now.

    Returns:
        The direction, words for readers apart. What has no direction of its own counts as both.
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        return Direction.NEITHER if old == new else Direction.BOTH
    found = Direction.NEITHER
    for keyword in (old.keys() | new.keys()) - set(ANNOTATIONS):
        if not keyword.startswith("x-") or keyword in DIRECTIONS:
            found |= _keyword(keyword, old, new)
    return found


def without_words(value: Json) -> Json:
    """A schema, or a list of them, without the keywords that only describe."""
    if isinstance(value, list):
        return [without_words(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: child for key, child in value.items() if key not in ANNOTATIONS and key != "x-source"}
    return {
        key: {name: without_words(below) for name, below in child.items()} if key in _MAPS else without_words(child)
        for key, child in kept.items()
    }


def _keyword(keyword: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> Direction:
    if keyword in _MAPS:
        shared = old.get(keyword, {}).keys() & new.get(keyword, {}).keys()
        # A property that came or went is no bound: an object takes others as well, unless it says that it doesn't.
        return _joined(schema_direction(old[keyword][name], new[keyword][name]) for name in shared)
    if keyword in {"items", "additionalProperties"}:
        return _open_schema(old.get(keyword, {}), new.get(keyword, {}))
    if keyword == "required":
        return _of(*members(new.get(keyword, ()), old.get(keyword, ())))
    if keyword not in old:
        return Direction.TIGHTER
    return direction(keyword, old[keyword], new[keyword]) if keyword in new else Direction.LOOSER


def _open_schema(old: Json, new: Json) -> Direction:
    if old is False or new is False:
        return _of(new is False and old is not False, old is False and new is not False)
    return schema_direction(*({} if side is True else side for side in (old, new)))


def _joined(found: Iterable[Direction]) -> Direction:
    joined = Direction.NEITHER
    for one in found:
        joined |= one
    return joined


def _of(tighter: bool, looser: bool) -> Direction:  # noqa: FBT001 - the two halves of a direction, as `members` has them
    return (Direction.TIGHTER if tighter else Direction.NEITHER) | (Direction.LOOSER if looser else Direction.NEITHER)


def _upper(old: Json, new: Json) -> Direction:
    return Direction.TIGHTER if new < old else Direction.LOOSER if new > old else Direction.NEITHER


def _lower(old: Json, new: Json) -> Direction:
    return _upper(new, old)


def _members(old: Iterable[Json], new: Iterable[Json]) -> Direction:
    """Of lists of what is allowed: fewer allow less."""
    return _of(*members(old, new))


def _types(old: Json, new: Json) -> Direction:
    return _members(*(set().union(*(_TYPES.get(name, {name}) for name in _listed(value))) for value in (old, new)))


def _multiples(old: Json, new: Json) -> Direction:
    before, after = Decimal(str(old)), Decimal(str(new))  # of floats, 0.3 is no multiple of 0.1
    if not before or not after:
        return Direction.BOTH
    if after % before == 0:
        return Direction.TIGHTER
    return Direction.LOOSER if before % after == 0 else Direction.BOTH


def _flag(old: Json, new: Json) -> Direction:
    """Of keywords that forbid something when they are true: `uniqueItems`."""
    return _upper(not old, not new)


def _open(old: Json, new: Json) -> Direction:
    """Of `additionalProperties` as a rule: false forbids."""
    return _upper(bool(old), bool(new))


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


def _forms(old: list[Json], new: list[Json]) -> Direction:
    """Of `anyOf` and `oneOf`: what left and what came; of one form that became another, what moved in it."""
    before, after = ({_text(without_words(form)): form for form in side} for side in (old, new))
    gone = [form for text, form in before.items() if text not in after]
    came = [form for text, form in after.items() if text not in before]
    if len(gone) == len(came):
        return _joined(schema_direction(one, other) for one, other in zip(gone, came, strict=True))
    return _of(bool(gone), bool(came))


def _negation(old: Json, new: Json) -> Direction:
    """Of `not`: what allows less is forbidden less."""
    return schema_direction(new, old)


def _security(old: list[list[str]], new: list[list[str]]) -> Direction:
    """Of alternative credentials: what was sent must do still, and what does now must have done before."""
    return _of(not _all_do(old, new), not _all_do(new, old))


def _all_do(sent: list[list[str]], wanted: list[list[str]]) -> bool:
    return all(any(set(names) <= set(given) for names in wanted) for given in sent)


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def _incomparable(_: Json, __: Json) -> Direction:
    return Direction.BOTH


DIRECTIONS: Mapping[str, Callable[[Json, Json], Direction]] = {
    "type": _types,
    "enum": _members,
    "const": _incomparable,
    "minimum": _lower,
    "maximum": _upper,
    "exclusiveMinimum": _lower,
    "exclusiveMaximum": _upper,
    "multipleOf": _multiples,
    "minLength": _lower,
    "maxLength": _upper,
    "pattern": _incomparable,
    "minItems": _lower,
    "maxItems": _upper,
    "uniqueItems": _flag,
    "minProperties": _lower,
    "maxProperties": _upper,
    "required": _flag,
    "additionalProperties": _open,
    "dependentRequired": _partners,
    "anyOf": _forms,
    "oneOf": _forms,
    "not": _negation,
    "x-total-pixels": _limits,
    "x-image": _limits,
    "content": _members,
    "security": _security,
}
"""How two values of each keyword that states a rule compare."""
