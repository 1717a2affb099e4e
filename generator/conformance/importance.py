"""Which requests to send first, where there is money for some of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.conformance.wishes import asked_fields
from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from generator.conformance.plan import Group

_WISH = "/honoured"
_OF_WISH = 3
"""How much a wish counts that a request tells of, beside a rule."""


def most_important(groups: list[Group], most: int | None) -> list[Group]:
    """As many requests as there is money for: plain ones, then each time that which tells of most that none told of."""
    if most is None or most >= len(groups):
        return groups
    tells = [set(told_by(group)) for group in groups]
    left = dict(enumerate(groups))
    told: set[str] = set()
    while left and len(groups) - len(left) < most:
        chosen = min(left, key=lambda index: (*_rank(left[index], tells[index] - told), index))
        told |= tells[chosen]
        del left[chosen]
    return [group for index, group in enumerate(groups) if index not in left]


def _rank(group: Group, new: Collection[str]) -> tuple[bool, bool, int, int]:
    # Whether images come as asked for is what users of a gateway notice first.
    weight = sum(_OF_WISH if rule.endswith(_WISH) else 1 for rule in new)
    return not group.is_to_be_billed, not group.is_plain, -weight, group.images


def told_by(group: Group) -> Iterator[str]:
    """What a request tells of, if it is carried out: documented rules, and wishes that it has for its images."""
    for case in group.cases:
        if case.level is Level.DOCUMENTED:
            yield case.rule
        if case.shape is not None and isinstance(case.request.body, dict):
            for name in asked_fields(case.shape, case.request.body):
                yield f"{case.operation}/{case.shape.name}/{name}{_WISH}"
