"""What a session comes to: a verdict a rule, and the findings behind them."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from attrs import frozen

from generator.conformance.case import Case, Expectation
from generator.conformance.reasons import joined
from generator.conformance.tiers import tier_checks
from generator.conformance.verdicts import NO_SUCH_ANSWER, Finding, Outcome, Verdict
from generator.conformance.watermarks import watermark_checks
from generator.conformance.wishes import ANYWAY
from generator.spec import Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.conformance.answers import Check
    from generator.conformance.exchange import Exchange
    from generator.conformance.judging import Judgement
    from generator.conformance.session import Noted, Session
    from generator.spec import Rule

_FINDINGS = 3
"""How many findings of one rule are told; the verdict says how many there are."""


@frozen
class Observation:
    """What one answer told of one rule.

    Attributes:
        level: How certain the expectation is.
        side: "good" for a request that had to be carried out, "bad" for one that had to be refused, "answer" for what
            stands in an answer, "open" for what no document tells of.
        kept: Whether the answer was as it should be; None if it told nothing.
        why: Why it told nothing.
    """

    level: Level
    side: str
    kept: bool | None
    why: str = ""


@frozen
class Sum:
    """What a session comes to.

    Attributes:
        verdicts: One a rule, then one a behaviour.
        findings: What was not as it should be.
        unjudged: What kept a documented rule from being judged, each once.
    """

    verdicts: Sequence[Verdict]
    findings: Sequence[Finding]
    unjudged: Sequence[str]


class Summary:
    """Sums a session up.

    Args:
        session: The session, over.
        no_billable: Whether nothing was sent that is to be carried out.
    """

    def __init__(self, session: Session, *, no_billable: bool) -> None:
        self.session = session
        self.no_billable = no_billable
        self._seen: dict[str, list[Observation]] = {}
        self._about: dict[str, tuple[Level, str]] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._findings: list[Finding] = []
        self._unjudged: dict[str, None] = {}
        self._idle: dict[str, None] = {}
        """The wishes of which only what comes anyway was asked for, in some request."""

    def sum(self) -> Sum:
        """What the session comes to."""
        for case, exchange, judgement in self.session.judged():
            self._take(case, exchange, judgement)
        for noted in sorted(self.session.telling, key=_plainness):
            for check in noted.checks:
                self._check(check, noted.case, noted.exchange)
        answered = list(self.session.carried_out())
        compared = (tier_checks(self.session.operation, answered), watermark_checks(self.session.operation, answered))
        for told in chain(*compared):
            self._check(told.check, told.case, told.exchange)
        return Sum(tuple(self._verdicts()), tuple(self._findings), tuple(self._unjudged))

    def _check(self, check: Check, case: Case, exchange: Exchange) -> None:
        self._about.setdefault(check.rule, (check.level, check.source))
        why = check.words if check.kept is None else ""
        if why == ANYWAY:
            self._idle.setdefault(check.rule)
            return
        self._observe(check.rule, Observation(check.level, "answer", check.kept, why))
        if check.kept is None and check.level is Level.DOCUMENTED and not self.session.is_absent:
            self._unjudged.setdefault(f"{case.operation}: {check.words}")
        if check.kept is False:
            self._find(check.rule, check.level, case, exchange, check.words, came=check.came, most=1)

    def _take(self, case: Case, exchange: Exchange | None, judgement: Judgement) -> None:
        self._about.setdefault(case.rule, (case.level, case.source))
        if exchange is not None:
            self._seconds[case.rule] += exchange.answer.seconds
        self._observe(case.rule, Observation(judgement.level, _SIDES[case.expectation], judgement.kept, judgement.why))
        if exchange is not None and judgement.kept is False:
            self._find(case.rule, judgement.level, case, exchange, judgement.expected, most=_FINDINGS)
        if (
            judgement.kept is None
            and case.level is Level.DOCUMENTED
            and case.expectation is not Expectation.OPEN
            and not judgement.why.startswith((_BUDGET, "a simpler request"))
            and not self.session.is_absent
        ):
            self._unjudged.setdefault(f"{case.operation}: {judgement.why}")

    def _find(
        self, rule: str, level: Level, case: Case, exchange: Exchange, expected: str, *, most: int, came: str = ""
    ) -> None:
        if self.session.is_absent or sum(finding.rule == rule for finding in self._findings) >= most:
            return
        source = case.source if rule == case.rule else self._source(rule)
        answered = f"{exchange.answer}" + (f", {exchange.tries} times on end" if exchange.earlier else "")
        told = f"{came} ({answered})" if came else answered
        self._findings.append(
            Finding(case.operation, rule, level, source, case.id, case.note, expected, told, exchange)
        )

    def _source(self, rule: str) -> str:
        own = next((str(each.source) for each in self.session.operation.rules if each.id == rule), "")
        return own or self._about[rule][1]

    def _observe(self, rule: str, observation: Observation) -> None:
        self._seen.setdefault(rule, []).append(observation)

    def _verdicts(self) -> Iterator[Verdict]:
        for rule in self.session.operation.rules:
            seen = self._seen.pop(rule.id, [])
            outcome, why = self._outcome(seen, is_rule=True) if seen else self._untested(rule)
            yield self._verdict(rule.id, rule.level, str(rule.source), seen, outcome, why)
        for name in self._idle:
            if name not in self._seen:
                yield self._verdict(name, *self._about[name], [], Outcome.NOT_TESTED, f"{_BUDGET}: {ANYWAY}")
        for name, seen in self._seen.items():
            level, source = self._about[name]
            yield self._verdict(name, level, source, seen, *self._outcome(seen))

    def _verdict(  # noqa: PLR0917  all of a verdict, in its order
        self, rule: str, level: Level, source: str, seen: list[Observation], outcome: Outcome, why: str
    ) -> Verdict:
        told = 0 if self.session.is_absent else sum(one.kept is not None for one in seen)
        seconds = self._seconds[rule]
        return Verdict(self.session.operation.id, rule, level, source, outcome, why, len(seen), told, seconds)

    def _outcome(self, seen: list[Observation], *, is_rule: bool = False) -> tuple[Outcome, str]:
        if self.session.is_absent:
            return Outcome.NOT_APPLICABLE, self.session.gave_up
        outcome, why = outcome_of(seen)
        if is_rule and outcome is Outcome.CONFORMS and {one.side for one in seen} == {"good"}:
            return Outcome.NOT_APPLICABLE, "nothing that can be sent breaks it; what keeps it is taken"
        return outcome, why

    def _untested(self, rule: Rule) -> tuple[Outcome, str]:
        if self.session.is_absent:
            return Outcome.NOT_APPLICABLE, self.session.gave_up
        if rule.place is Place.RESPONSE:
            return Outcome.NOT_TESTED, NO_SUCH_ANSWER
        if self.no_billable:
            return Outcome.NOT_TESTED, "only a request that may be billed tells"
        return Outcome.NOT_TESTED, "no request that tells is known"


def _plainness(noted: Noted) -> tuple[bool, bool, int, int, str]:
    """The simplest request comes first: a plain one, then those that are to be carried out; the same in every run."""
    case = noted.case
    is_plain = case.rule.endswith("/call")
    is_other = case.expectation is not Expectation.CARRIED_OUT
    return not is_plain, is_other, noted.exchange.sent.length, case.images, case.id


_BUDGET = "budget"
_SIDES = {
    Expectation.CARRIED_OUT: "good",
    Expectation.REFUSED: "bad",
    Expectation.UNAUTHORISED: "bad",
    Expectation.OPEN: "open",
}


def outcome_of(observations: Sequence[Observation]) -> tuple[Outcome, str]:
    """What all that was observed of one rule comes to, and what to know of it.

    Args:
        observations: What was observed; at least one.
    """
    broken = [seen for seen in observations if seen.kept is False]
    if broken:
        documented = any(seen.level is Level.DOCUMENTED for seen in broken)
        outcome = Outcome.VIOLATES if documented else Outcome.WARNS
        return outcome, f"{len(broken)} of {len(observations)} not as expected"
    silent = [seen for seen in observations if seen.kept is None]
    reasons = joined(seen.why for seen in silent)
    if len(silent) == len(observations):
        return Outcome.NOT_TESTED, reasons
    sides = {seen.side for seen in observations}
    told = {seen.side for seen in observations if seen.kept}
    if "bad" in sides and "bad" not in told:
        return Outcome.NOT_TESTED, f"no refusal could be judged: {reasons}"
    # What was left out to save money is no sign that it is refused.
    sent = any(seen.side == "good" and not seen.why.startswith(_BUDGET) for seen in observations)
    if sent and "good" not in told and "answer" not in told:
        return Outcome.NOT_TESTED, f"refused, but nothing of it is known to be taken: {reasons}"
    return Outcome.CONFORMS, f"{len(silent)} of {len(observations)} told nothing: {reasons}" if silent else ""
