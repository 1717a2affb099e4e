"""Runs a plan against a gateway and gathers what each answer tells of each rule."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from attrs import evolve, field, mutable

from generator.conformance.beyond import Beyond, Further
from generator.conformance.case import Expectation
from generator.conformance.cases.making import request_of
from generator.conformance.cases.told import NOTHING, Told, list_request, lister_of, told_of
from generator.conformance.events import Ended, Exchanged, Planned
from generator.conformance.failures import failure_in_words
from generator.conformance.gateway import Gateway
from generator.conformance.money import OverspentError, Purse
from generator.conformance.pace import Pace
from generator.conformance.plan import Group, Plan, make_plan, operations_of
from generator.conformance.rebasing import alternatives, rebased
from generator.conformance.sender import Sender
from generator.conformance.session import Session
from generator.conformance.standing import Standing, standing_of
from generator.conformance.summing_up import Summary
from generator.conformance.verdicts import Report
from generator.conformance.wire import StoppedError, Wire
from generator.spec.boundary import base_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import httpx

    from generator.conformance.events import Observer
    from generator.conformance.exchange import Exchange
    from generator.conformance.gateway import Sign
    from generator.conformance.sending import Request
    from generator.conformance.settings import Settings
    from generator.conformance.summing_up import Sum
    from generator.conformance.upstream import Provider
    from generator.conformance.verdicts import Finding, Verdict
    from generator.spec import Contract, Json, Operation, Shape

    Body = dict[str, Json]

_REFUSED = frozenset((Standing.REFUSED, Standing.PERHAPS_REFUSED))


def _nobody(_: object) -> None:
    """Observe nothing."""


def run(
    contract: Contract,
    settings: Settings,
    *,
    transport: httpx.BaseTransport | None = None,
    sign: Sign | None = None,
    observe: Observer = _nobody,
) -> Report:
    """Judge a gateway by a spec.

    Args:
        contract: The spec.
        settings: Where the gateway is, what to judge, and what it may cost.
        transport: What carries the requests, for tests and for an application in the same process; the network if None.
        sign: Makes a wallet's proofs; None where no wallet signs in.
        observe: Told what goes on.

    Returns:
        What was found. A run that is interrupted returns too, with what it found until then.
    """
    with ExitStack() as stack:
        gateway = stack.enter_context(Gateway(contract, settings.base_url, settings.token, transport, sign))
        provider = None
        if settings.upstream_port is not None:
            # Late, as most runs play no provider.
            from generator.conformance.upstream import Provider  # noqa: PLC0415

            provider = stack.enter_context(Provider(contract, settings.upstream_port))
        report = _Run(contract, settings, gateway, observe, provider).report()
    observe(Ended(report))
    return report


@mutable
class _Run:
    """One run."""

    contract: Contract
    settings: Settings
    gateway: Gateway
    observe: Observer
    provider: Provider | None = None
    sessions: dict[str, Session] = field(factory=dict)
    ended: str = ""
    flaky: list[str] = field(factory=list)
    beyond: list[Beyond] = field(factory=list)

    def report(self) -> Report:
        """Send everything, and say what it comes to."""
        started = time.time()
        wire = Wire(self.gateway, self.settings, Purse(0), Pace(self.settings.rate), self.observe)
        plan = Plan()
        try:
            plan = self._planned(wire)
            self._send(wire, plan)
            self._go_beyond(wire, plan)
        except KeyboardInterrupt:
            wire.stop()
            self.ended = "interrupted"
        except Exception as error:  # noqa: BLE001  what was paid for is told, whatever fails
            wire.stop()
            self.ended = failure_in_words(error)
        self._leave_the_rest(plan)
        return self._summed_up(plan, wire, started)

    def _planned(self, wire: Wire) -> Plan:
        chosen = operations_of(self.contract, self.settings.operations)
        plan = make_plan(self.contract, self.settings, self._told(wire))
        wire.purse.limit = plan.limit
        for operation in chosen:
            self.sessions[operation.id] = Session(operation, self.gateway, is_free=plan.no_billable)
        self.observe(Planned(plan))
        return plan

    def _go_beyond(self, wire: Wire, plan: Plan) -> None:
        if self.ended or all(session.gave_up for session in self.sessions.values()):
            return
        if self.settings.fuzz_seconds or self.settings.fuzz_requests:
            found = self._further(wire, plan).search(self._verdicts(plan))
            self.beyond.append(found)
            if found.is_interrupted:
                wire.stop()
                self.ended = "interrupted"

    def _further(self, wire: Wire, plan: Plan) -> Further:
        return Further(self.contract, self.settings, wire, plan, self.observe)

    def _told(self, wire: Wire) -> Told:
        """What the gateway tells of its models; asking is free."""
        lister = lister_of(self.contract)
        if lister is None or (self.settings.operations is not None and lister.id not in self.settings.operations):
            return NOTHING
        answer = wire.exchange(lister, list_request(lister), Expectation.CARRIED_OUT).answer
        return told_of(lister, answer, self.contract) if answer.is_success else NOTHING

    def _send(self, wire: Wire, plan: Plan) -> None:
        connections = 1 if plan.limit is not None and plan.limit <= 1 else self.settings.connections
        with Sender(wire, self.sessions, plan, connections, self.observe) as sender:
            self.flaky = sender.flaky
            sender.send(plan.free[:1])
            noted = [noted for session in self.sessions.values() for noted in session.noted]
            if noted and not noted[0].exchange.answer.status:
                self.ended = noted[0].exchange.answer.why
                return
            sender.send(plan.free[1:])
            sender.send(plan.unsure)
            sender.send([group for group in plan.paid if group.is_plain])
            sender.send([group for group in (*plan.free, *plan.unsure) if self._is_worth_a_return(group)])
            remake = self._rebase(wire, sender, plan)
            if self.provider is not None and not plan.no_billable:
                # Before what counts images: it learns in which form the gateway reads the provider's.
                self.beyond.append(self._further(wire, plan).upstream(self.provider))
            sender.send([remake(group) for group in plan.paid if not group.is_plain])
            sender.send_again()
            self._make_sure(wire)
            if sender.overspent:
                self.ended = (
                    "what must be refused was carried out, or may have been, as no answer came (--keep-going goes on)"
                    if plan.no_billable
                    else "more may not be billed: what must be refused was carried out, or what failed may be billed"
                )

    def _rebase(self, wire: Wire, sender: Sender, plan: Plan) -> Callable[[Group], Group]:
        """Try refused plain requests in their other forms; what was to be refused is sent again in the form taken.

        Returns:
            What makes a request anew by the forms that are taken.
        """
        bases: dict[int, tuple[Body, Body]] = {}
        for session in self.sessions.values():
            for shape in session.operation.shapes:
                case = session.plain_case(shape)
                exchange = session.exchanges.get(case.id) if case else None
                if case and exchange and standing_of(exchange.answer) in _REFUSED and not session.gave_up:
                    plain = base_body(session.operation, shape)
                    if other := self._taken(wire, session.operation, shape, plain):
                        bases[id(shape)] = plain, other
                        session.open_up(case, "taken with its image in another form")

        def remake(group: Group) -> Group:
            shape = group.cases[0].shape
            if id(shape) not in bases:
                return group
            plain, other = bases[id(shape)]
            return rebased(group, plain, other)

        changed = [new for group in (*plan.free, *plan.unsure) if (new := remake(group)) is not group]
        sender.send(changed)
        return remake

    def _is_worth_a_return(self, group: Group) -> bool:
        """Whether a request was left out as its operation gave up, of which another was carried out since."""
        session = self.sessions[group.cases[0].operation]
        return group.cases[0].id in session.unsent and session.known.works and not session.gave_up

    def _make_sure(self, wire: Wire) -> None:
        """Where requests failed, send one more that was carried out: was it a bad time, or is it they?"""
        for session in self.sessions.values():
            wanted = (e for case, e in session.carried_out() if case.expectation is Expectation.CARRIED_OUT)
            taken = next(wanted, None)
            if taken and session.fails:
                exchange = self._tried(wire, session.operation, taken.request)
                session.is_steady = exchange is not None and exchange.answer.is_success

    def _tried(self, wire: Wire, operation: Operation, request: Request) -> Exchange | None:
        """What comes of a request that is to be carried out; None if there is no money for it."""
        try:
            exchange = wire.exchange(operation, request, Expectation.CARRIED_OUT)
        except (OverspentError, StoppedError):
            return None
        self.observe(Exchanged(self.gateway.shown(exchange), (), wire.tries, wire.tries, wire.purse.spent))
        return exchange

    def _taken(
        self, wire: Wire, operation: Operation, shape: Shape, plain: dict[str, object]
    ) -> dict[str, object] | None:
        for _, body in alternatives(shape, plain):
            exchange = self._tried(wire, operation, request_of(operation, shape, body))
            if exchange is None:
                return None
            if exchange.answer.is_success:
                return dict(body)
        return None

    def _leave_the_rest(self, plan: Plan) -> None:
        """Note what was not sent, so that each rule has a verdict."""
        why = self.ended or "it was not sent"
        dropped = {id(group) for group in plan.dropped}
        for group in (*plan.free, *plan.unsure, *plan.paid, *plan.dropped):
            session = self.sessions[group.cases[0].operation]
            missing = [case for case in group.cases if case.id not in session.cases]
            session.leave(missing, _dropped(plan) if id(group) in dropped else why)
        for session in self.sessions.values():
            session.is_over = True
            session.others_work = any(other.takes_key for other in self.sessions.values() if other is not session)

    def _sums(self, plan: Plan) -> list[Sum]:
        return [Summary(session, no_billable=plan.no_billable).sum() for session in self.sessions.values()]

    def _verdicts(self, plan: Plan) -> list[Verdict]:
        return [each for one in self._sums(plan) for each in one.verdicts]

    def _summed_up(self, plan: Plan, wire: Wire, started: float) -> Report:
        sums = self._sums(plan)
        verdicts: Sequence[Verdict] = [each for one in sums for each in one.verdicts]
        for beyond in self.beyond:
            verdicts = beyond.joined(verdicts)
        order = {operation.id: index for index, operation in enumerate(self.contract.operations)}
        findings = [each for one in sums for each in one.findings]
        findings += [each for one in self.beyond for each in one.findings]
        return Report(
            api=self.contract.name,
            title=self.contract.title,
            base_url=self.gateway.url,
            started=started,
            seconds=time.time() - started,
            plan=plan,
            verdicts=tuple(sorted(verdicts, key=lambda each: order[each.operation])),
            findings=tuple(self._masked(finding) for finding in findings),
            requests=wire.tries,
            billable=wire.purse.spent,
            images=wire.images,
            unjudged=tuple(dict.fromkeys(self._unjudged([*sums, *self.beyond]))),
            flaky=tuple(self.flaky),
            ended=self.ended,
            searched=" ".join(one.searched for one in self.beyond if one.searched),
            seed=self.settings.seed,
        )

    def _masked(self, finding: Finding) -> Finding:
        """A finding without a credential, which a gateway may have sent back in whatever the words are made of."""
        masked = self.gateway.masked
        return evolve(finding, expected=masked(finding.expected), came=masked(finding.came), note=masked(finding.note))

    def _unjudged(self, sums: Sequence[Sum | Beyond]) -> Iterator[str]:
        for one in sums:
            yield from one.unjudged
        if self.sessions and all(session.is_absent for session in self.sessions.values()):
            yield f"The gateway has none of the operations. {self._address_hint()}"

    def _address_hint(self) -> str:
        """What may be wrong with an address at which nothing is: most often that it names the API's version, too."""
        last = urlsplit(self.gateway.url).path.rstrip("/").rpartition("/")[2]
        if last and all(session.operation.path.startswith(f"/{last}/") for session in self.sessions.values()):
            return f"They were looked for at …/{last}/{last}/…: leave /{last} out of --base-url."
        return "Is this the API's address?"


def _dropped(plan: Plan) -> str:
    if plan.no_billable:
        return "budget: only a request that may be billed tells"
    return "budget: --max-billable allows no more"
