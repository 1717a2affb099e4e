"""Which fields of a request shape a surely right body may have, and with which values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen
from hypothesis import strategies as st

from generator.conformance.search.values import LARGEST_INTEGER, image_values, integers, sizes, texts
from generator.spec import Level
from generator.spec.boundary import base_body
from generator.spec.boundary.samples import ABSENT, example_of, placed, samples
from generator.spec.boundary.steps import Each, schema_at
from generator.spec.field_roles import ITEMS, Role, paths_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hypothesis.strategies import SearchStrategy

    from generator.spec import Json, Operation, Rule, Shape

_LONGEST_TEXT = 300
"""Characters of a text for which no document gives a bound."""
_SHORT_TEXT = 100
"""The same where each model has a bound of its own."""
_TEXTS = (Role.PROMPT, Role.NEGATIVE_PROMPT)
_FORMS = ("file", "base64")
"""The forms of an image that need no other server and that documents name."""


@frozen
class PlainField:
    """A field of a right body.

    Attributes:
        name: The property, at the top of the shape.
        values: Values that any reading of the documents takes.
        tame: Those that the documents themselves show; none for a field that is left out where readings may differ.
        level: How certain it is that they are taken.
    """

    name: str
    values: SearchStrategy[Json] = field(repr=False)
    tame: SearchStrategy[Json] | None = field(repr=False)
    level: Level


def of_field(shape: Shape, name: str) -> list[Rule]:
    """The rules of a shape's field and of all that is in it."""
    return [rule for rule in shape.rules if top_of(rule) == name]


def top_of(rule: Rule) -> str:
    """The field at the top of the body that a rule is about; "" for the body itself."""
    return rule.field.partition(".")[0].partition("[")[0].partition("{")[0]


def plain_fields(operation: Operation, shape: Shape) -> dict[str, PlainField]:
    """The fields that a right body may have, in the spec's order.

    Left out is what no document describes to the end: fields that are only published or assumed (unless they are
    required), deprecated ones, those whose values depend on the model or on another field.
    """
    schema = schema_at(shape.schema, ())
    base, example = base_body(operation, shape), example_of(operation, shape)
    found = {}
    for name, stated in schema.get("properties", {}).items():
        required = name in schema.get("required", ())
        if required or _is_described(shape, name, stated):
            maker = _Maker(shape, name, stated, base.get(name, ABSENT), example.get(name, ABSENT))
            if plain := maker.field(required=required):
                found[name] = plain
    return found


def _is_described(shape: Shape, name: str, stated: Mapping[str, Json]) -> bool:
    if stated.get("deprecated") or "x-varies-by-model" in stated or stated.get("x-role") == Role.BOXES:
        return False
    return all(
        rule.level is Level.DOCUMENTED
        for rule in of_field(shape, name)
        if rule.field == name and rule.keyword == "type"
    )


@frozen
class _Maker:
    shape: Shape
    name: str
    stated: Mapping[str, Json]
    base: Json
    example: Json

    def field(self, *, required: bool) -> PlainField | None:
        told = self._told()
        tame = st.sampled_from(told) if told else st.just(self.base) if required else None
        values = self._values()
        if values is None:
            values = tame
        if values is None:
            return None
        level = Level.ASSUMED if "x-varies-by-model" in self.stated else Level.DOCUMENTED
        return PlainField(self.name, values, tame, level)

    def _told(self) -> list[Json]:
        """The values that the documents show of this field; of a required one, what the base body has."""
        if self.base is not ABSENT:
            return [self.base]
        merged = schema_at(self.stated, ())
        if merged.get("type") == "boolean":
            return [False, True]
        if "enum" in merged:
            return list(merged["enum"])
        if merged.get("x-known-values") and "default" in merged:
            return [merged["default"]]
        if merged.get("type") in {"array", "object"} and not merged.get("examples"):
            return []
        told = samples({key: value for key, value in merged.items() if key != "x-known-values"}, self.example)
        if self.example is not ABSENT and "x-image" in merged:
            return []
        return told

    def _values(self) -> SearchStrategy[Json] | None:
        merged = schema_at(self.stated, ())
        if "x-image" in merged or "x-image" in merged.get("items", {}):
            return self._images(merged)
        if "enum" in merged or "const" in merged:
            return st.sampled_from(samples(merged) if "const" in merged else merged["enum"])
        if self._guessed():
            return None
        match merged.get("type"):
            case "boolean":
                return st.booleans()
            case "integer":
                return integers(merged.get("minimum", 0), merged.get("maximum", LARGEST_INTEGER))
            case "string":
                return self._texts(merged)
            case "object":
                return self._object(merged)
        return None

    def _guessed(self) -> bool:
        """Whether a bound of this field is nobody's word, so that only the values that documents show are sure."""
        return any(
            rule.level is Level.ASSUMED and rule.field == self.name and rule.keyword in {"pattern", "enum"}
            for rule in self.shape.rules
        )

    def _texts(self, merged: Mapping[str, Json]) -> SearchStrategy[Json] | None:
        if limits := pixel_limits(self.shape, self.name):
            return sizes(limits.get("minimum", 1), limits.get("maximum", 2048 * 2048))
        if merged.get("x-role") in _TEXTS and "pattern" not in merged:
            return self._words(merged)
        return None

    def _words(self, merged: Mapping[str, Json]) -> SearchStrategy[str]:
        longest = _SHORT_TEXT if "x-varies-by-model" in merged else merged.get("maxLength", _LONGEST_TEXT)
        return texts(max(1, merged.get("minLength", 1)), longest)

    def _images(self, merged: Mapping[str, Json]) -> SearchStrategy[Json] | None:
        listed = "x-image" not in merged
        limits = merged["items"]["x-image"] if listed else merged["x-image"]
        forms = [form for form in _FORMS if form in limits["forms"]]
        if not forms:
            return None
        values = image_values(limits, forms)
        return st.lists(values, min_size=1, max_size=2) if listed else values

    def _object(self, merged: Mapping[str, Json]) -> SearchStrategy[Json] | None:
        """The base body's object with another text where the prompt stands."""
        if self.base is ABSENT:
            return None
        ways = [tuple(Each.ITEM if step == ITEMS else step for step in path) for path in paths_of(merged, Role.PROMPT)]
        if not ways:
            return None
        words = self._words(schema_at(merged, ways[0]))
        return words.map(lambda text: placed(self.base, merged, ways[0], text))


def pixel_limits(shape: Shape, name: str) -> Mapping[str, int]:
    """The pixels that a field's sizes must keep to, whatever the condition: what is right under each is right."""
    limits: dict[str, int] = {}
    for rule in shape.rules:
        if rule.field == name and rule.keyword == "x-total-pixels":
            limits["minimum"] = max(limits.get("minimum", 0), rule.value.get("minimum", 0))
            limits["maximum"] = min(limits.get("maximum", 2**63), rule.value.get("maximum", 2**63))
    return limits


def model_fields(shape: Shape) -> Iterator[str]:
    """The fields that say which model is asked."""
    for name, stated in schema_at(shape.schema, ()).get("properties", {}).items():
        if stated.get("x-role") == Role.MODEL:
            yield name
