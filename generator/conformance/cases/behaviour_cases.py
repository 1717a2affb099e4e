"""The cases of the behaviours that no keyword states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.conformance.case import Expectation
from generator.conformance.cases.making import Maker, request_of
from generator.spec import Level
from generator.spec.boundary import base_body, shown
from generator.spec.boundary.images import as_form, usual_form
from generator.spec.boundary.png import png
from generator.spec.boundary.samples import placed
from generator.spec.boundary.steps import steps_of
from generator.spec.field_roles import Role, field_of, paths_of
from generator.spec.media_types import is_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.conformance.case import Case
    from generator.conformance.cases.told import Told
    from generator.spec import Json, Operation, Rule, Shape

_DEEP = 2_000
"""How many arrays to put into each other: more than a careless reader takes, less than a server's limit on bytes."""
_MALFORMED: tuple[tuple[str, bytes], ...] = (
    ("JSON that ends in the middle", b'{"prompt": "A cat'),
    ("JSON with a comma too many", b'{"prompt": "A cat",}'),
    ("bytes that are no UTF-8", b'{"prompt": "\xff\xfe"}'),
    (f"{_DEEP} arrays in each other", b"[" * _DEEP + b"]" * _DEEP),
)
_SCRIPTS = 'A "cat",\n\u732b \\ \U0001f408'
_CHINESE = "\u732b"
_WIDE = "1280*720"
_SEED = 7
SHOWN = "shown"
"""The behaviour that images are compared for."""
_TEXTS = (Role.PROMPT, Role.NEGATIVE_PROMPT)
_OBLONG = (768, 512)
"""Sides in pixels of an input image that is no square, of a ratio that is documented."""
_UPRIGHT = _OBLONG[::-1]
"""The same, higher than wide: that is turned round in many a way to read images."""


