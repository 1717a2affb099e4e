"""The run of one operation: what was answered to each of its cases, and what that comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.conformance.answers import AnswerJudge, Check
from generator.conformance.behaviours import load_behaviours
from generator.conformance.blame import Bodies, blamed_of_plain, most_telling
from generator.conformance.case import Case, Expectation
from generator.conformance.cases.credentials import status_rule
from generator.conformance.giving_up import GivingUp
from generator.conformance.images import brought_by, makes_images
from generator.conformance.judging import Judgement, Known, asks_for_credentials, is_of_key, judge, looks_like_a_page
from generator.conformance.sending import Credentials
from generator.conformance.standing import Standing, standing_of
from generator.conformance.wishes import WishJudge
from generator.spec import Level
from generator.spec.boundary import base_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.conformance.exchange import Answer, Exchange
    from generator.conformance.gateway import Gateway
    from generator.conformance.images import Brought
    from generator.spec import Operation, Shape

_JSON = "application/json"
_LEVELS = list(Level)
_UNAUTHORISED = 401


@frozen
class Noted:
    """What one exchange told, besides of its own cases.

    Attributes:
        exchange: The exchange, its answer's body cut.
        case: The case that it was sent for.
        checks: What its answer told.
        is_page: Whether the answer looks like a web page, which tells nothing as long as nothing else is known.
    """

    exchange: Exchange
    case: Case
    checks: tuple[Check, ...]
    is_page: bool = False


class Session:
    """The run of one operation.

    Args:
        operation: The operation.
        gateway: The gateway, to fetch what its answers lead to.
        is_free: Whether nothing is sent that is to be carried out.
    """

    def __init__(self, operation: Operation, gateway: Gateway, *, is_free: bool) -> None:
        self.operation = operation
        self.noted: list[Noted] = []
        self.exchanges: dict[str, Exchange] = {}
        self.unsent: dict[str, str] = {}
        self.is_over = False
        self.is_steady = False
        """Whether a plain request was carried out after all that failed, so that the failures are no bad time."""
        self.others_work = False
        """Whether requests of other operations, which refuse other tokens, were carried out with the same one."""
        self.cases: dict[str, Case] = {}
        self._gateway = gateway
        self._giving_up = GivingUp(is_free)
        self._answers = AnswerJudge(operation)
        self._wishes = WishJudge(operation)
        self._success_types = {name for answer in operation.answers for name in answer.content}

    def examined(self, exchange: Exchange, cases: Sequence[Case]) -> Noted:
        """What an exchange's answer tells; from any thread, as it may fetch what the answer leads to."""
        first, answer = cases[0], exchange.answer
        checks: list[Check] = []
        images = exchange.images
        is_page = looks_like_a_page(answer, self._success_types)
        if not is_page and answer.media_type == _JSON:
            self._gateway.speaks = True
        if answer.status:
            checks += self._answers.checks(answer, exchange.request.scheme)
            is_read = all(check.kept is not None for check in checks)
            if answer.is_success and is_read and first.expectation in _TAKEN:
                brought = brought_by(self.operation, answer, self._gateway.fetch)
                images = brought.images if brought else images
                checks += self._wish_checks(first, answer, brought)
        if first.expectation is Expectation.UNAUTHORISED and first.note == exchange.request.credentials.value:
            checks += self._status_check(first, answer)
        return Noted(self._gateway.shown(evolve(exchange, images=images)), first, tuple(checks), is_page)

    @property
    def telling(self) -> list[Noted]:
        """What was noted, without web pages as servers give that know nothing of the API."""
        return [noted for noted in self.noted if self._gateway.speaks or not noted.is_page]

    def _wish_checks(self, case: Case, answer: Answer, brought: Brought | None) -> Iterator[Check]:
        body = case.request.body
        if case.shape is None or not isinstance(body, dict):
            return
        yield from self._wishes.header_checks(case.shape, body, answer)
        if brought is not None:
            yield from self._wishes.checks(case.shape, body, brought)
        elif makes_images(self.operation):
            rule = f"{self.operation.id}/answer-200/image/readable"
            yield Check(rule, Level.DOCUMENTED, kept=False, words="an image", came="none")

    def note(self, noted: Noted, cases: Sequence[Case]) -> None:
        """Keep what an exchange told, in place of what the same request told before."""
        request, first = noted.exchange.request, noted.case.id
        self.noted = [one for one in self.noted if one.case.id != first or one.exchange.request != request]
        self.noted.append(noted)
        for case in cases:
            self.cases[case.id] = case
            self.exchanges[case.id] = noted.exchange
            self.unsent.pop(case.id, None)
        self._giving_up.hear(noted.exchange, noted.case, is_page=self._is_a_page(noted.exchange.answer))

    def leave(self, cases: Sequence[Case], why: str) -> None:
        """Note that cases were not sent."""
        for case in cases:
            self.cases[case.id] = case
            self.unsent[case.id] = why

    def open_up(self, case: Case, why: str) -> None:
        """Take a case for one that no document tells of, as the gateway takes its request in another form."""
        for each in list(self.cases.values()):
            if each.shape is case.shape and self.exchanges.get(each.id) is self.exchanges[case.id]:
                self.cases[each.id] = evolve(each, expectation=Expectation.OPEN, note=f"{each.note}; {why}")

    @property
    def is_absent(self) -> bool:
        """Whether the gateway doesn't have the operation."""
        return self._giving_up.is_absent(is_whole=self.is_over and not self.unsent)

    @property
    def gave_up(self) -> str:
        """Why the operation's other requests are not worth sending; "" if they are."""
        return self._giving_up.why(is_whole=self.is_over and not self.unsent)

    @property
    def may_refuse_by_redirects(self) -> bool:
        """Whether it gave up over redirects, and nothing that is to be carried out was sent yet."""
        return self._giving_up.by_redirects and bool(self.gave_up)

    @property
    def known(self) -> Known:
        """What is known of how the gateway answers."""
        standings = [standing_of(noted.exchange.answer) for noted in self.noted]
        # That a key is missing, a gateway may say that fails over everything else.
        failures = {Standing.FAILED, Standing.OUTAGE, Standing.SILENT, Standing.THROTTLED, Standing.UNAUTHORISED}
        return Known(
            works=Standing.CARRIED_OUT in standings,
            answers=any(standing not in failures for standing in standings),
            is_steady=self.is_steady,
            others_work=self.others_work,
        )

    @property
    def takes_key(self) -> bool:
        """Whether the token is known to be good: it is taken where others are not."""
        by_shown: dict[Credentials, set[Standing]] = {}
        for noted in self.noted:
            by_shown.setdefault(noted.exchange.request.credentials, set()).add(standing_of(noted.exchange.answer))
        is_wanted = bool(self.operation.security) and () not in self.operation.security
        is_taken = Standing.CARRIED_OUT in by_shown.get(Credentials.GIVEN, ())
        return is_taken and (is_wanted or Standing.UNAUTHORISED in by_shown.get(Credentials.WRONG, ()))

    @property
    def fails(self) -> bool:
        """Whether something failed."""
        return any(standing_of(exchange.answer) is Standing.FAILED for exchange in self.exchanges.values())

    def plain_case(self, shape: Shape) -> Case | None:
        """The case of a shape's plain request."""
        rule = f"{self.operation.id}/{shape.name}/call"
        return next((case for case in self.cases.values() if case.rule == rule), None)

    def carried_out(self) -> Iterator[tuple[Case, Exchange]]:
        """The cases whose requests were carried out, with what came."""
        for case in self.cases.values():
            exchange = self.exchanges.get(case.id)
            if exchange is not None and exchange.answer.is_success:
                yield case, exchange

    def judged(self) -> Iterator[tuple[Case, Exchange | None, Judgement]]:
        """What was answered to each case, and what that says."""
        judged: dict[str, tuple[Case, Exchange | None, Judgement]] = {}
        known = self.known
        for case in self.cases.values():
            exchange = self.exchanges.get(case.id) or self._turned_away(case)
            if exchange is None:
                why = self.unsent.get(case.id, "it was not sent")
                judged[case.id] = (case, None, Judgement(None, case.level, why))
            else:
                judged[case.id] = (case, exchange, self._judgement(case, exchange, known))
        for shape in self.operation.shapes:
            if not shape.is_file:
                self._blame(shape, judged)
        yield from judged.values()

    def _turned_away(self, case: Case) -> Exchange | None:
        """Where the token is refused whatever is asked: an exchange that shows it, as more are not sent."""
        if not is_of_key(case) or not self._giving_up.is_turned_away:
            return None
        shown = (noted.exchange for noted in self.noted if noted.exchange.answer.status == _UNAUTHORISED)
        return next((one for one in shown if one.request.credentials is Credentials.GIVEN), None)

    def _judgement(self, case: Case, exchange: Exchange, known: Known) -> Judgement:
        if self._is_a_page(exchange.answer):
            return Judgement(None, case.level, "a web page came: is this the API's address?")
        return judge(case, exchange, known)

    def _is_a_page(self, answer: Answer) -> bool:
        """Whether a web page came, and nothing that tells that the gateway is one of this API."""
        return looks_like_a_page(answer, self._success_types) and not self._gateway.speaks

    def _blame(self, shape: Shape, judged: dict[str, tuple[Case, Exchange | None, Judgement]]) -> None:
        """Leave to each failure only the simplest request that shows it."""
        of_shape = [entry for entry in judged.values() if entry[0].shape is shape and _is_wanted(entry[0])]
        failed = [case for case, _, judgement in of_shape if judgement.kept is False and case.id in self.exchanges]
        if not failed:
            return
        bodies = Bodies(base_body(self.operation, shape))
        plain = [case for case in failed if not bodies.changes(case)]
        taken = [case for case, _, judgement in of_shape if judgement.kept]
        blamed = blamed_of_plain(plain, taken, bodies) if plain else None
        plain_ids = {case.id for case in plain}
        by_exchange: dict[int, list[Case]] = {}
        for case in failed:
            by_exchange.setdefault(self.exchanges[case.id].number, []).append(case)
        for case in failed:
            same_request = by_exchange[self.exchanges[case.id].number]
            # What nobody states is no excuse for what a page states.
            as_sure = [other for other in failed if _LEVELS.index(other.level) <= _LEVELS.index(case.level)]
            simpler = bodies.simpler(case, as_sure) or bodies.same_place(case, as_sure, taken)
            simpler = simpler or most_telling(case, same_request)
            if case.id in plain_ids and case is not blamed:
                simpler = blamed
            if simpler is not None and simpler is not case:
                why = f"a simpler request is refused already: {simpler.note}"
                judged[case.id] = (case, judged[case.id][1], Judgement(None, case.level, why))

    def _status_check(self, case: Case, answer: Answer) -> Iterator[Check]:
        asks = asks_for_credentials(answer, {documented.status for documented in self.operation.answers})
        if asks is not None:
            about = load_behaviours()["status"]
            words = "401, or 402 where that is documented"
            yield Check(status_rule(self.operation), about.level_by(case.level), asks, words, case.source)


_TAKEN = frozenset((Expectation.CARRIED_OUT, Expectation.OPEN))


def _is_wanted(case: Case) -> bool:
    return case.expectation in _TAKEN and case.request.raw is None and case.request.credentials is Credentials.GIVEN
