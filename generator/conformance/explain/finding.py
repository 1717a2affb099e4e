"""Finds what an id names: a rule, a behaviour, or a group of rules."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from generator.conformance.behaviours import load_behaviours
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.conformance.behaviours import Behaviour
    from generator.spec import Contract, Operation, Rule

_SUGGESTED = 5
_LISTED = 20
_ALIKE = 0.5
_HONOURED = (Role.COUNT, Role.DELIVERY, Role.FORMAT, Role.SIZE, Role.TIER, Role.RATIO)


class Form(StrEnum):
    """How an explanation is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class UnknownRuleError(Exception):
    """Nothing has this id; the message says what comes close."""


@frozen
class NamedRule:
    """A rule that an id names."""

    contract: Contract
    operation: Operation
    rule: Rule


@frozen
class NamedBehaviour:
    """A behaviour that an id names.

    Attributes:
        id: The id as it was given.
        behaviour: The behaviour.
        contract: The spec; None for the behaviour wherever it is.
        near: A rule of the same field or shape, which tells the source; None if there is none.
    """

    id: str
    behaviour: Behaviour
    contract: Contract | None
    near: Rule | None


@frozen
class NamedGroup:
    """The rules below an id.

    Attributes:
        id: The id as it was given.
        rules: The rules.
        behaviours: The behaviours of their fields, which no rule states.
    """

    id: str
    rules: tuple[NamedRule, ...]
    behaviours: tuple[NamedBehaviour, ...] = ()


Named = NamedRule | NamedBehaviour | NamedGroup


def named(contracts: Sequence[Contract], rule_id: str) -> list[Named]:
    """What an id names.

    Args:
        contracts: The specs.
        rule_id: The id of a rule or of a behaviour, or the beginning of rules' ids; or the end of one id alone.

    Returns:
        What it names, one in each spec that has it.

    Raises:
        UnknownRuleError: It names nothing.
    """
    wanted = rule_id.strip().strip("/")
    rules = list(_rules(contracts))
    if exact := [each for each in rules if each.rule.id == wanted]:
        return [*exact]
    if behaviours := list(_behaviours(contracts, wanted)):
        return [*behaviours]
    below = tuple(each for each in rules if wanted and each.rule.id.startswith(f"{wanted}/"))
    if below:
        return [NamedGroup(wanted, below, tuple(_behaviours_below(below, wanted)))]
    ids = [each.rule.id for each in rules]
    ends = dict.fromkeys(each for each in (*ids, *_field_behaviours(rules)) if wanted and each.endswith(f"/{wanted}"))
    if len(ends) == 1:
        return named(contracts, *ends)
    raise UnknownRuleError(_unknown(wanted, ids, list(ends)))


def _rules(contracts: Sequence[Contract]) -> Iterator[NamedRule]:
    for contract in contracts:
        for operation in contract.operations:
            yield from (NamedRule(contract, operation, rule) for rule in operation.rules)


def _behaviours(contracts: Sequence[Contract], wanted: str) -> Iterator[NamedBehaviour]:
    parts = wanted.split("/")
    behaviour = load_behaviours().get(parts[-1])
    if behaviour is None:
        return
    if len(parts) == 1:
        yield NamedBehaviour(wanted, behaviour, None, None)
        return
    for contract in contracts:
        for operation in contract.operations:
            near = next((rule for rule in operation.rules if _is_near(rule, parts)), None)
            if operation.id == parts[0] and (near or len(parts) == 2):  # noqa: PLR2004  the operation, the behaviour
                yield NamedBehaviour(wanted, behaviour, contract, near)


def _behaviours_below(rules: Sequence[NamedRule], start: str) -> Iterator[NamedBehaviour]:
    for name in _field_behaviours(rules):
        if name.startswith(f"{start}/"):
            yield from _behaviours([rule.contract for rule in rules[:1]], name)


def _field_behaviours(rules: Sequence[NamedRule]) -> Iterator[str]:
    """The ids of what fields do that no keyword states: that they are honoured, and go upstream."""
    # Late, as most ids are those of rules.
    from generator.conformance.upstream.mapping import upstreams  # noqa: PLC0415

    by_operation = {each.operation.id: each for each in rules}
    for each in by_operation.values():
        for shape in each.operation.shapes:
            if not shape.is_file:
                fields = (field_of(shape.schema, role) for role in _HONOURED)
                yield from (f"{each.operation.id}/{shape.name}/{name}/honoured" for name in fields if name)
        for upstream in upstreams(each.contract, each.operation):
            yield from (field.fact.rule for field in upstream.fields)


def _is_near(rule: Rule, parts: Sequence[str]) -> bool:
    """Whether a rule is about what the behaviour is about."""
    own = rule.id.split("/")
    return own[: len(parts) - 1] == parts[:-1] or (own[:2] == parts[:2] and parts[1] == "credentials")


def _unknown(wanted: str, ids: list[str], ends: list[str]) -> str:
    known = [*ids, *load_behaviours()]
    close = ends or get_close_matches(wanted, known, _SUGGESTED, _ALIKE)
    message = f"No rule has the id {wanted!r}."
    if not close:
        return f"{message} `image-contract rules` lists them all."
    lines = [f"  {each}" for each in close[:_LISTED]]
    return "\n".join([f"{message} Did you mean:" if len(close) > 1 else f"{message} Did you mean this?", *lines])
