"""What keeps a rule and what breaks it, as a run sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.conformance.cases.parameters import parameter_shape
from generator.conformance.cases.rules import ANOTHER_MEDIA_TYPE
from generator.conformance.sending import Credentials
from generator.spec import Place
from generator.spec.boundary import cases, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.explain.finding import NamedRule
_MOST = 4
"""Examples of each side."""
_LONG = 240
"""Characters of a body."""


@frozen
class Sample:
    """An example.

    Attributes:
        note: What it is about, e.g. "n: 7".
        body: The body that shows it, cut short; "" where no body does.
    """

    note: str
    body: str = ""


def samples(found: NamedRule) -> tuple[list[Sample], list[Sample]]:
    """What keeps a rule, and what breaks it; nothing of a rule about answers, for which nothing is sent.

    Args:
        found: The rule.
    """
    rule = found.rule
    if rule.place is Place.CREDENTIALS:
        wrong = (Credentials.NONE, Credentials.WRONG)
        return [Sample(f"the token in {rule.field}")], [Sample(shows.value) for shows in wrong]
    if rule.keyword == "content":
        good = [Sample(f"the body as {media_type}") for media_type in rule.value]
        return good, [Sample(f"the body as {ANOTHER_MEDIA_TYPE}")]
    if rule.place is Place.BODY and not rule.shape:
        return [Sample("a request with a body")], [Sample("a request without one")]
    both: dict[str, dict[str, Sample]] = {"good": {}, "bad": {}}
    for side, sample in _of_rule(found):
        if len(both[side]) < _MOST:
            both[side].setdefault(sample.note, sample)
    return list(both["good"].values()), list(both["bad"].values())


def _of_rule(found: NamedRule) -> Iterator[tuple[str, Sample]]:
    operation, rule = found.operation, found.rule
    if rule.place is Place.BODY:
        shape = next(shape for shape in operation.shapes if shape.name == rule.shape)
    elif (of_place := parameter_shape(operation, rule.place)) is not None:
        shape, operation = of_place, evolve(operation, shapes=(of_place,), examples=())
    else:
        return
    begun = False
    for case in cases(operation, shape):
        if case.rule.id == rule.id:
            begun = True
            yield case.side, Sample(case.note, shown(case.body, _LONG))
        elif begun:
            return  # they come rule by rule
