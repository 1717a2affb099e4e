"""Runs a plan against a gateway and gathers what each answer tells of each rule."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from attrs import field, frozen, mutable

from generator.conformance.answers import AnswerJudge, Check, media_type_of
from generator.conformance.gateway import Gateway, NoAnswer
from generator.conformance.plan import trials
from generator.conformance.sending import Credentials
from generator.conformance.verdicts import Finding, Observation, Outcome, Report, Verdict, outcome_of
from generator.conformance.wishes import WishJudge
from generator.spec import Level, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    import httpx

    from generator.conformance.plan import Trial
    from generator.conformance.sending import Request
    from generator.spec import Contract, Operation, Rule

REFUSALS = frozenset({400, 413, 415, 422})
"""The statuses that refuse a request as wrong. Others tell of credentials, money, load or a missing page."""
_UNAUTHORISED, _PAYMENT_REQUIRED = 401, 402
_SERVER_ERRORS = 500
_GIVE_UP_AFTER = 3
"""After so many answers on end that tell nothing, all for one reason, the operation's other requests are not sent."""
_SHOWN = 200


def run(
    contract: Contract,
    base_url: str,
    token: str | None,
    *,
    operations: Collection[str] | None = None,
    no_billable: bool = False,
    transport: httpx.BaseTransport | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Judge a gateway by a spec.

    Args:
        contract: The spec.
        base_url: Where the gateway is.
        token: The credential; None to show none.
        operations: The operationIds to judge; all if None.
        no_billable: Send only what must be refused, and what is never billed.
        transport: What carries the requests, for tests; the network if None.
        progress: Told the operationId when an operation begins.

    Returns:
        What was found. Every request is sent once, however many rules it tells of.
    """
    start = time.monotonic()
    tally = _Tally()
    verdicts: list[Verdict] = []
    with Gateway(contract, base_url, token, transport) as gateway:
        for operation in contract.operations:
            if operations is None or operation.id in operations:
                progress(operation.id)
                session = _Session(operation, gateway, tally)
                for trial in trials(operation, no_billable=no_billable):
                    session.take(trial)
                verdicts += session.verdicts(no_billable=no_billable)
    return Report(
        api=contract.name,
        base_url=gateway.url,
        verdicts=tuple(verdicts),
        findings=tuple(dict.fromkeys(tally.findings)),
        requests=tally.requests,
        billable=tally.billable,
        unjudged=tuple(dict.fromkeys(tally.unjudged)),
        refusals_only=no_billable,
        seconds=time.monotonic() - start,
    )


@mutable
class _Tally:
    """What adds up over the operations of a run."""

    requests: int = 0
    billable: int = 0
    findings: list[Finding] = field(factory=list)
    unjudged: list[str] = field(factory=list)


@frozen
class _Exchange:
    """What is kept of a request and its answer: not their bodies, which may be big."""

    status: int
    told: str
    checks: tuple[Check, ...] = ()


class _Session:
    """The run of one operation."""

    def __init__(self, operation: Operation, gateway: Gateway, tally: _Tally) -> None:
        self.operation = operation
        self.gateway = gateway
        self.tally = tally
        self.answers = AnswerJudge(operation)
        self.wishes = WishJudge(operation, gateway.fetch)
        self.exchanges: dict[bytes, _Exchange] = {}
        self.seen: dict[str, list[Observation]] = {}
        self.sources: dict[str, str] = {}
        self.rules = {rule.id for rule in operation.rules}
        self.silent: list[str] = []

    def take(self, trial: Trial) -> None:
        """Send a trial's request, unless it was sent before, and note what the answer tells."""
        digest = trial.request.digest()
        if digest not in self.exchanges:
            self.exchanges[digest] = self._exchange(trial)
            self._note_checks(trial, self.exchanges[digest])
        exchange = self.exchanges[digest]
        kept = _kept(trial, exchange.status, {answer.status for answer in self.operation.answers})
        if kept is None and trial.level is Level.DOCUMENTED:
            self.tally.unjudged.append(f"{self.operation.id}: {exchange.told.partition(' | ')[0]}")
        side = "bad" if trial.expectation != "good" else "good" if trial.rule in self.rules else "answer"
        self._observe(Observation(trial.rule, trial.level, side, kept, exchange.told.partition(" | ")[0]))
        if kept is False:
            self._find(trial.rule, trial.level, trial, exchange, _EXPECTED[trial.expectation])

    def verdicts(self, *, no_billable: bool) -> Iterator[Verdict]:
        """The verdict of each rule of the operation, and of each promise that no keyword states."""
        for rule in self.operation.rules:
            seen = self.seen.pop(rule.id, [])
            outcome, why = outcome_of(seen) if seen else _untested(rule.place, no_billable=no_billable)
            yield self._verdict(rule, seen, outcome, why)
        for name, seen in self.seen.items():
            promise = Check(name, seen[0].level, None, "", self.sources.get(name, ""))
            yield self._verdict(promise, seen, *outcome_of(seen))

    def _verdict(self, of: Rule | Check, seen: list[Observation], outcome: Outcome, why: str) -> Verdict:
        rule = of.rule if isinstance(of, Check) else of.id
        told = sum(one.kept is not None for one in seen)
        return Verdict(self.operation.id, rule, of.level, str(of.source), outcome, why, len(seen), told)

    def _exchange(self, trial: Trial) -> _Exchange:
        if len(self.silent) >= _GIVE_UP_AFTER and len(set(self.silent)) == 1:
            return _Exchange(0, f"not sent, after {_GIVE_UP_AFTER} times: {self.silent[0]}")
        request = trial.request
        self.tally.requests += 1
        answer = self.gateway.send(self.operation, request)
        self._listen(request, answer)
        if isinstance(answer, NoAnswer):
            return _Exchange(0, answer.why)
        checks = list(self.answers.checks(answer))
        if answer.is_success:
            self.tally.billable += request.is_billable
            if trial.shape is not None and trial.expectation == "good" and isinstance(request.body, dict):
                checks += self.wishes.checks(trial.shape, request.body, answer)
        return _Exchange(answer.status_code, f"status {answer.status_code} | {self._shown(answer)}", tuple(checks))

    def _listen(self, request: Request, answer: httpx.Response | NoAnswer) -> None:
        """Count the answers on end that tell nothing, whatever was asked: a wrong token, no credit, no such page."""
        if isinstance(answer, NoAnswer):
            why = answer.why
        elif answer.is_success or answer.status_code in REFUSALS or answer.status_code >= _SERVER_ERRORS:
            why = ""
        else:
            why = f"status {answer.status_code}"
        if request.credentials is Credentials.GIVEN:
            self.silent = [*self.silent, why][-_GIVE_UP_AFTER:] if why else []

    def _note_checks(self, trial: Trial, exchange: _Exchange) -> None:
        for check in exchange.checks:
            self.sources.setdefault(check.rule, check.source)
            self._observe(Observation(check.rule, check.level, "answer", check.kept))
            if check.kept is False:
                self._find(check.rule, check.level, trial, exchange, check.words)

    def _observe(self, observation: Observation) -> None:
        self.seen.setdefault(observation.rule, []).append(observation)

    def _find(self, rule: str, level: Level, trial: Trial, exchange: _Exchange, expected: str) -> None:
        request = self.gateway.masked(f"{trial.request} ({trial.note})")
        self.tally.findings.append(Finding(rule, level, request, exchange.told.replace(" | ", ": ", 1), expected))

    def _shown(self, answer: httpx.Response) -> str:
        media_type = media_type_of(answer)
        if media_type.startswith("image/"):
            return f"{media_type}, {len(answer.content)} bytes"
        text = answer.text if len(answer.text) <= _SHOWN else f"{answer.text[:_SHOWN]}…"
        return self.gateway.masked(text)


_EXPECTED = {
    "good": "2xx: the request keeps every rule",
    "bad": "a refusal: 400, 413, 415 or 422",
    "unauthorised": "401, or 402 where that is documented",
}


def _kept(trial: Trial, status: int, documented: Collection[str]) -> bool | None:
    """Whether an answer is what a trial expects; None if its status tells nothing."""
    succeeded, refused = status // 100 == 2, status in REFUSALS  # noqa: PLR2004  2xx
    if trial.expectation == "unauthorised":
        wanted = status == _UNAUTHORISED or (status == _PAYMENT_REQUIRED and str(status) in documented)
        return True if wanted else False if succeeded or refused else None
    if not succeeded and not refused:
        return None
    return succeeded if trial.expectation == "good" else refused


def _untested(place: Place, *, no_billable: bool) -> tuple[Outcome, str]:
    if place is Place.RESPONSE:
        return Outcome.NOT_TESTED, "no answer came that it speaks of"
    if no_billable:
        return Outcome.NOT_TESTED, "only a request that may be billed tells"
    return Outcome.NOT_TESTED, "no request that tells is known"
