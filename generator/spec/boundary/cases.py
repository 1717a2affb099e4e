"""Whole request bodies on both sides of each rule of a shape, each breaking one rule and no other."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from attrs import frozen

from generator.spec.boundary.breaches import Judge, applies
from generator.spec.boundary.images import EXAMPLE_URL
from generator.spec.boundary.probe import Side, Spot, shown
from generator.spec.boundary.probes import probes
from generator.spec.boundary.samples import ABSENT, base_body, example_of, placed, sample, samples
from generator.spec.boundary.steps import schema_at, steps_of, values_at
from generator.spec.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.boundary.probe import Probe
    from generator.spec.boundary.steps import Step
    from generator.spec.model import Json, Operation, Rule, Shape

__all__ = ["Case", "Side", "cases"]


@frozen
class Case:
    """A request body that lies just inside of a rule, or just outside.

    Attributes:
        rule: The rule that it is about.
        side: "good": the body keeps every rule of its shape. "bad": it breaks this one.
        body: The body; files in it are ``bytes``. Of a multipart body, what each part holds.
        note: What stands at the rule's place, e.g. "n: 7".
        level: How certain it is that the body must be taken, or refused.
        breaks: The ids of all rules that the body breaks: none for a good one; for a bad one the rule's own alone,
            except where one can't be broken without another (a number in the place of a word is no member of an
            ``enum`` either).
        is_open: Whether no document tells what becomes of the body, though it lies on this side of the rule as the spec
            writes it: models may differ on the value, or it is written in a way that a lenient reader takes.
    """

    rule: Rule
    side: Side
    body: Json
    note: str
    level: Level
    breaks: tuple[str, ...]
    is_open: bool = False


def cases(operation: Operation, shape: Shape, *, image_url: str | None = EXAMPLE_URL) -> Iterator[Case]:
    """The boundary values of every rule of a shape.

    Args:
        operation: The operation.
        shape: One of its shapes.
        image_url: Where an image can be fetched, to be sent as the good value of a field that takes web addresses; the
            documents' own address, where nothing is, unless another is given. None leaves that value out.

    Returns:
        The cases, rule by rule in the spec's order, the good ones of a rule first; always the same ones. A rule that
        no body can break on the wire (all text in a form is a string) has no bad case. Bodies are made as they are
        asked for: an image of the most bytes is big.
    """
    writer = _Writer(operation, shape, image_url)
    for rule in shape.rules:
        yield from writer.cases(rule)


class _Writer:
    def __init__(self, operation: Operation, shape: Shape, image_url: str | None) -> None:
        self.image_url = image_url
        self.operation = operation
        self.shape = shape
        self.judges = {other.name: Judge(other) for other in operation.shapes_of(shape.media_type)}
        self.example = example_of(operation, shape)
        self.base = base_body(operation, shape)
        self.settings = list(self._settings())

    def cases(self, rule: Rule) -> Iterator[Case]:
        steps = steps_of(rule)
        spot = self._spot(rule, steps)
        for probe in probes(spot):
            if self.shape.is_file and not isinstance(probe.value, bytes):
                continue  # whatever is sent is a file
            if probe.side == "good":
                yield from self._good(rule, steps, probe)
            else:
                yield from self._bad(rule, steps, probe)

    def _good(self, rule: Rule, steps: tuple[Step, ...], probe: Probe) -> Iterator[Case]:
        for body in self._bodies(steps, probe):
            if applies(rule.when, body) and not self._breaks(body):
                yield self._case(rule, probe, body, ())
                return

    def _bad(self, rule: Rule, steps: tuple[Step, ...], probe: Probe) -> Iterator[Case]:
        judged = [(body, tuple(sorted(self._breaks(body)))) for body in self._bodies(steps, probe)]
        exact = [body for body, breaks in judged if breaks == (rule.id,)]
        if rule.when is not None:
            # Each way to make the condition true is worth a case, and each way to make it false: a gateway may take
            # an explicit false for a true.
            yield from (self._case(rule, probe, body, (rule.id,)) for body in exact)
            exempt = [body for body, breaks in judged if not breaks and not applies(rule.when, body)]
            yield from (self._exempt(rule, probe, body) for body in exempt if probe.near)
        elif exact:
            yield self._case(rule, probe, exact[0], (rule.id,))
        elif others := [(body, breaks) for body, breaks in judged if breaks and self._is_about(rule, body)]:
            body, breaks = min(others, key=lambda pair: len(pair[1]))
            yield self._case(rule, probe, body, breaks)

    def _is_about(self, rule: Rule, body: Json) -> bool:
        """Whether a body breaks the rule, be it among others, or that it means another shape for just that reason."""
        return rule.id in self.judges[self.shape.name].breaks(body)

    def _case(self, rule: Rule, probe: Probe, body: Json, breaks: tuple[str, ...]) -> Case:
        varies = self._varies(rule, probe)
        level = probe.level or (Level.ASSUMED if varies else self._level(rule, probe))
        is_open = varies or probe.level is Level.ASSUMED
        return Case(rule, probe.side, body, _note(rule, probe, body), level, breaks, is_open)

    def _level(self, rule: Rule, probe: Probe) -> Level:
        """How certain a value is: the documents' examples are as certain as their field, though its form be guessed."""
        if probe.side == "good" and probe.value in schema_at(self.shape.schema, steps_of(rule)).get("examples", ()):
            about = (other for other in self.shape.rules if (other.field, other.keyword) == (rule.field, "type"))
            return min(rule.level, *(other.level for other in about), key=list(Level).index)
        return rule.level

    def _varies(self, rule: Rule, probe: Probe) -> bool:
        """Whether models may rightly differ on a value: then no document says what the one that is asked does."""
        varies = schema_at(self.shape.schema, steps_of(rule)).get("x-varies-by-model")
        return (varies, probe.side) in {("ignores", "bad"), ("accepts", "good")}

    def _exempt(self, rule: Rule, probe: Probe, body: Json) -> Case:
        """The rule's bad value where the rule doesn't apply.

        That it must be taken there is as certain as the wider rule that takes it. Where there is no such rule, the
        documents just say nothing.
        """
        levels = [
            other.level
            for other in self.shape.rules
            if other.when is None and (other.field, other.keyword) == (rule.field, rule.keyword)
        ]
        level = levels[0] if levels else Level.ASSUMED
        return Case(rule, "good", body, _note(rule, probe, body), level, (), is_open=not levels)

    def _spot(self, rule: Rule, steps: tuple[Step, ...]) -> Spot:
        schema = schema_at(self.shape.schema, steps)
        own = next(values_at(self.base, steps), ABSENT)
        given = next(values_at(self.example, steps), ABSENT)
        value = own if own is not ABSENT else sample(schema, given)
        return Spot(
            rule=rule,
            schema=schema,
            sample=value,
            known=tuple(samples(schema, given)),
            elsewhere=tuple(dict.fromkeys(self._elsewhere(steps, schema))),
            is_text=self.shape.is_multipart,
            image_url=self.image_url,
        )

    def _elsewhere(self, steps: tuple[Step, ...], schema: Mapping[str, Json]) -> Iterator[Json]:
        for other in self.operation.shapes:
            there = schema_at(other.schema, steps) if steps else {}
            for value in (*there.get("enum", ()), *(there.get("examples", ()) if "pattern" in there else ())):
                if value not in schema.get("enum", ()):
                    yield value

    def _bodies(self, steps: tuple[Step, ...], probe: Probe) -> Iterator[Json]:
        """The base body with the value put in, under each setting of the fields that conditions look at."""
        seen: list[Json] = []
        for setting in self.settings:
            body: Json = self.base
            for name, value in setting.items():
                body = placed(body, self.shape.schema, (name,), value)
            body = placed(body, self.shape.schema, steps, probe.value)
            if not any(_same(body, other) for other in seen):
                seen.append(body)
                yield body

    def _settings(self) -> Iterator[dict[str, Json]]:
        yield {}
        partners = schema_at(self.shape.schema, ()).get("dependentRequired", {})
        for names in partners.values():
            yield {name: sample(schema_at(self.shape.schema, (name,))) for name in names}
        for condition in {rule.when.words: rule.when for rule in self.shape.rules if rule.when}.values():
            names = dict.fromkeys([*condition.schema.get("required", ()), *condition.schema.get("properties", {})])
            for values in product(*(self._values(name, condition.schema) for name in names)):
                yield dict(zip(names, values, strict=True))

    def _values(self, name: str, condition: Mapping[str, Json]) -> list[Json]:
        constraint = condition.get("properties", {}).get(name, {})
        schema = schema_at(self.shape.schema, (name,))
        values = [*samples(constraint), *schema.get("enum", ())] or [sample({**schema, **constraint})]
        values += [not value for value in values if isinstance(value, bool)]
        values += [] if name in self.base else [ABSENT]
        return [value for index, value in enumerate(values) if value not in values[:index]]

    def _meant(self, body: Json) -> Shape | None:
        return self.operation.shape_meant(self.shape.media_type, body)

    def _breaks(self, body: Json) -> frozenset[str]:
        meant = self._meant(body)
        return self.judges[meant.name].breaks(body) if meant else frozenset()


def _note(rule: Rule, probe: Probe, body: Json) -> str:
    """What stands at the rule's place, and in the fields that its condition looks at."""
    note = f"{rule.field or 'the body'}: {probe.note}"
    if rule.when is None:
        return note
    names = dict.fromkeys([*rule.when.schema.get("required", ()), *rule.when.schema.get("properties", {})])
    around = [f"{name} {shown(body[name])}" if name in body else f"{name} absent" for name in names]
    return f"{note}, with {' and '.join(around)}"


def _same(one: Json, other: Json) -> bool:
    """Whether two bodies are the same JSON; True and 1 are not, though Python has them equal."""
    return one == other and repr(one) == repr(other)
