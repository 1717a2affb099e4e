"""What a run finds: a verdict a rule, the findings behind them, and the exit code."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.conformance.exchange import Exchange
    from generator.conformance.plan import Plan
    from generator.spec import Level


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
    """Nothing that can be sent would break it, or the gateway doesn't have the operation."""


class ExitCode(IntEnum):
    """What a run as a whole comes to."""

    CONFORMS = 0
    VIOLATES = 1
    NOT_JUDGED = 2
    WRONG_USAGE = 3


CONCLUSIONS = {
    ExitCode.CONFORMS: "conforms",
    ExitCode.VIOLATES: "violates",
    ExitCode.NOT_JUDGED: "not judged",
}
"""The overall verdict in words, as reports have it."""


NO_SUCH_ANSWER = "no answer came that it speaks of"
"""Why nothing is told of a rule about answers of a status that didn't come."""


@frozen
class Finding:
    """One answer that was not as it should be.

    Attributes:
        operation: The operationId.
        rule: The rule's id.
        level: How certain the expectation is.
        source: The document and its field that the rule comes from.
        case: The id of the case; of a find of the search "search" and its seed.
        note: What the request is about, e.g. "n: 7".
        expected: What should have come.
        came: What came, in words.
        exchange: The smallest request that shows it, with its answer.
    """

    operation: str
    rule: str
    level: Level
    source: str
    case: str
    note: str
    expected: str
    came: str
    exchange: Exchange = field(repr=False)


@frozen
class Verdict:
    """What is to be said of one rule.

    Attributes:
        operation: The operationId.
        rule: The rule's id; for a behaviour that no keyword states (that as many images come as were asked for), the
            id of its field, or of the operation, with the behaviour's name in the keyword's place.
        level: How certain the rule is.
        source: The document and its field that it comes from.
        outcome: The verdict.
        why: What to know of it: why it is not tested, how many requests told nothing.
        tried: How many requests or answers were about it.
        told: How many of them could be judged.
        seconds: How long its own requests took together, from each one's start to its answer's end.
    """

    operation: str
    rule: str
    level: Level
    source: str
    outcome: Outcome
    why: str
    tried: int
    told: int
    seconds: float = 0.0

    @property
    def is_unheard(self) -> bool:
        """Whether it is about an answer that didn't come."""
        return self.outcome is Outcome.NOT_TESTED and self.why == NO_SUCH_ANSWER


@frozen(kw_only=True)
class Report:
    """A run.

    Attributes:
        api: The spec's name.
        title: The API's title.
        base_url: The gateway, without user name and password.
        started: When the run began, in seconds of Unix time.
        seconds: How long it took.
        plan: What was to be sent.
        verdicts: One a rule, in the spec's order, the behaviours of an operation after its rules.
        findings: Every answer that was not as it should be, one a case.
        requests: How many requests were sent to the gateway, tries that told nothing among them.
        billable: How many of them were carried out, or may have been, and so may be billed.
        images: How many images the answers said that they brought.
        unjudged: What kept a documented rule from being judged, each once.
        flaky: Requests that were answered otherwise when they were sent again, in words.
        ended: Why the run ended before its time; "" if it didn't.
        searched: What the search did, in words; "" if there was none.
        seed: What the search began with.
    """

    api: str
    title: str
    base_url: str
    started: float
    seconds: float
    plan: Plan
    verdicts: Sequence[Verdict]
    findings: Sequence[Finding]
    requests: int
    billable: int
    images: int
    unjudged: Sequence[str] = ()
    flaky: Sequence[str] = ()
    ended: str = ""
    searched: str = ""
    seed: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """0 if the gateway conforms, 1 if it violates a documented rule, 2 if too little could be judged."""
        if any(verdict.outcome is Outcome.VIOLATES for verdict in self.verdicts):
            return ExitCode.VIOLATES
        if self.unjudged or self.ended or all(verdict.told == 0 for verdict in self.verdicts):
            return ExitCode.NOT_JUDGED
        return ExitCode.CONFORMS

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rules have each verdict."""
        outcomes = [verdict.outcome for verdict in self.verdicts]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}