@frozen
class BehaviourCases:
    """Makes the cases of one shape.

    Attributes:
        operation: The operation.
        shape: The shape.
        told: What the gateway tells of the model that is asked.
    """

    operation: Operation
    shape: Shape
    told: Told

    def all(self) -> Iterator[Case]:
        """Every case of the shape."""
        base = self._base()
        source = self.shape.rules[0]
        yield self._case("call", "", source, Expectation.CARRIED_OUT, "a plain request", base)
        yield from self._nulls(base)
        for name, prop in self.shape.schema.get("properties", {}).items():
            yield from self._several(base, name, prop)
            yield from self._older(base, name, prop)
        yield from self._texts(base)
        yield from self._limits(base)
        yield from self._each(base)
        yield from self._watermarks(base)
        yield from self._formats(base)
        yield from self._inferred(base)

    def _nulls(self, base: Mapping[str, Json]) -> Iterator[Case]:
        if self.shape.is_multipart:
            return
        required = self.shape.schema.get("required", ())
        for name in required:
            if rule := self._rule(name, "type"):
                request = request_of(self.operation, self.shape, {**base, name: None})
                yield Maker(self.operation, self.shape).of_rule(rule, Expectation.REFUSED, f"{name}: null", request)
        optional = [name for name in self.shape.schema.get("properties", {}) if name not in required]
        if optional:
            body = {**base, **dict.fromkeys(optional)}
            yield self._case(
                "null", "", self.shape.rules[0], Expectation.OPEN, "null in each field that is optional", body
            )

    def _several(self, base: Mapping[str, Json], name: str, prop: Mapping[str, Json]) -> Iterator[Case]:
        limits = prop.get("items", {}).get("x-image")
        rule = self._rule(name, "type")
        if limits is None or rule is None or usual_form(limits) == "url":
            return
        images = [as_form(png(side, side), usual_form(limits)) for side in (512, 640)]
        yield self._case("several", name, rule, Expectation.CARRIED_OUT, "two images", {**base, name: images})
        for alias in prop.get("x-part-aliases", ()):
            rest = {key: value for key, value in base.items() if key != name}
            yield self._case(
                "part-alias",
                name,
                rule,
                Expectation.CARRIED_OUT,
                f"two parts named {alias}",
                {**rest, alias: images},
            )

    def _older(self, base: Mapping[str, Json], name: str, prop: Mapping[str, Json]) -> Iterator[Case]:
        newer, known, rule = prop.get("x-replaced-by"), prop.get("x-known-values"), self._rule(name, "type")
        if newer and known and rule:
            rest = {key: value for key, value in base.items() if key != newer}
            # Of many models the gateway may have only some; that which stands in for an absent one is sure to be there.
            usual = self.shape.schema["properties"].get(newer, {}).get("default", known[0])
            value = usual if usual in known else known[0]
            yield self._case(
                "older-spelling", name, rule, Expectation.CARRIED_OUT, f"{name} alone", {**rest, name: value}
            )

    def _texts(self, base: Mapping[str, Json]) -> Iterator[Case]:
        """A text of several scripts, with signs that careless writers of JSON trip over."""
        for path in (path for role in _TEXTS for path in paths_of(self.shape.schema, role)):
            field = ".".join(path).replace(".[]", "[]")
            rule = self._rule(field, "type")
            bound = self._rule(field, "maxLength")
            if rule is None or (bound is not None and bound.value < len(_SCRIPTS)):
                continue
            steps = steps_of(rule)
            body = placed(base, self.shape.schema, steps, _SCRIPTS)
            name = "/".join(rule.id.split("/")[2:-1])
            yield self._case("any-script", name, rule, Expectation.CARRIED_OUT, f"{field}: {shown(_SCRIPTS)}", body)

    def _limits(self, base: Mapping[str, Json]) -> Iterator[Case]:
        """Texts as long as the list of models says, and a character longer."""
        for role, limit in self.told.limits.items():
            name = field_of(self.shape.schema, role)
            rule = self._rule(name, "maxLength")
            if name is None or rule is None or not isinstance(limit, int) or not 0 < limit < rule.value:
                continue
            for length, expectation in ((limit, Expectation.CARRIED_OUT), (limit + 1, Expectation.REFUSED)):
                note = f"{name}: {length} Chinese characters, of {limit} in the list of models"
                body = {**base, name: _CHINESE * length}
                yield self._case("listed-limit", name, rule, expectation, note, body)

    def _each(self, base: Mapping[str, Json]) -> Iterator[Case]:
        """Several images of a size that is no square, as data: each must be as was asked for."""
        count, size = field_of(self.shape.schema, Role.COUNT), field_of(self.shape.schema, Role.SIZE)
        delivery = field_of(self.shape.schema, Role.DELIVERY)
        rule = self._rule(size, "type")
        if count is None or size is None or rule is None:
            return
        prop = self.shape.schema["properties"][size]
        sizes = [_WIDE] if "pattern" in prop and re.search(prop["pattern"], _WIDE) else []
        if not sizes or (rule.level is Level.DOCUMENTED and not self._is_certain(prop)):
            return
        data = self.shape.schema["properties"].get(delivery, {}).get("enum", ())[1:2]
        body = {**base, count: 2, size: _WIDE, **({delivery: data[0]} if delivery and data else {})}
        note = ", ".join(f"{name} {body[name]}" for name in (count, size, delivery) if name in body)
        yield self._case("honoured", size, rule, Expectation.CARRIED_OUT, note, body)

    def _is_certain(self, prop: Mapping[str, Json]) -> bool:
        """Whether a page gives a size in pixels as an example, so that others are no surprise."""
        return any("*" in example for example in prop.get("examples", ()))

    def _watermarks(self, base: Mapping[str, Json]) -> Iterator[Case]:
        """The same request with and without a watermark; with a seed, as else any two images differ."""
        seed, mark = field_of(self.shape.schema, Role.SEED), field_of(self.shape.schema, Role.WATERMARK)
        rule = self._rule(mark, "type")
        if seed is None or mark is None or rule is None:
            return
        default = "default" in self.shape.schema["properties"][mark]
        for value in (True, False, *((None,) if default else ())):
            body = {**base, seed: _SEED, **({} if value is None else {mark: value})}
            note = f"{seed} {_SEED}, {mark} {'absent' if value is None else str(value).lower()}"
            yield self._case(SHOWN, mark, rule, Expectation.CARRIED_OUT, note, body)

    def _formats(self, base: Mapping[str, Json]) -> Iterator[Case]:
        name = field_of(self.shape.schema, Role.FORMAT)
        prop = self.shape.schema.get("properties", {}).get(name, {})
        rule = self._rule(name, "type") if name else None
        if rule is None or "x-default-from" not in prop:
            return
        leader = prop["x-default-from"]["property"]
        usual = self.shape.schema["properties"].get(leader, {}).get("default")
        for value, wanted in prop["x-default-from"]["values"].items():
            body = {**base, leader: value}
            sure = value == usual or self.told.takes(self.shape, leader, body)
            expectation = Expectation.CARRIED_OUT if sure else Expectation.OPEN
            note = f"{leader} {value} without {name}: {wanted}"
            case = self._case("format-by-tier", name or "", rule, expectation, note, body)
            yield case if value == usual else _by_model(case)
            yield from self._of_both(base, leader, value, name or "")

    def _of_both(self, base: Mapping[str, Json], leader: str, value: str, name: str) -> Iterator[Case]:
        """A higher tier with the file format of the usual one: neither is a reason to forget the other."""
        formats = self.shape.schema["properties"][name]["x-default-from"]["values"]
        usual = self.shape.schema["properties"].get(leader, {}).get("default")
        rule = self._rule(leader, "type")
        higher = [tier for tier in formats if tier != usual]
        if rule is not None and usual in formats and higher[:1] == [value]:
            body = {**base, leader: value, name: formats[usual]}
            expectation = Expectation.CARRIED_OUT if self.told.takes(self.shape, leader, body) else Expectation.OPEN
            note = f"{leader} {value}, {name} {formats[usual]}"
            yield _by_model(self._case("honoured", leader, rule, expectation, note, body))

    def _inferred(self, base: Mapping[str, Json]) -> Iterator[Case]:
        ratio = field_of(self.shape.schema, Role.RATIO)
        rule = self._rule(ratio, "type") if ratio else None
        for name, prop in self.shape.schema.get("properties", {}).items():
            if rule is None or name not in base or "x-image" not in prop:
                continue
            words = words_of(self.shape.schema["properties"][ratio])
            for more, sides in (({}, _OBLONG), *(({ratio: word}, _UPRIGHT) for word in words)):
                image = as_form(png(*sides), usual_form(prop["x-image"]))
                how = "".join(f", {key} {value}" for key, value in more.items()) or f", {ratio} absent"
                note = f"an image of {sides[0]}*{sides[1]} pixels{how}"
                body = {**base, name: image, **more}
                yield self._case("inferred", ratio or "", rule, Expectation.CARRIED_OUT, note, body)

    def _base(self) -> Mapping[str, Json]:
        base = base_body(self.operation, self.shape)
        return base if isinstance(base, dict) else {}

    def _rule(self, name: str | None, keyword: str) -> Rule | None:
        return next((rule for rule in self.shape.rules if rule.field == name and rule.keyword == keyword), None)

    def _case(  # noqa: PLR0917  all of a case, in its order
        self, behaviour: str, name: str, rule: Rule, expectation: Expectation, note: str, body: Json
    ) -> Case:
        place = "/".join(part for part in (self.shape.name, name, behaviour) if part)
        request = request_of(self.operation, self.shape, body)
        return Maker(self.operation, self.shape).of_behaviour(place, expectation, note, request, rule=rule)


def _by_model(case: Case) -> Case:
    """A case of a value that only some models take: which model is asked where none is named, no page says."""
    return evolve(case, level=max(case.level, Level.PUBLISHED, key=list(Level).index))


def words_of(prop: Mapping[str, Json]) -> list[str]:
    """The words among a ratio's values: those that leave it to the input."""
    return [value for value in prop.get("enum", ()) if ":" not in value]


def malformed_cases(operation: Operation, shape: Shape) -> Iterator[Case]:
    """Bodies that can't be read."""
    bodies = _MALFORMED if is_json(shape.media_type) else ()
    media_type = shape.media_type
    if shape.is_multipart:
        bodies, media_type = (("a form that is none", b"This is no form."),), f"{media_type}; boundary=none"
    for note, raw in bodies:
        request = evolve(request_of(operation, shape, None), raw=raw, media_type=media_type)
        place = f"{shape.name}/malformed"
        made = Maker(operation, shape).of_behaviour(place, Expectation.REFUSED, note, request, rule=shape.rules[0])
        # It is of no shape: what can't be read tells none.
        yield evolve(made, shape=None)
