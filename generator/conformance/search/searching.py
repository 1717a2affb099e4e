"""The search of one process: hunts in turn until its time, its requests or its money are used up."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.conformance.search.examples import open_examples
from generator.conformance.search.hunt import WAYS, Hunt
from generator.conformance.search.reading import LEVELS, Reader
from generator.conformance.search.session import Ask, Budget, OverError
from generator.conformance.search.suspect import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from generator.conformance.search.suspect import Gate, Suspect
    from generator.conformance.settings import Settings
    from generator.conformance.verdicts import Finding
    from generator.spec import Contract, Level

_IDLE_ROUNDS: Final = 8
"""After so many rounds of all hunts that sent nothing new, there is nothing left to try."""


@frozen
class Share:
    """One process's share of a search.

    Attributes:
        number: Which process it is, from 0.
        of: How many there are.
    """

    number: int = 0
    of: int = 1

    def requests(self, total: int) -> int:
        """Its share of the requests; 0 for as many as there is time for."""
        return total // self.of + (self.number < total % self.of)


def search_alone(
    contract: Contract,
    settings: Settings,
    gate: Gate,
    *,
    excluded: Collection[str],
    share: Share,
    tell: Callable[[Finding], None] = lambda _: None,
) -> Found:
    """Search in this process.

    Args:
        contract: The spec.
        settings: How long, with which seed, for which operations.
        gate: The way to the gateway.
        excluded: The rules that are known to be broken.
        share: Which part of the search this is.
        tell: Told each find as soon as it is made.

    Returns:
        What was found, until the user interrupted it if so.

    Raises:
        ExamplesError: Examples can't be kept where they are to be.
    """
    requests = share.requests(settings.fuzz_requests)
    if settings.fuzz_requests and not requests:
        return Found()
    deadline = time.monotonic() + settings.fuzz_seconds if settings.fuzz_seconds else None
    budget = Budget(deadline, requests, gate.may_bill, gate.observe)
    hunts = list(_hunts(contract, settings, gate, excluded, budget, share))
    # Each process begins elsewhere, so that not all find the same thing first.
    first = len(hunts) * share.number // share.of
    findings: dict[tuple[str, str], Finding] = {}
    ended: BaseException | None
    try:
        ended = _run(hunts[first:] + hunts[:first], budget, findings, tell)
    except KeyboardInterrupt as error:
        gate.stop()
        ended = error
    counts = Counter(operation for operation, _ in findings)
    words = ", ".join(f"{count} in {operation}" for operation, count in counts.items()) or "nothing found"
    return Found(tuple(findings.values()), budget.sent, words, ended)


def _hunts(  # noqa: PLR0917  what a hunt takes, gathered once
    contract: Contract, settings: Settings, gate: Gate, excluded: Collection[str], budget: Budget, share: Share
) -> Iterator[Hunt]:
    examples = open_examples(settings.examples)
    found: dict[str, Level] = dict.fromkeys(excluded, LEVELS[0])
    for operation in contract.operations:
        if settings.operations is not None and operation.id not in settings.operations:
            continue
        reader = Reader(operation)
        seen: dict[bytes, Suspect | None] = {}
        for shape in operation.shapes:
            if not shape.is_file:
                ask = Ask(operation, shape, reader, gate, budget, seen)
                own_seed = f"{settings.seed}/{share.number}"
                yield from (
                    Hunt(ask, way, settings.seed, share.of, own_seed, found, excluded, examples) for way in WAYS
                )


def _run(
    hunts: list[Hunt], budget: Budget, findings: dict[tuple[str, str], Finding], tell: Callable[[Finding], None]
) -> Exception | None:
    """Let each hunt try what was found before, then hunt in turn; tells what ended that before its time."""

    def note(found: Iterable[Finding]) -> Exception | None:
        try:
            for finding in found:
                # One that is more certain takes the place of one that was less.
                findings[finding.operation, finding.rule] = finding
                tell(finding)
        except OverError as error:
            return error.cause
        return None

    for hunt in hunts:
        if ended := note(hunt.replay()):
            return ended
    number = idle = 0
    while hunts and idle < _IDLE_ROUNDS and not budget.is_used_up:
        before = budget.sent
        for hunt in hunts:
            if hunt.is_right and not budget.may_begin:
                continue
            if ended := note(hunt.round(number)):
                return ended
        idle = idle + 1 if budget.sent == before else 0
        number += 1
    return None
