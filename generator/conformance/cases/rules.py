"""The cases that rules give: values on both sides of each bound, in each shape and media type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from generator.conformance.blanks import is_left_blank
from generator.conformance.case import Expectation
from generator.conformance.cases.making import Maker, request_of
from generator.conformance.cases.parameters import parameter_shape, with_parameters
from generator.conformance.sending import Request
from generator.spec import Level, Place
from generator.spec.boundary import base_body, cases
from generator.spec.media_types import is_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.case import Case
    from generator.conformance.cases.told import Told
    from generator.spec import Operation, Rule, Shape
    from generator.spec.boundary import Case as Boundary

ANOTHER_MEDIA_TYPE = "text/plain"


def rule_cases(operation: Operation, shape: Shape, told: Told, image_url: str | None = None) -> Iterator[Case]:
    """The boundary values of each rule of a shape.

    Args:
        operation: The operation.
        shape: One of its shapes; none that is a file by itself.
        told: What the gateway tells of the model that is asked.
        image_url: Where the gateway can fetch an image; None if nowhere.
    """
    maker = Maker(operation, shape)
    for boundary in cases(operation, shape, image_url=image_url):
        expectation, level = _expected(boundary, shape, told)
        if boundary.side == "bad" and expectation is Expectation.OPEN:
            continue  # Whatever comes of it is right, and it may be billed.
        request = request_of(operation, shape, boundary.body)
        yield maker.of_rule(boundary.rule, expectation, boundary.note, request, level=level)


def body_cases(operation: Operation, shapes: list[Shape]) -> Iterator[Case]:
    """The cases of the rules that a body has to be there, and of which media type."""
    maker = Maker(operation, shapes[0])
    plain = request_of(operation, shapes[0], base_body(operation, shapes[0]))
    for rule in operation.rules:
        if rule.id == f"{operation.id}/body/required":
            yield maker.of_rule(rule, Expectation.REFUSED, "no body", evolve(plain, empty=True))
        if rule.place is Place.HEADER and rule.keyword == "content":
            yield from _media_type_cases(operation, rule, shapes)


def parameter_cases(operation: Operation, shape: Shape | None) -> Iterator[Case]:
    """The boundary values of the rules of path, query and header parameters."""
    maker = Maker(operation, shape)
    body = base_body(operation, shape) if shape else None
    plain = Request(operation.method, operation.path, media_type=shape.media_type if shape else "", body=body)
    for place in (Place.PATH, Place.QUERY, Place.HEADER):
        if parameters := parameter_shape(operation, place):
            alone = evolve(operation, shapes=(parameters,), examples=())
            for boundary in cases(alone, parameters):
                request = with_parameters(plain, operation, {place: boundary.body})
                good = Expectation.OPEN if boundary.is_open else Expectation.CARRIED_OUT
                expectation = good if boundary.side == "good" else Expectation.REFUSED
                yield maker.of_rule(boundary.rule, expectation, boundary.note, request, level=boundary.level)


def _expected(boundary: Boundary, shape: Shape, told: Told) -> tuple[Expectation, Level]:
    if boundary.side == "bad":
        # What a form leaves blank, many take as left out.
        level = Level.ASSUMED if is_left_blank(shape, boundary.body, boundary.rule.field) else boundary.level
        return (Expectation.OPEN if boundary.is_open else Expectation.REFUSED), level
    if not boundary.is_open:
        return Expectation.CARRIED_OUT, boundary.level
    # What varies by model, the models list may tell of the one that is asked. Without a list a refusal is odd, no more.
    name = boundary.rule.field
    if told.takes(shape, name, boundary.body):
        # Which model is asked where none is named, is published at most.
        return Expectation.CARRIED_OUT, max(boundary.rule.level, Level.PUBLISHED, key=list(Level).index)
    varies = shape.schema.get("properties", {}).get(name, {}).get("x-varies-by-model") == "accepts"
    if varies and not told.knows(shape, name):
        return Expectation.CARRIED_OUT, Level.ASSUMED
    return Expectation.OPEN, boundary.level


def _media_type_cases(operation: Operation, rule: Rule, shapes: list[Shape]) -> Iterator[Case]:
    for shape in shapes:
        request = request_of(operation, shape, base_body(operation, shape))
        note = f"the body as {shape.media_type}, {shape.name}"
        yield Maker(operation, shape).of_rule(rule, Expectation.CARRIED_OUT, note, request)
    if is_json(shapes[0].media_type):
        request = request_of(operation, shapes[0], base_body(operation, shapes[0]))
        stated = evolve(request, media_type=f"{shapes[0].media_type}; charset=utf-8")
        note = f"the body as {stated.media_type}"
        yield Maker(operation, shapes[0]).of_rule(rule, Expectation.CARRIED_OUT, note, stated, level=Level.ASSUMED)
    request = request_of(operation, shapes[0], base_body(operation, shapes[0]))
    note = f"the body as {ANOTHER_MEDIA_TYPE}"
    other = evolve(request, media_type=ANOTHER_MEDIA_TYPE)
    yield Maker(operation, shapes[0]).of_rule(rule, Expectation.REFUSED, note, other)
