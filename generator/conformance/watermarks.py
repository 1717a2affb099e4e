"""What pairs of answers tell of a watermark: an image with one can't be the same as without.

That two images differ tells nothing: a model may draw another each time. That they are the same, byte for byte, does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.conformance.answers import Check
from generator.conformance.behaviours import load_behaviours
from generator.conformance.cases.behaviour_cases import SHOWN
from generator.conformance.tiers import Told
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.conformance.case import Case
    from generator.conformance.exchange import Exchange
    from generator.spec import Operation, Rule, Shape


def watermark_checks(operation: Operation, answered: Iterable[tuple[Case, Exchange]]) -> Iterator[Told]:
    """What images with a watermark, without, and without a word of it tell.

    Args:
        operation: The operation.
        answered: Its cases that were carried out, with what came.
    """
    known = list(answered)
    for shape in operation.shapes:
        name = field_of(shape.schema, Role.WATERMARK)
        rule = next((rule for rule in shape.rules if rule.field == name), None)
        if name is None or rule is None:
            continue
        place = f"{operation.id}/{shape.name}/{name}"
        found = {
            case.request.body.get(name): (case, exchange)
            for case, exchange in known
            if case.rule == f"{place}/{SHOWN}" and _digest(exchange)
        }
        yield from _checks(place, rule, shape, found)


def _checks(place: str, rule: Rule, shape: Shape, found: Mapping[bool | None, tuple[Case, Exchange]]) -> Iterator[Told]:
    if True not in found or False not in found:
        return
    with_it, without = _digest(found[True][1]), _digest(found[False][1])
    level = load_behaviours()[SHOWN].level_by(rule.level)
    words, came = "an image with a watermark", "the same as without one"
    yield Told(Check(f"{place}/{SHOWN}", level, with_it != without, words, str(rule.source), came), *found[True])
    default = shape.schema["properties"][rule.field].get("default")
    if None in found and isinstance(default, bool) and with_it != without:
        kept = _digest(found[None][1]) != _digest(found[not default][1])
        words = f"an image as with {rule.field} {str(default).lower()}"
        came = f"the same as with {str(not default).lower()}"
        yield Told(Check(f"{place}/default", level, kept, words, str(rule.source), came), *found[None])


def _digest(exchange: Exchange) -> str:
    return exchange.images[0].digest if exchange.images else ""
