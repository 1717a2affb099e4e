"""What to send: the cases of a spec, always the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.conformance.case import Case, Expectation
from generator.conformance.cases.behaviour_cases import BehaviourCases, malformed_cases
from generator.conformance.cases.credentials import credential_cases, no_credential_cases, optional_credential_cases
from generator.conformance.cases.making import request_of
from generator.conformance.cases.rules import body_cases, parameter_cases, rule_cases
from generator.conformance.cases.told import NOTHING, Told
from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract, Operation

__all__ = ["NOTHING", "Told", "cases_of"]


def cases_of(
    contract: Contract,
    operation: Operation,
    told: Told = NOTHING,
    *,
    wallet: bool = False,
    image_url: str | None = None,
) -> Iterator[Case]:
    """Every case of an operation.

    None has a body that is a file by itself: of such an operation nothing is tested, unless it takes other bodies too.

    Args:
        contract: The spec.
        operation: The operation.
        told: What the gateway tells of the model that is asked.
        wallet: Whether there is a wallet that can pay.
        image_url: Where the gateway can fetch an image; None if nowhere.
    """
    shapes = [shape for shape in operation.shapes if not shape.is_file]
    if operation.shapes and not shapes:
        return
    first = shapes[0] if shapes else None
    yield from credential_cases(contract, operation, first, wallet=wallet)
    yield from optional_credential_cases(operation, first)
    for shape in shapes[1:]:
        yield from no_credential_cases(operation, shape)
    yield from parameter_cases(operation, first)
    if not shapes:
        yield _call(operation)
        return
    yield from body_cases(operation, shapes)
    for media_type in dict.fromkeys(shape.media_type for shape in shapes):
        yield from malformed_cases(operation, next(shape for shape in shapes if shape.media_type == media_type))
    for shape in shapes:
        yield from rule_cases(operation, shape, told, image_url)
        yield from BehaviourCases(operation, shape, told).all()


def _call(operation: Operation) -> Case:
    rule = f"{operation.id}/call"
    source = str(operation.rules[0].source) if operation.rules else ""
    level = operation.rules[0].level if operation.rules else Level.DOCUMENTED
    request = request_of(operation, None, None)
    return Case(
        f"{rule}: a plain call",
        operation.id,
        rule,
        level,
        source,
        Expectation.CARRIED_OUT,
        "a plain call",
        request,
        None,
        images=0,
    )
