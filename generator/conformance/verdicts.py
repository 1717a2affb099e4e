"""What a run finds: a verdict a rule, the findings behind them, and the exit code."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Sequence


class Outcome(StrEnum):
    """What is to be said of one rule."""

    CONFORMS = "conforms"
    """The gateway kept it in every request that could be judged."""
    VIOLATES = "violates"
    """The gateway broke it, and one of the provider's pages states it."""
    WARNS = "warns"
    """The gateway broke it, but no page states it: it is published elsewhere, or assumed."""
    NOT_TESTED = "not tested"
    """No answer told."""
    NOT_APPLICABLE = "not applicable"
    """Nothing that can be sent would break it."""


class ExitCode(IntEnum):
    """What a run as a whole comes to."""

    CONFORMS = 0
    VIOLATES = 1
    NOT_JUDGED = 2
    WRONG_USAGE = 3


@frozen
class Finding:
    """One answer that was not as it should be.

    Attributes:
        rule: The rule's id.
        level: How certain the expectation is.
        request: What was sent, without credentials.
        answer: What came back, cut short.
        expected: What should have come.
    """

    rule: str
    level: Level
    request: str
    answer: str
    expected: str


@frozen
class Verdict:
    """What is to be said of one rule.

    Attributes:
        operation: The operationId.
        rule: The rule's id; for a promise that no keyword states (that as many images come as were asked for), the id
            of its field with ``honoured`` in the keyword's place.
        level: How certain the rule is.
        source: The document it comes from.
        outcome: The verdict.
        why: What to know of it: why it is not tested, how many requests told nothing.
        tried: How many requests or answers were about it.
        told: How many of them could be judged.
    """

    operation: str
    rule: str
    level: Level
    source: str
    outcome: Outcome
    why: str
    tried: int
    told: int


@frozen
class Report:
    """A run.

    Attributes:
        api: The spec's name.
        base_url: The gateway, without user name and password.
        verdicts: One a rule, in the spec's order.
        findings: Every answer that was not as it should be, in the order of the requests.
        requests: How many requests were sent to the gateway.
        billable: How many of them were carried out and so may be billed.
        unjudged: What kept a documented rule from being judged, each once.
        refusals_only: Whether nothing was sent that must be carried out and may be billed. A gateway that refuses
            everything conforms then.
        seconds: How long it took.
    """

    api: str
    base_url: str
    verdicts: Sequence[Verdict]
    findings: Sequence[Finding]
    requests: int
    billable: int
    unjudged: Sequence[str]
    refusals_only: bool
    seconds: float

    @property
    def exit_code(self) -> ExitCode:
        """0 if the gateway conforms, 1 if it violates a documented rule, 2 if too little could be judged."""
        if any(verdict.outcome is Outcome.VIOLATES for verdict in self.verdicts):
            return ExitCode.VIOLATES
        if self.unjudged or all(verdict.told == 0 for verdict in self.verdicts):
            return ExitCode.NOT_JUDGED
        return ExitCode.CONFORMS


@frozen
class Observation:
    """What one answer told of one rule.

    Attributes:
        rule: The rule's id.
        level: How certain the expectation is.
        side: "good" for a request that had to be carried out, "bad" for one that had to be refused, "answer" for what
            stands in an answer.
        kept: Whether the answer was as it should be; None if it told nothing.
        why: Why it told nothing.
    """

    rule: str
    level: Level
    side: str
    kept: bool | None
    why: str = ""


def outcome_of(observations: Sequence[Observation]) -> tuple[Outcome, str]:
    """What all that was observed of one rule comes to, and what to know of it.

    Args:
        observations: What was observed; at least one.
    """
    broken = [seen for seen in observations if seen.kept is False]
    if broken:
        documented = any(seen.level is Level.DOCUMENTED for seen in broken)
        return (
            Outcome.VIOLATES if documented else Outcome.WARNS
        ), f"{len(broken)} of {len(observations)} not as expected"
    silent = [seen for seen in observations if seen.kept is None]
    reasons = "; ".join(dict.fromkeys(seen.why for seen in silent))
    if len(silent) == len(observations):
        return Outcome.NOT_TESTED, reasons
    sides = {seen.side for seen in observations}
    if sides == {"good"}:
        return Outcome.NOT_APPLICABLE, "nothing that can be sent breaks it; what keeps it is accepted"
    told = {seen.side for seen in observations if seen.kept}
    if "bad" in sides and "bad" not in told:
        return Outcome.NOT_TESTED, f"no refusal could be judged: {reasons}"
    return Outcome.CONFORMS, f"{len(silent)} of {len(observations)} told nothing: {reasons}" if silent else ""
