"""Sends what tells how a gateway forwards, and judges what arrives at the port where the run plays the provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from generator.conformance.money import OverspentError
from generator.conformance.standing import Standing, standing_of
from generator.conformance.upstream.cases import FAILURE, Kind, alone, error_fact, upstream_cases
from generator.conformance.upstream.checks import has_too_few, images_fact, judge_answer, judge_failure, judge_request
from generator.conformance.upstream.tally import Tally
from generator.conformance.wire import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.conformance.case import Case, Expectation
    from generator.conformance.exchange import Exchange
    from generator.conformance.sending import Request
    from generator.conformance.settings import Settings
    from generator.conformance.upstream.cases import UpstreamCase
    from generator.conformance.upstream.mapping import Fact
    from generator.conformance.upstream.provider import Arrival, Provider
    from generator.conformance.verdicts import Finding, Verdict
    from generator.spec import Contract, Operation

_BILLED = "only a request that may be billed tells"
_NO_MONEY = "the run may spend no more"
_ENDED = "the run ended before"
_SECRET = 6
"""Characters from which a token is a secret rather than a word."""


class Sender(Protocol):
    """Sends a request, as `Wire.exchange` does."""

    def __call__(self, operation: Operation, request: Request, expectation: Expectation) -> Exchange:
        """Send it, and give what came."""
        ...


@frozen
class UpstreamFindings:
    """What the run found about the upstream.

    Attributes:
        verdicts: One a rule.
        findings: What was not as it should be.
        unjudged: What kept all of it from being judged, in words; empty if nothing did.
    """

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    unjudged: tuple[str, ...]


def upstream_findings(
    contract: Contract,
    settings: Settings,
    exchange: Sender,
    observe: Callable[[Exchange, Case], None],
    *,
    provider: Provider,
) -> UpstreamFindings:
    """Judge what a gateway sends to the model provider, and what it makes of the answer.

    Requests go one at a time, so that it is known which of them makes the gateway send what arrives.

    Args:
        contract: The spec.
        settings: Which operations, and whether what may be billed may be sent.
        exchange: Sends a request.
        observe: Told each exchange, with its case.
        provider: The provider that the run plays; the gateway must forward to its port.

    Returns:
        What was found. Of a shape that the gateway forwards elsewhere one request is sent, and nothing is judged.
    """
    session = _Session(settings, exchange, observe, provider)
    cases = [case for case in upstream_cases(contract) if _is_wanted(case, settings)]
    for case in cases:
        for fact in _facts(case):
            session.tally.expect(case.case.operation, fact)
    for case in cases:
        session.take(case)
    return UpstreamFindings(session.tally.verdicts(), tuple(session.tally.findings), tuple(session.unjudged()))


class _Session:
    def __init__(
        self, settings: Settings, exchange: Sender, observe: Callable[[Exchange, Case], None], provider: Provider
    ) -> None:
        token = settings.token if settings.token and len(settings.token) >= _SECRET else None
        self.tally = Tally(token)
        self.over = _BILLED if settings.no_billable else ""
        self._exchange = exchange
        self._observe = observe
        self._provider = provider
        self._elsewhere: set[str] = set()

    def unjudged(self) -> Iterator[str]:
        """What kept some of it from being judged, though it was to be."""
        if self.over in {_NO_MONEY, _ENDED}:
            yield f"upstream: {self.over}"
        if self._elsewhere:
            yield f"upstream of {', '.join(sorted(self._elsewhere))}: {self._nothing()}"

    def take(self, case: UpstreamCase) -> None:
        """Send a case's request, unless nothing more can be told, and judge what comes of it."""
        if not self.over and _shape(case) not in self._elsewhere:
            try:
                self._judge(case)
            except OverspentError:
                self.over = _NO_MONEY
            except StoppedError:
                self.over = _ENDED
        if self.over or _shape(case) in self._elsewhere:
            self._pass_over(case, self.over or self._nothing())

    def _judge(self, case: UpstreamCase) -> None:
        if case.kind is Kind.FAILING:
            self._judge_failure(case)
            return
        exchange, arrivals = self._send(case)
        if exchange.answer.is_success and not arrivals:
            self._elsewhere.add(_shape(case))
            return
        if not arrivals:
            self._not_sent_on(case, exchange)
            return
        judge_request(case, exchange, arrivals, self.tally)
        if exchange.answer.is_success:
            exchange, arrivals = self._in_a_form_that_it_reads(case, exchange, arrivals)
            judge_answer(case, exchange, arrivals, self.tally)
        else:
            self.tally.pass_over(case.case.operation, images_fact(case), str(exchange.answer))

    def _judge_failure(self, case: UpstreamCase) -> None:
        fact = error_fact(case.upstream.operation)
        with self._provider.failing(FAILURE):
            exchange, arrivals = self._send(case)
        if arrivals:
            judge_failure(case, exchange, fact, self.tally)
        else:
            self.tally.pass_over(case.case.operation, fact, f"nothing arrived upstream: {exchange.answer}")

    def _not_sent_on(self, case: UpstreamCase, exchange: Exchange) -> None:
        """Nothing arrived. Where the gateway refused several fields together, each is tried alone."""
        refused = standing_of(exchange.answer) in {Standing.REFUSED, Standing.PERHAPS_REFUSED}
        several = list(alone(case)) if refused and case.kind in {Kind.GIVEN, Kind.EMPTY} else []
        for each in several:
            self.take(each)
        if not several:
            self._pass_over(case, f"nothing arrived upstream: {exchange.answer}")

    def _in_a_form_that_it_reads(
        self, case: UpstreamCase, exchange: Exchange, arrivals: Sequence[Arrival]
    ) -> tuple[Exchange, Sequence[Arrival]]:
        """What comes of the request in the form of answer that the gateway reads: no document says which that is."""
        if not has_too_few(case, exchange, arrivals):
            return exchange, arrivals
        self._provider.in_choices = not self._provider.in_choices
        other, others = self._send(case)
        if others and other.answer.is_success and not has_too_few(case, other, others):
            return other, others
        self._provider.in_choices = not self._provider.in_choices
        return exchange, arrivals

    def _send(self, case: UpstreamCase) -> tuple[Exchange, Sequence[Arrival]]:
        before = self._provider.count
        exchange = self._exchange(case.upstream.operation, case.case.request, case.case.expectation)
        self._observe(exchange, case.case)
        return exchange, self._provider.since(before)

    def _nothing(self) -> str:
        return (
            f"nothing arrived at port {self._provider.port}, and yet requests were carried out; "
            f"lead the gateway's upstream to {self._provider.url}"
        )

    def _pass_over(self, case: UpstreamCase, why: str) -> None:
        for fact in _facts(case):
            self.tally.pass_over(case.case.operation, fact, why)


def _facts(case: UpstreamCase) -> Iterator[Fact]:
    """All that a case is about."""
    if case.kind is Kind.FAILING:
        yield error_fact(case.upstream.operation)
        return
    yield from (each.fact for each in (*case.given, *case.absent))
    if case.kind is Kind.ALONE:
        return
    if case.upstream.constants:
        yield case.upstream.constant_fact
    yield images_fact(case)
    if case.upstream.answer:
        yield case.upstream.answer_fact


def _shape(case: UpstreamCase) -> str:
    return f"{case.case.operation}/{case.upstream.shape.name}"


def _is_wanted(case: UpstreamCase, settings: Settings) -> bool:
    return settings.operations is None or case.case.operation in settings.operations
