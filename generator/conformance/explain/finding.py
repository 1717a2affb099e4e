"""Finds what an id names: a rule, a behaviour, or a group of rules."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from generator.conformance.behaviours import load_behaviours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.conformance.behaviours import Behaviour
    from generator.spec import Contract, Operation, Rule

_SUGGESTED = 5
_ALIKE = 0.5


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
    """

    id: str
    rules: tuple[NamedRule, ...]


Named = NamedRule | NamedBehaviour | NamedGroup


def named(contracts: Sequence[Contract], rule_id: str) -> list[Named]:
    """What an id names.

    Args:
        contracts: The specs.
        rule_id: The id of a rule or of a behaviour, or the beginning of rules' ids.

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
        return [NamedGroup(wanted, below)]
    raise UnknownRuleError(_unknown(wanted, [each.rule.id for each in rules]))


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


def _is_near(rule: Rule, parts: Sequence[str]) -> bool:
    """Whether a rule is about what the behaviour is about."""
    own = rule.id.split("/")
    return own[: len(parts) - 1] == parts[:-1] or (own[:2] == parts[:2] and parts[1] == "credentials")


def _unknown(wanted: str, ids: list[str]) -> str:
    known = [*ids, *load_behaviours()]
    ends = [each for each in ids if each.endswith(f"/{wanted}")]
    close = ends or get_close_matches(wanted, known, _SUGGESTED, _ALIKE)
    message = f"No rule has the id {wanted!r}."
    if not close:
        return f"{message} `image-contract rules` lists them all."
    lines = [f"  {each}" for each in close[:_SUGGESTED]]
    return "\n".join([f"{message} Did you mean:" if len(close) > 1 else f"{message} Did you mean this?", *lines])
