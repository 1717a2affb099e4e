"""What a run tells of itself while it goes on. Reports are made from these; the run knows no report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from generator.conformance.case import Case
    from generator.conformance.exchange import Exchange
    from generator.conformance.plan import Plan
    from generator.conformance.verdicts import Report


@frozen
class Planned:
    """The run knows what it is to send, and has sent nothing yet."""

    plan: Plan


@frozen
class Exchanged:
    """A request was answered, or given up.

    Attributes:
        exchange: The request and its answer.
        cases: The cases that it is the request of; none for what is sent besides.
        done: How many requests of the plan are done with.
        of: How many the plan has.
        billed: How many have been carried out so far and may be billed.
    """

    exchange: Exchange
    cases: tuple[Case, ...]
    done: int
    of: int
    billed: int


@frozen
class Waiting:
    """The gateway asked for patience, or answered so that it is better to wait.

    Attributes:
        seconds: How long.
        why: For what, in words.
    """

    seconds: float
    why: str


@frozen
class Searching:
    """The search goes on.

    Attributes:
        operation: The operationId.
        requests: How many requests it has sent.
        seconds: How long it has searched.
    """

    operation: str
    requests: int
    seconds: float


@frozen
class Ended:
    """The run is over; its report is made."""

    report: Report


Event = Planned | Exchanged | Waiting | Searching | Ended
Observer = Callable[[Event], None]
