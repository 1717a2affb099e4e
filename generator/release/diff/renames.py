"""Guesses that what is gone and what is new are one thing under another name."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from generator.release.diff.changes import Kind
from generator.spec import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.release.diff.facts import Fact, Facts
    from generator.spec import Json

_ALIKE = 0.6
"""How much of two names must be alike, from 0 to 1."""
_TELLING = ("x-upstream", "x-role", "description")
"""What two fields hardly share by chance."""
_PARAMETERS = frozenset((Place.QUERY, Place.PATH, Place.HEADER, Place.COOKIE))


def field_hint(fact: Fact, kind: Kind, facts: Facts, other: Facts, candidates: Sequence[Fact]) -> str:
    """That a field was renamed or moved, as a hint.

    Args:
        fact: A field that came or went.
        kind: Which of the two.
        facts: All facts of its version.
        other: All facts of the other version.
        candidates: What came or went in the other version.

    Returns:
        e.g. "Likely `n` under another name."; "" if nothing is like it.
    """
    fields = [each for each in candidates if each.keyword == fact.keyword == "field"]
    beside = [each for each in fields if each.group == fact.group and _holder(each.field) == _holder(fact.field)]
    scored = [(_likeness(fact, facts, each, other), each.field) for each in beside]
    score, name = max(scored, default=(0.0, ""))
    if score >= _ALIKE:
        return _said(kind, name)
    if fact.place in _PARAMETERS:
        moved = (each for each in fields if each.place in _PARAMETERS and each.field == fact.field)
        for each in moved:
            way = "from" if kind is Kind.ADDED else "to"
            return f"Likely moved {way} {_named(each.place)}."
    return ""


def renamed_shapes(old: Facts, new: Facts) -> Mapping[str, str]:
    """The request shapes that have another name and otherwise most of their fields.

    Args:
        old: What was stated of an operation.
        new: What is stated of it.

    Returns:
        Old name to new name, of those that are sent as the same media type.
    """
    gone, came = (_shapes(one, other) for one, other in ((old, new), (new, old)))
    found: dict[str, str] = {}
    for name, (media_type, fields) in gone.items():
        for other, (its_media_type, its_fields) in came.items():
            alike = len(fields & its_fields) > _ALIKE * len(fields | its_fields)
            if media_type == its_media_type and alike and other not in found.values():
                found.setdefault(name, other)
    return found


def _shapes(facts: Facts, other: Facts) -> Mapping[str, tuple[str, set[str]]]:
    """The shapes that the other version lacks, each with its media type and its fields."""
    shapes = [each for each in facts.values() if each.keyword == "shape" and each.key not in other]
    return {
        shape.group: (
            shape.value,
            {each.field for each in facts.values() if each.group == shape.group and each.keyword == "field"},
        )
        for shape in shapes
    }


def closest(name: str, names: Iterable[str]) -> str:
    """The name that is most like another; "" if none is much like it."""
    score, found = max(((_ratio(name, each), each) for each in names), default=(0.0, ""))
    return found if score >= _ALIKE else ""


def _said(kind: Kind, name: str) -> str:
    return f"Likely `{name}`, renamed." if kind is Kind.ADDED else f"Likely renamed to `{name}`."


def _named(place: Place | None) -> str:
    return f"the {place.value}" if place in {Place.QUERY, Place.PATH} else f"the {place.value}s" if place else ""


def _likeness(one: Fact, facts: Facts, two: Fact, other: Facts) -> float:
    first, second = _traits(one, facts), _traits(two, other)
    if any(keyword in first and first[keyword] == second.get(keyword) for keyword in _TELLING):
        return 1.0
    return _ratio(one.field, two.field) if first.get("type") == second.get("type") else 0.0


def _traits(fact: Fact, facts: Facts) -> Mapping[str, Json]:
    return {each.keyword: each.value for each in facts.values() if (each.group, each.field) == (fact.group, fact.field)}


def _ratio(one: str, two: str) -> float:
    first, second = (name.replace("_", "").replace("-", "").lower() for name in (one, two))
    return SequenceMatcher(None, first, second).ratio()


def _holder(field: str) -> str:
    return field.rpartition(".")[0]
