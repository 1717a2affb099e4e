"""Findings as people read them: one block a rule, and what a whole field comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.conformance.reports.baseline import Standing
from generator.conformance.reports.conclusion import in_order, outcome_of
from generator.conformance.reports.matrix import place_of
from generator.conformance.reports.texts import plural
from generator.conformance.verdicts import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.reports.baseline import Baseline
    from generator.conformance.verdicts import Finding, Report

_BROKEN: Final = frozenset({Outcome.VIOLATES, Outcome.WARNS})
_JUDGED: Final = _BROKEN | {Outcome.CONFORMS}
_SEVERAL: Final = 2  # rules that must be broken, all of them, before a field is named


@frozen
class Block:
    """The findings on one rule that come to the same.

    Attributes:
        first: The one to tell in full.
        others: The others.
        standing: How they stand to a run of before; None if there is none to compare with.
    """

    first: Finding
    others: tuple[Finding, ...]
    standing: Standing | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them."""
        return (self.first, *self.others)

    @property
    def also(self) -> str:
        """What the others are about, each once; "" if there are none."""
        return "; ".join(dict.fromkeys(each.note for each in self.others if each.note))


def blocks(report: Report, baseline: Baseline | None = None) -> list[Block]:
    """The findings, one block a rule, in order; those that are known at the end.

    Args:
        report: The report.
        baseline: A run of before to compare with.
    """
    found: dict[tuple[Outcome, str, Standing | None], list[Finding]] = {}
    for finding in in_order(report):
        standing = baseline.standing_of(finding) if baseline is not None else None
        found.setdefault((outcome_of(finding), finding.rule, standing), []).append(finding)
    made = [Block(first, tuple(others), standing) for (_, _, standing), (first, *others) in found.items()]
    return sorted(made, key=lambda block: block.standing is Standing.KNOWN)


def unread(report: Report) -> Iterator[str]:
    """The fields that seem not to be read, in words: whatever rule on them could be judged is broken.

    Args:
        report: The report.
    """
    judged: dict[str, dict[tuple[str, str], list[Outcome]]] = {}
    for verdict in report.verdicts:
        place = place_of(verdict)
        if place.is_of_field and verdict.outcome in _JUDGED:
            body = (verdict.operation, place.table)
            judged.setdefault(place.field, {}).setdefault(body, []).append(verdict.outcome)
    for field, bodies in judged.items():
        broken = [body for body, outcomes in bodies.items() if len(outcomes) >= _SEVERAL and set(outcomes) <= _BROKEN]
        operations = {operation for operation, _ in broken}
        kept = [body for body in bodies if body[0] in operations and body not in broken]
        if broken:
            yield f"{field}: every rule on it is broken, {_places(broken, kept)}: it looks as if {field} is not read."


def _places(broken: list[tuple[str, str]], kept: list[tuple[str, str]]) -> str:
    operations = dict.fromkeys(operation for operation, _ in broken)
    where = plural(len(operations), "operation") if len(operations) > 1 else next(iter(operations))
    besides = ", ".join(f"{operation}/{table.partition(': ')[2]}" for operation, table in kept)
    return f"in {where}" + (f" (not in {besides})" if besides else "")
