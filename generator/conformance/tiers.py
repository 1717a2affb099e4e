"""What several answers tell of a resolution tier: no page says how many pixels it has, but which tier has more."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from generator.conformance.answers import Check
from generator.conformance.behaviours import load_behaviours
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.conformance.case import Case
    from generator.conformance.exchange import Exchange
    from generator.spec import Json, Operation, Rule, Shape

_TIER = re.compile(r"([1-9][0-9]*)K")


@frozen
class Told:
    """A check, and the exchange that tells it.

    Attributes:
        check: The check.
        case: The case that the exchange was sent for.
        exchange: The exchange.
    """

    check: Check
    case: Case
    exchange: Exchange


def tier_checks(operation: Operation, answered: Iterable[tuple[Case, Exchange]]) -> Iterator[Told]:
    """What the sizes of images tell of tiers: that the default is what it is, and that a higher tier has more pixels.

    Args:
        operation: The operation.
        answered: Its cases that were carried out, with what came.
    """
    known = list(answered)
    for shape in operation.shapes:
        for role in (Role.SIZE, Role.TIER):
            name = field_of(shape.schema, role)
            if name is None or shape.is_file:
                continue
            rule = next(rule for rule in shape.rules if rule.field == name)
            alike = list(_by_value(shape, name, known))
            defaults = [told for found in alike for told in _default(operation, shape, rule, found)]
            yield from defaults
            # Where none is asked for, it is the default one, if that is known to hold.
            holds = bool(defaults) and all(told.check.kept for told in defaults)
            usual = shape.schema["properties"][name].get("default") if holds else None
            for found in alike:
                yield from _order(operation, shape, rule, _named(found, usual))


def _by_value(
    shape: Shape, name: str, answered: Iterable[tuple[Case, Exchange]]
) -> Iterator[Mapping[str | None, tuple[Case, Exchange]]]:
    """What came by the value of a field, all else being the same; by None where it is absent."""
    alike: list[tuple[Mapping[str, Json], dict[str | None, tuple[Case, Exchange]]]] = []
    for case, exchange in answered:
        body: Json = case.request.body
        if case.shape is not shape or not isinstance(body, dict) or not (exchange.images and exchange.images[0].width):
            continue
        value = body.get(name)
        rest = {key: item for key, item in body.items() if key != name}
        found = next((each for other, each in alike if other == rest), None)
        if found is None:
            found = {}
            alike.append((rest, found))
        if value is None or isinstance(value, str):
            found.setdefault(value, (case, exchange))
    return (found for _, found in alike if len(found) > 1)


def _named(found: Mapping[str | None, tuple[Case, Exchange]], usual: str | None) -> Mapping[str, tuple[Case, Exchange]]:
    """What came by the value of a field, an absent one by its default."""
    named = {value: one for value, one in found.items() if value is not None}
    return {usual: found[None], **named} if usual is not None and None in found else named


def _default(
    operation: Operation, shape: Shape, rule: Rule, found: Mapping[str | None, tuple[Case, Exchange]]
) -> Iterator[Told]:
    default = shape.schema["properties"][rule.field].get("default")
    if default is None or default not in found or None not in found:
        return
    (case, exchange), (_, other) = found[None], found[default]
    kept = _sides(exchange) == _sides(other)
    words, came = f"{_shown(other)}, as with {rule.field} {default}", f"{_shown(exchange)} without it"
    yield Told(_check(operation, shape, rule, "default", kept=kept, words=words, came=came), case, exchange)


def _order(
    operation: Operation, shape: Shape, rule: Rule, found: Mapping[str, tuple[Case, Exchange]]
) -> Iterator[Told]:
    tiers = sorted((int(match[1]), value) for value in found if (match := _TIER.fullmatch(value)))
    for (_, lower), (_, higher) in pairwise(tiers):
        case, exchange = found[higher]
        kept = _area(exchange) > _area(found[lower][1])
        words = f"more pixels with {higher} than with {lower}"
        came = f"{_shown(exchange)} with {higher}, {_shown(found[lower][1])} with {lower}"
        yield Told(_check(operation, shape, rule, "honoured", kept=kept, words=words, came=came), case, exchange)


def _check(
    operation: Operation, shape: Shape, rule: Rule, behaviour: str, *, kept: bool, words: str, came: str
) -> Check:
    level = load_behaviours()[behaviour].level_by(rule.level)
    return Check(f"{operation.id}/{shape.name}/{rule.field}/{behaviour}", level, kept, words, str(rule.source), came)


def _sides(exchange: Exchange) -> tuple[int, int]:
    return exchange.images[0].width, exchange.images[0].height


def _area(exchange: Exchange) -> int:
    width, height = _sides(exchange)
    return width * height


def _shown(exchange: Exchange) -> str:
    width, height = _sides(exchange)
    return f"{width}*{height}"
