"""What to send: for each rule of an operation, requests that must be carried out and requests that must be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen

from generator.conformance.parameters import parameter_shape, with_parameters
from generator.conformance.sending import Credentials, Request
from generator.spec import Level, Place
from generator.spec.boundary import base_body, cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.spec import Json, Operation, Rule, Shape

Expectation = Literal["good", "bad", "unauthorised"]
"""That a request is carried out, that it is refused as wrong, that it is refused for want of credentials."""

ANOTHER_MEDIA_TYPE = "text/plain"


@frozen
class Trial:
    """One request and what must come of it.

    Attributes:
        rule: The id of the rule that it is about.
        level: How certain the expectation is.
        expectation: What must come of it.
        note: What the request is about, e.g. "n: 7".
        request: The request.
        shape: The request shape, by which what comes back is judged; None without a body.
    """

    rule: str
    level: Level
    expectation: Expectation
    note: str
    request: Request
    shape: Shape | None


@frozen
class Bill:
    """What a run may cost.

    Attributes:
        to_be_carried_out: How many requests must be carried out, and so are billed.
        to_be_refused: How many must be refused, and are billed only by a gateway that doesn't.
        left_out: The bodies that are not sent, in words: those that are a file by themselves.
    """

    to_be_carried_out: int
    to_be_refused: int
    left_out: tuple[str, ...] = ()

    def __str__(self) -> str:
        cost = (
            f"{self.to_be_carried_out} requests are to be carried out and may be billed; "
            f"{self.to_be_refused} more are to be refused, and are billed only by a gateway that takes them."
        )
        left_out = (f"Not tested: {body}, which is a file by itself." for body in self.left_out)
        return "\n".join([cost, *left_out])


def bill(operations: Iterable[Operation], *, no_billable: bool = False) -> Bill:
    """What a run may cost, before anything is sent.

    Args:
        operations: The operations to be judged.
        no_billable: Whether only what must be refused is sent.
    """
    good: set[bytes] = set()
    bad: set[bytes] = set()
    left_out: list[str] = []
    for operation in operations:
        left_out += [f"{operation.id} with a body of {each.media_type}" for each in operation.shapes if each.is_file]
        for trial in trials(operation, no_billable=no_billable):
            if trial.request.is_billable:
                (good if trial.expectation == "good" else bad).add(trial.request.digest())
    return Bill(len(good), len(bad), tuple(left_out))


def trials(operation: Operation, *, no_billable: bool = False) -> Iterator[Trial]:
    """Every request to send for an operation, those for its credentials first.

    None has a body that is a file by itself: of such an operation nothing is tested, unless it takes other bodies too.

    Args:
        operation: The operation.
        no_billable: Leave out what must be carried out, where that may be billed.
    """
    for trial in _all(operation):
        if not (no_billable and trial.expectation == "good" and trial.request.is_billable):
            yield trial


def _all(operation: Operation) -> Iterator[Trial]:
    shapes = [shape for shape in operation.shapes if not shape.is_file]
    if operation.shapes and not shapes:
        return
    bodies = [(shape, base_body(operation, shape)) for shape in shapes]
    first: tuple[Shape | None, Json] = bodies[0] if bodies else (None, None)
    yield from _credentials(operation, *first)
    yield from _body(operation, bodies)
    for rule, side, values, note, level in _parameter_cases(operation):
        request = with_parameters(_request(operation, *first), operation, values)
        yield Trial(rule, level, side, note, request, first[0])
    if not bodies:
        request = with_parameters(_request(operation, None, None), operation, {})
        yield Trial(f"{operation.id}/call", Level.DOCUMENTED, "good", "a plain call", request, None)
    for shape in shapes:
        for case in cases(operation, shape, image_url=None):
            request = with_parameters(_request(operation, shape, case.body), operation, {})
            yield Trial(case.rule.id, case.level, case.side, case.note, request, shape)


def _request(operation: Operation, shape: Shape | None, body: Json) -> Request:
    return Request(operation.method, operation.path, media_type=shape.media_type if shape else "", body=body)


def _credentials(operation: Operation, shape: Shape | None, body: Json) -> Iterator[Trial]:
    request = with_parameters(_request(operation, shape, body), operation, {})
    for rule in _rules(operation, Place.CREDENTIALS):
        for shows in (Credentials.NONE, Credentials.WRONG):
            yield Trial(rule.id, rule.level, "unauthorised", shows.value, evolve(request, credentials=shows), shape)
        yield Trial(rule.id, rule.level, "good", "the token", request, shape)


def _body(operation: Operation, bodies: list[tuple[Shape, Json]]) -> Iterator[Trial]:
    for shape, body in bodies[:1]:
        request = with_parameters(_request(operation, shape, body), operation, {})
        for rule in operation.rules:
            if rule.id == f"{operation.id}/body/required":
                yield Trial(rule.id, rule.level, "bad", "no body", evolve(request, empty=True), shape)
    for rule in operation.rules:
        if rule.place is not Place.HEADER or rule.keyword != "content":
            continue
        for shape, body in bodies:
            request = with_parameters(_request(operation, shape, body), operation, {})
            yield Trial(rule.id, rule.level, "good", f"the body as {shape.media_type}", request, shape)
        shape, body = bodies[0]
        request = with_parameters(_request(operation, shape, body), operation, {})
        request = evolve(request, media_type=ANOTHER_MEDIA_TYPE)
        yield Trial(rule.id, rule.level, "bad", f"the body as {ANOTHER_MEDIA_TYPE}", request, shape)


def _parameter_cases(operation: Operation) -> Iterator[tuple[str, Literal["good", "bad"], Json, str, Level]]:
    for place in (Place.PATH, Place.QUERY, Place.HEADER):
        if shape := parameter_shape(operation, place):
            alone = evolve(operation, shapes=(shape,), examples=())
            for case in cases(alone, shape):
                yield case.rule.id, case.side, {place: case.body}, case.note, case.level


def _rules(operation: Operation, place: Place) -> Iterator[Rule]:
    return (rule for rule in operation.rules if rule.place is place)
