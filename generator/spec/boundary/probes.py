"""The values to try at a rule's place: for each keyword, some on either side of its bound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve

from generator.spec.boundary.areas import beside, near_square, oblong
from generator.spec.boundary.image_probes import image_probes
from generator.spec.boundary.patterns import LENIENT, matching, near_misses
from generator.spec.boundary.probe import Probe, bad, good
from generator.spec.boundary.samples import ABSENT, sample
from generator.spec.model import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.spec.boundary.probe import Spot
    from generator.spec.model import Json

_CHINESE = "\u732b"
_BEYOND_BMP = "\U0001f408"
"""One character that takes two places in UTF-16 and four bytes in UTF-8."""
_WORD_SIZE = 2**32
_HALF_A_WORD = 2**16
"""What asks for fewer than so many of something, asks for few: billions of them are not to be asked for."""
_STRANGER = "not_a_documented_field"

_WRONG: Mapping[str, tuple[Json, ...]] = {
    "string": (12, True, ["text"]),
    "integer": (1.5, "1", True),
    "number": ("1.5", True),
    "boolean": ("true", 1),
    "array": ("text", {}),
    "object": ("text", []),
    "null": ("null",),
}
"""For each type, values of other types that a careless reader might take."""
_WRONG_TEXT: Mapping[str, tuple[str, ...]] = {
    "integer": ("one", "1.5"),
    "number": ("one",),
    "boolean": ("maybe",),
}
"""The same for a form, where everything is text."""


def probes(spot: Spot) -> Iterator[Probe]:
    """The values to try at a rule's place, the good ones first.

    Args:
        spot: The rule and its place.

    Returns:
        The values. Whether each really is on its side of this rule, and of no other, remains to be judged.
    """
    found = list(_PROBES[spot.rule.keyword](spot))
    yield from (probe for probe in found if probe.side == "good")
    yield from (probe for probe in found if probe.side == "bad")


def _required(spot: Spot) -> Iterator[Probe]:
    yield good(spot.sample, "given")
    yield bad(ABSENT, "absent")


def _type(spot: Spot) -> Iterator[Probe]:
    kinds = [spot.rule.value] if isinstance(spot.rule.value, str) else list(spot.rule.value)
    for kind in kinds:
        of_kind = sample({**spot.schema, "type": kind}) if len(kinds) > 1 else spot.sample
        yield good(of_kind)
        if kind == "boolean":
            yield good(not of_kind)
        if kind == "integer" and spot.schema.get("format") == "int64" and "maximum" not in spot.schema:
            yield good(2**31, f"{2**31}, more than 32 bits hold")
        if kind == "integer" and not spot.is_text:
            yield good(float(of_kind), f"{float(of_kind)}, an integer to JSON", Level.ASSUMED)
    wrong = _WRONG_TEXT if spot.is_text else _WRONG
    for value in wrong.get(kinds[0], ()):
        yield bad(value)
    if spot.is_text:
        return
    if kinds == ["object"]:
        yield bad([spot.sample], "a list that holds it")
    if kinds == ["array"] and isinstance(spot.sample, list) and spot.sample:
        yield bad(spot.sample[0], "an item alone")


def _enum(spot: Spot) -> Iterator[Probe]:
    values = spot.rule.value if spot.rule.keyword == "enum" else [spot.rule.value]
    for value in values:
        yield good(value)
    for value in spot.elsewhere:
        yield bad(value, f"{value!r}, which another shape takes")
    for value in spot.schema.get("x-foreign-values", ()):
        yield bad(value, f"{value!r}, which other APIs take")
    for value in values[:1] + values[1:][-1:]:
        match value:
            case str():
                yield from (bad(changed) for changed in (f"{value}x", value[:-1]))
                # Whether the case of letters matters, no page says.
                yield bad(value.swapcase(), level=Level.ASSUMED)
            case bool():
                yield bad(not value)
            case int() | float():
                yield bad(value + 1)
            case _:
                yield bad("another value")


def _bound(spot: Spot) -> Iterator[Probe]:
    limit, keyword = spot.rule.value, spot.rule.keyword
    outwards = 1 if keyword.endswith("aximum") else -1
    whole = "integer" in str(spot.schema.get("type"))
    step = spot.schema.get("multipleOf", 1 if whole else 0.5) * outwards
    inside = limit - step if keyword.startswith("exclusive") else limit
    yield good(inside)
    yield bad(inside + step)
    if whole and step == 1 and limit >= _HALF_A_WORD:
        yield bad(inside + _WORD_SIZE, f"{inside + _WORD_SIZE}, which comes out as {inside} in 32 bits")


def _multiple(spot: Spot) -> Iterator[Probe]:
    start = sample({**spot.schema, "multipleOf": spot.rule.value})
    yield good(start)
    yield bad(start + 1 if isinstance(spot.rule.value, int) else start + spot.rule.value / 2)


def _max_length(spot: Spot) -> Iterator[Probe]:
    limit = spot.rule.value
    if known := [value for value in spot.schema.get("x-known-values", ()) if len(value) <= limit]:
        yield good(max(known, key=len))
    else:
        yield good("a" * limit, f"{limit} letters")
        mixed = (_CHINESE * limit)[1:] + _BEYOND_BMP
        yield good(mixed[:limit], f"{limit} Chinese characters, one of them an emoji")
    yield bad("a" * (limit + 1), f"{limit + 1} letters")
    yield bad(_CHINESE * (limit + 1), f"{limit + 1} Chinese characters")


def _min_length(spot: Spot) -> Iterator[Probe]:
    limit = spot.rule.value
    if known := [value for value in spot.schema.get("x-known-values", ()) if len(value) >= limit]:
        yield good(min(known, key=len))
    elif limit > 0:
        yield good("a" * limit, f"{limit} letters")
        yield good(_CHINESE * limit, f"{limit} Chinese characters")
    if limit > 0:
        yield bad(_BEYOND_BMP * (limit - 1), f"{limit - 1} characters")


def _pattern(spot: Spot) -> Iterator[Probe]:
    right = [value for value in spot.known if isinstance(value, str)] or matching(spot.rule.value)
    for text in right:
        yield good(text)
    for text in spot.elsewhere:
        if isinstance(text, str):
            yield bad(text, f"{text!r}, which another shape takes")
    for text in right:
        for note, changed in near_misses(text):
            # What number parsers pass over, a gateway may pass over too: no page speaks of it.
            level = Level.ASSUMED if note in LENIENT else None
            yield bad(changed, f"{text!r} {note}: {changed!r}", level)
    if "x-total-pixels" in spot.schema:
        # Where a page bounds the pixels for every model, a side of none is too few.
        for text in right[:1]:
            changed = re.sub("^[0-9]+", "0", text)
            yield bad(changed, f"{text!r} with a zero for its first number: {changed!r}")


def _items(spot: Spot) -> Iterator[Probe]:
    limit, most = spot.rule.value, spot.rule.keyword == "maxItems"
    item = spot.sample[0] if isinstance(spot.sample, list) and spot.sample else sample(spot.schema.get("items", {}))
    counts = (limit, limit + 1) if most else (limit, limit - 1)
    for count, make in zip(counts, (good, bad), strict=True):
        # In a form, an array without items can't be told from an absent one.
        if count >= 0 and not (spot.is_text and count == 0):
            yield make([_varied(item, index) for index in range(count)], f"{count} items")


def _varied(item: Json, index: int) -> Json:
    """An item that differs from its neighbours, as far as a simple change makes it differ."""
    if isinstance(item, bool) or not isinstance(item, int | str):
        return item
    return item + index if isinstance(item, int) else f"{item}{index or ''}"


def _unique(spot: Spot) -> Iterator[Probe]:
    item = sample(spot.schema.get("items", {}))
    yield good([item], "one item")
    yield bad([item, item], "the same item twice")


def _properties(spot: Spot) -> Iterator[Probe]:
    limit, most = spot.rule.value, spot.rule.keyword == "maxProperties"
    for count, make in zip((limit, limit + 1) if most else (limit, limit - 1), (good, bad), strict=True):
        names = [*spot.sample, *spot.schema.get("properties", {})]
        names = list(dict.fromkeys([*names, *(f"key_{index}" for index in range(max(0, count)))]))
        if count >= 0:
            values = {name: spot.sample.get(name, _below(spot, name)) for name in names[:count]}
            yield make(values, f"{count} properties")


def _below(spot: Spot, name: str) -> Json:
    free = spot.schema.get("additionalProperties")
    return sample(spot.schema.get("properties", {}).get(name) or (free if isinstance(free, dict) else {}))


def _additional(spot: Spot) -> Iterator[Probe]:
    yield good(spot.sample, "documented fields alone")
    yield bad({**spot.sample, _STRANGER: "text"}, f"{_STRANGER!r} besides the documented fields")


def _dependent(spot: Spot) -> Iterator[Probe]:
    for trigger, wanted in spot.rule.value.items():
        rest = {name: value for name, value in spot.sample.items() if name not in wanted}
        partner = {name: spot.sample.get(name, _below(spot, name)) for name in wanted}
        given = {**rest, trigger: spot.sample.get(trigger, _below(spot, trigger))}
        yield good({**given, **partner}, f"{trigger} with {', '.join(wanted)}")
        for name in wanted:
            yield bad(
                {key: value for key, value in {**given, **partner}.items() if key != name}, f"{trigger} without {name}"
            )


def _alternatives(spot: Spot) -> Iterator[Probe]:
    branches = spot.rule.value
    named = {name for branch in branches for name in (*branch.get("required", ()), *branch.get("properties", {}))}
    if named and isinstance(spot.sample, dict):
        rest = {name: value for name, value in spot.sample.items() if name not in named}
        each = [{name: _below(spot, name) for name in branch.get("required", ())} for branch in branches]
        for values in each:
            yield good({**rest, **values}, f"with {', '.join(values) or 'nothing more'}")
        yield bad(rest, f"with none of {', '.join(sorted(named))}")
        together = {name: value for values in each for name, value in values.items()}
        make = good if spot.rule.keyword == "anyOf" else bad
        yield make({**rest, **together}, f"with {' and '.join(together)}")
        return
    for branch in branches:
        yield good(sample({**spot.schema, **branch}))
    others: tuple[Json, ...] = (12.5, "text", True, [], {})
    for value in others:
        yield bad(value)


def _not(spot: Spot) -> Iterator[Probe]:
    yield good(spot.sample)
    refused = sample({**spot.rule.value})
    if isinstance(refused, dict) and isinstance(spot.sample, dict):
        named = {name: _below(spot, name) for name in spot.rule.value.get("required", ())}
        refused = {**spot.sample, **named, **refused}
    yield bad(refused)


def _total_pixels(spot: Spot) -> Iterator[Probe]:
    for key, outwards in (("minimum", -1), ("maximum", 1)):
        if key not in spot.rule.value:
            continue
        total = spot.rule.value[key]
        yield _area(good, near_square(total))
        yield _area(good, beside(total, -outwards))
        yield _area(bad, beside(total, outwards))
        if sides := oblong(total):
            short, long = sides
            yield _area(good, (long, short))
            yield _area(good, (short, long))
            yield _area(bad, (long, short + outwards))
    if "maximum" in spot.rule.value:
        # In 32 bits this total comes out as one within the bound.
        side = 2**16
        probe = _area(bad, (side, side + spot.rule.value["maximum"] // side), f", {_WORD_SIZE} more than the bound")
        yield evolve(probe, near=False)


def _area(make: Callable[[str, str], Probe], sides: tuple[int, int], more: str = "") -> Probe:
    width, height = sides
    return make(f"{width}*{height}", f"{width}*{height} = {width * height} pixels{more}")


_PROBES: Mapping[str, Callable[[Spot], Iterator[Probe]]] = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "const": _enum,
    "minimum": _bound,
    "maximum": _bound,
    "exclusiveMinimum": _bound,
    "exclusiveMaximum": _bound,
    "multipleOf": _multiple,
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "minItems": _items,
    "maxItems": _items,
    "uniqueItems": _unique,
    "minProperties": _properties,
    "maxProperties": _properties,
    "additionalProperties": _additional,
    "dependentRequired": _dependent,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
    "not": _not,
    "x-total-pixels": _total_pixels,
    "x-image": image_probes,
}
