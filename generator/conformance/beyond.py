"""What a run does once its cases are sent: it plays the model provider, and it searches on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from generator.conformance.allowance import Allowance
from generator.conformance.answers import AnswerJudge
from generator.conformance.events import Exchanged
from generator.conformance.images import brought_by
from generator.conformance.money import OverspentError
from generator.conformance.verdicts import Outcome, Verdict
from generator.conformance.wire import StoppedError
from generator.conformance.wishes import WishJudge
from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.conformance.answers import Check
    from generator.conformance.case import Case
    from generator.conformance.events import Observer
    from generator.conformance.exchange import Exchange
    from generator.conformance.plan import Plan
    from generator.conformance.settings import Settings
    from generator.conformance.upstream import Provider
    from generator.conformance.verdicts import Finding
    from generator.conformance.wire import Wire
    from generator.spec import Contract, Operation, Shape


_ORDINARY = (OverspentError, StoppedError)
"""What ends a search that has nothing wrong with it."""


@frozen
class Beyond:
    """What was found beyond the cases.

    Attributes:
        verdicts: The verdicts on what the gateway sends upstream.
        findings: What was not as it should be.
        unjudged: What kept documented rules from being judged.
        searched: What the search did, in words; "" if there was none.
        is_interrupted: Whether the user ended the search.
    """

    verdicts: Sequence[Verdict] = ()
    findings: Sequence[Finding] = ()
    unjudged: Sequence[str] = ()
    searched: str = ""
    is_interrupted: bool = False

    def joined(self, verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
        """The verdicts of the cases, with what was found beyond them."""
        found = {(each.operation, each.rule): each for each in (*verdicts, *self.verdicts)}
        for finding in self.findings:
            key = (finding.operation, finding.rule)
            outcome = Outcome.VIOLATES if finding.level is Level.DOCUMENTED else Outcome.WARNS
            why = "found by the search"
            known = found.get(key) or Verdict(*key, finding.level, finding.source, outcome, why, 1, 1)
            if known.outcome not in {Outcome.VIOLATES, Outcome.WARNS}:
                known = evolve(known, outcome=outcome, why=why, tried=known.tried + 1, told=known.told + 1)
            found[key] = known
        return tuple(found.values())


@frozen
class Further:
    """Goes further than the cases.

    Attributes:
        contract: The spec.
        settings: What was asked for.
        wire: Sends requests.
        plan: What was planned.
        observe: Told what goes on.
    """

    contract: Contract
    settings: Settings
    wire: Wire
    plan: Plan
    observe: Observer

    def upstream(self, provider: Provider) -> Beyond:
        """Judge what the gateway sends to the model provider, which the run plays."""
        # Late, as most runs play no provider.
        from generator.conformance.upstream import upstream_findings  # noqa: PLC0415

        found = upstream_findings(self.contract, self.settings, self.wire.exchange, self._told, provider=provider)
        return Beyond(found.verdicts, _shown(found.findings, self.wire), found.unjudged)

    def search(self, known: Iterable[Verdict]) -> Beyond:
        """Search for requests that the gateway judges otherwise than the documents.

        Args:
            known: What the cases came to; rules that are known to be broken are left alone.
        """
        # Late, as Schemathesis takes its time to import.
        from generator.conformance.search import search  # noqa: PLC0415

        broken = {each.rule for each in known if each.outcome in {Outcome.VIOLATES, Outcome.WARNS}}
        allowance = Allowance(self.wire, self.plan, self.observe)
        found = search(
            self.contract,
            self.settings,
            allowance.exchange,
            may_bill=allowance.may_bill,
            observe=self.observe,
            checks=_Checks(self.wire),
            excluded=broken,
            stop=self.wire.stop,
        )
        if isinstance(found.ended, KeyboardInterrupt):
            return Beyond(findings=_shown(found.findings, self.wire), searched=found.words, is_interrupted=True)
        ended = "" if found.ended is None or isinstance(found.ended, _ORDINARY) else f" It ended early: {found.ended}"
        return Beyond(findings=_shown(found.findings, self.wire), searched=found.words + allowance.words + ended)

    def _told(self, exchange: Exchange, case: Case) -> None:
        done = self.plan.requests
        self.observe(Exchanged(self.wire.gateway.shown(exchange), (case,), done, done, self.wire.purse.spent))


def _shown(findings: Sequence[Finding], wire: Wire) -> list[Finding]:
    return [evolve(finding, exchange=wire.gateway.shown(finding.exchange)) for finding in findings]


@frozen
class _Checks:
    """Judges the answers to right requests of the search."""

    wire: Wire
    _judges: dict[str, tuple[AnswerJudge, WishJudge]] = field(factory=dict, init=False, repr=False)

    def __call__(self, operation: Operation, shape: Shape, exchange: Exchange) -> Iterator[Check]:
        """What an answer tells of rules and promises."""
        answers, wishes = self._judges.setdefault(operation.id, (AnswerJudge(operation), WishJudge(operation)))
        checks = list(answers.checks(exchange.answer, exchange.request.scheme))
        yield from checks
        if any(check.kept is None for check in checks):
            return
        body = exchange.request.body
        brought = brought_by(operation, exchange.answer, self.wire.gateway.fetch)
        if brought is not None and isinstance(body, dict):
            yield from wishes.checks(shape, body, brought)
