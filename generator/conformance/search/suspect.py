"""What the search takes for a fault, and what it keeps of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from generator.conformance.case import Expectation
from generator.spec.wording import short_words

if TYPE_CHECKING:
    from generator.conformance.answers import Check
    from generator.conformance.exchange import Exchange
    from generator.conformance.sending import Request
    from generator.conformance.verdicts import Finding
    from generator.spec import Json, Level, Operation, Rule, Shape

Send = Callable[["Operation", "Request", Expectation], "Exchange"]
"""Sends a request and gives what came of it. What it raises ends the search."""
AnswerChecks = Callable[["Operation", "Shape", "Exchange"], Iterable["Check"]]
"""What the answer to a right request tells of rules and promises."""


@frozen
class Gate:
    """All of the run that the search sees.

    Attributes:
        send: Sends a request.
        may_bill: Tells whether something that is billed may still be sent, with so many more kept for later.
        observe: Told the operationId, the number of requests and the seconds, now and then.
        checks: Judges the answers to right bodies.
        stop: Called when the search is interrupted: nothing is to be sent again.
    """

    send: Send
    may_bill: Callable[[int], bool]
    observe: Callable[[str, int, float], None]
    checks: AnswerChecks
    stop: Callable[[], None] = lambda: None


class Kind(StrEnum):
    """What is wrong."""

    TAKEN = "taken"
    """A wrong body was carried out."""
    REFUSED = "refused"
    """A right body was refused."""
    CRASHED = "crashed"
    """The gateway failed over a body, each time."""
    ANSWERED = "answered"
    """A right body was carried out, and the answer is not what was asked for."""


@frozen
class Suspect:
    """One answer that isn't as it should be.

    Attributes:
        kind: What is wrong.
        rule: The id of the rule to blame; "" where that takes more requests to tell.
        level: How certain it is.
        source: The document that it rests on.
        expected: What should have come.
        body: The body.
        exchange: The request with its answer.
        came: What came, where that is more than the answer's status; else "".
    """

    kind: Kind
    rule: str
    level: Level
    source: str
    expected: str
    body: Json = field(repr=False)
    exchange: Exchange = field(repr=False)
    came: str = ""

    def shows_what(self, other: Suspect) -> bool:
        """Whether it shows the same fault as another."""
        return (self.kind, self.rule) == (other.kind, other.rule)


@frozen
class Found:
    """What a search came to.

    Attributes:
        findings: One an operation and rule, in a fixed order.
        requests: How many requests it sent.
        words: What it did, in words.
        ended: What ended it before its time; None if nothing did.
    """

    findings: tuple[Finding, ...] = ()
    requests: int = 0
    words: str = ""
    ended: BaseException | None = None


def about(rule: Rule, words: str) -> str:
    """What follows from a rule, and the rule, in words."""
    return f"{words}: {short_words(rule).removesuffix('.')}"
