"""Adds up what is told of each rule about the upstream, and gives the verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen, mutable

from generator.conformance.reasons import joined
from generator.conformance.verdicts import Finding, Outcome, Verdict
from generator.spec import Level

if TYPE_CHECKING:
    from generator.conformance.exchange import Exchange
    from generator.conformance.upstream.cases import UpstreamCase
    from generator.conformance.upstream.mapping import Fact


@mutable
class _Seen:
    """What is told of one rule."""

    operation: str
    fact: Fact
    tried: int = 0
    told: int = 0
    broken: list[Level] = field(factory=list)
    why: list[str] = field(factory=list)


@frozen
class Tally:
    """What is told of the rules.

    Attributes:
        token: What no words may hold.
        findings: Every answer and every upstream request that was not as it should be.
    """

    token: str | None = field(repr=False)
    findings: list[Finding] = field(factory=list, init=False)
    _seen: dict[str, _Seen] = field(factory=dict, init=False)

    def expect(self, operation: str, fact: Fact) -> None:
        """Name a rule that is to be judged, so that it has a verdict even if nothing is told of it."""
        self._seen.setdefault(fact.rule, _Seen(operation, fact))

    def keep(self, operation: str, fact: Fact) -> None:
        """A rule was kept."""
        self._count(operation, fact).told += 1

    def pass_over(self, operation: str, fact: Fact, why: str) -> None:
        """Nothing was told of a rule."""
        self._count(operation, fact).why.append(why)

    def find(
        self,
        case: UpstreamCase,
        fact: Fact,
        exchange: Exchange,
        *,
        expected: str,
        came: str,
        level: Level | None = None,
    ) -> None:
        """A rule was broken.

        Args:
            case: The case.
            fact: The rule.
            exchange: The request that shows it.
            expected: What should have come.
            came: What came.
            level: How certain that is, where that differs from the rule's level.
        """
        seen = self._count(case.case.operation, fact)
        seen.told += 1
        seen.broken.append(level or fact.level)
        finding = Finding(
            operation=case.case.operation,
            rule=fact.rule,
            level=level or fact.level,
            source=fact.source,
            case=case.case.id,
            note=case.case.note,
            expected=expected,
            came=came.replace(self.token, "[token]") if self.token else came,
            exchange=exchange,
        )
        self.findings.append(finding)

    def is_broken(self, fact: Fact) -> bool:
        """Whether a rule is known to be broken."""
        seen = self._seen.get(fact.rule)
        return seen is not None and bool(seen.broken)

    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict of each rule, in the order in which they were named."""
        return tuple(_verdict(seen) for seen in self._seen.values())

    def _count(self, operation: str, fact: Fact) -> _Seen:
        self.expect(operation, fact)
        seen = self._seen[fact.rule]
        seen.tried += 1
        return seen


def _verdict(seen: _Seen) -> Verdict:
    if Level.DOCUMENTED in seen.broken:
        outcome = Outcome.VIOLATES
    elif seen.broken:
        outcome = Outcome.WARNS
    else:
        outcome = Outcome.CONFORMS if seen.told else Outcome.NOT_TESTED
    why = joined(seen.why)
    if seen.broken:
        why = f"{len(seen.broken)} of {seen.tried} not as expected"
    if outcome is Outcome.NOT_TESTED:
        why = why or "no request told"
    fact = seen.fact
    return Verdict(seen.operation, fact.rule, fact.level, fact.source, outcome, why, seen.tried, seen.told)
