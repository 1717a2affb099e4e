"""Sends what the search tries, each request once, within what it may send, and judges the answers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen, mutable

from generator.conformance.allowance import KEPT
from generator.conformance.case import Expectation
from generator.conformance.cases.making import request_of
from generator.conformance.money import OverspentError
from generator.conformance.search.schemas import Complaints
from generator.conformance.search.suspect import Kind, Suspect, about
from generator.conformance.standing import Standing, standing_of
from generator.spec import Level
from generator.spec.boundary import base_body
from generator.spec.boundary.steps import schema_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.conformance.exchange import Exchange
    from generator.conformance.search.reading import Reader
    from generator.conformance.search.suspect import Gate
    from generator.conformance.sending import Request
    from generator.spec import Json, Operation, Shape

_ANSWERED: Final = frozenset({Standing.CARRIED_OUT, Standing.REFUSED, Standing.PERHAPS_REFUSED})
_REFUSALS: Final = frozenset({Standing.REFUSED, Standing.PERHAPS_REFUSED})
_TELL_EVERY: Final = 10
_GRACE: Final = 10.0
"""How many seconds longer than its time the search may take to make a find smaller."""
_FAULT: Final = "a status that finds fault with it (4xx)"
_STATUS: Final = f"{_FAULT}, as it breaks a rule"
_TAKEN: Final = "a status that says it is carried out (2xx), as it keeps every rule"


class OverError(BaseException):
    """The search, or a part of it, is over. No exception like others: Hypothesis would take it for a find.

    Attributes:
        cause: What ended it; None where its time, its requests or its money were used up.
    """

    def __init__(self, cause: Exception | None = None) -> None:
        super().__init__()
        self.cause = cause


@mutable
class Budget:
    """What the search may send.

    Attributes:
        deadline: When it is to end, on the monotonic clock; None for when its requests are used up.
        requests: How many requests it may send; 0 for as many as there is time for.
        may_bill: Tells whether something that is billed may still be sent, with so many more kept for later.
        observe: Told the operationId, the number of requests and the seconds, now and then.
        sent: How many it has sent.
        started: When it began.
        is_shrinking: Whether a find is being made smaller, which is not broken off at once.
    """

    deadline: float | None
    requests: int
    may_bill: Callable[[int], bool]
    observe: Callable[[str, int, float], None]
    sent: int = 0
    started: float = field(factory=time.monotonic)
    is_shrinking: bool = False

    @property
    def is_used_up(self) -> bool:
        """Whether nothing more may be sent."""
        grace = _GRACE if self.is_shrinking else 0.0
        late = self.deadline is not None and time.monotonic() >= self.deadline + grace
        return late or bool(self.requests and self.sent >= self.requests)

    @property
    def may_begin(self) -> bool:
        """Whether another right body may be tried; once there is a find, making it smaller may cost more."""
        return self.may_bill(0 if self.is_shrinking else KEPT)

    def spend(self, operation: str) -> None:
        """Count one request.

        Raises:
            OverError: There is none left.
        """
        if self.is_used_up:
            raise OverError
        self.sent += 1
        if self.sent % _TELL_EVERY == 1:
            self.observe(operation, self.sent, time.monotonic() - self.started)


@frozen
class Ask:
    """One operation and shape to be asked, with what it takes to ask and to judge.

    Attributes:
        operation: The operation.
        shape: One of its shapes.
        reader: Judges bodies.
        gate: The way to the gateway.
        budget: What may be sent.
        seen: What came of each request of the operation, by its digest, so that none is sent twice.
        refused: Sets of fields that right bodies are refused with; nothing more is to be learnt of these together.
        crashes: Sets of fields that the gateway fails over.
        unclear: The digests of requests whose answers tell nothing: the gateway had no time, or no answer came.
    """

    operation: Operation
    shape: Shape
    reader: Reader
    gate: Gate
    budget: Budget
    seen: dict[bytes, Suspect | None] = field(repr=False)
    refused: list[frozenset[str]] = field(factory=list, init=False)
    crashes: list[frozenset[str]] = field(factory=list, init=False)
    unclear: set[bytes] = field(factory=set, init=False, repr=False)
    _plain: list[Standing] = field(factory=list, init=False, repr=False)
    _complaints: list[Complaints] = field(factory=list, init=False, repr=False)

    @property
    def base(self) -> dict[str, Json]:
        """The plain body."""
        found: dict[str, Json] = base_body(self.operation, self.shape)
        return found

    def request(self, body: Json) -> Request:
        """The request with a body."""
        if isinstance(body, bytes):
            return evolve(request_of(self.operation, self.shape, None), raw=body)
        return request_of(self.operation, self.shape, body)

    def wrong(self, body: Mapping[str, Json]) -> Suspect | None:
        """What becomes of a body that must be refused.

        Args:
            body: The body. If a reading takes it, it is not sent.

        Returns:
            What is wrong with the answer; None if nothing is, or if it tells nothing.
        """
        refusal = self.reader.refusal(self.shape.media_type, body)
        if refusal is None:
            return None
        if refusal.level is not Level.DOCUMENTED and not self.budget.may_bill(0):
            return None  # What no page has refused may be carried out, and billed.

        def judge(exchange: Exchange, standing: Standing) -> Suspect | None:
            words = about(refusal.rule, _STATUS)
            rule, source = refusal.rule.id, str(refusal.rule.source)
            if standing is Standing.CARRIED_OUT:
                return Suspect(Kind.TAKEN, rule, refusal.level, source, words, body, exchange)
            if standing is Standing.FAILED and self._fails_again(exchange, Expectation.REFUSED):
                return Suspect(Kind.CRASHED, rule, Level.ASSUMED, source, words, body, exchange)
            return None

        return self._judged(body, Expectation.REFUSED, judge)

    def unreadable(self, body: bytes) -> Suspect | None:
        """What becomes of a body that is no value of its media type: whatever it is, no failure."""

        def judge(exchange: Exchange, standing: Standing) -> Suspect | None:
            if standing is Standing.FAILED and self._fails_again(exchange, Expectation.REFUSED):
                rule = f"{self.operation.id}/malformed"
                return Suspect(Kind.CRASHED, rule, Level.ASSUMED, "the custom of HTTP services", _FAULT, body, exchange)
            return None

        return self._judged(body, Expectation.REFUSED, judge)

    def right(self, body: Mapping[str, Json], level: Level) -> Suspect | None:
        """What becomes of a body that must be carried out.

        Args:
            body: The body.
            level: How certain that is.

        Returns:
            What is wrong with the answer; None if nothing is, or if it tells nothing. Which rule is to blame for a
            refusal remains to be seen.

        Raises:
            OverError: Nothing that is billed may be sent any more.
        """

        def judge(exchange: Exchange, standing: Standing) -> Suspect | None:
            source = f"{self.operation.id}, {self.shape.name}"
            if standing is Standing.CARRIED_OUT:
                return self._answered(body, exchange)
            failed = standing is Standing.FAILED and self._fails_again(exchange, Expectation.CARRIED_OUT)
            if failed and self._plain_is_taken():
                return Suspect(Kind.CRASHED, "", level, source, _TAKEN, body, exchange)
            if standing in _REFUSALS and self._plain_is_taken():
                return Suspect(Kind.REFUSED, "", level, source, _TAKEN, body, exchange)
            return None

        if self.request(body).digest() not in self.seen and not self.budget.may_begin:
            raise OverError
        return self._judged(body, Expectation.CARRIED_OUT, judge)

    def _judged(
        self, body: Json, expectation: Expectation, judge: Callable[[Exchange, Standing], Suspect | None]
    ) -> Suspect | None:
        request = self.request(body)
        digest = request.digest()
        if digest not in self.seen:
            exchange = self._exchange(request, expectation)
            standing = standing_of(exchange.answer)
            self.seen[digest] = judge(exchange, standing)
            if self.seen[digest] is None and standing not in _ANSWERED:
                self.unclear.add(digest)
        return self.seen[digest]

    def _exchange(self, request: Request, expectation: Expectation) -> Exchange:
        self.budget.spend(self.operation.id)
        try:
            return self.gate.send(self.operation, request, expectation)
        except OverspentError as error:
            # What costs nothing may still be sent; where it may not, that will say so.
            raise OverError(None if expectation is Expectation.CARRIED_OUT else error) from error
        except Exception as error:
            raise OverError(error) from error

    def _answered(self, body: Mapping[str, Json], exchange: Exchange) -> Suspect | None:
        """What is wrong with the answer to a right body."""
        for check in self.gate.checks(self.operation, self.shape, exchange):
            if check.kept is False:
                told = (check.rule, check.level, check.source, check.words)
                return Suspect(Kind.ANSWERED, *told, body, exchange, check.came)
        if not self._complaints:
            self._complaints.append(Complaints(self.operation, self.shape))
        for words in self._complaints[0].of(exchange):
            rule = f"{self.operation.id}/answer-{exchange.answer.status}/Content-Type"
            source = f"the answer {exchange.answer.status}"
            return Suspect(Kind.ANSWERED, rule, Level.DOCUMENTED, source, words, body, exchange)
        return None

    def _fails_again(self, exchange: Exchange, expectation: Expectation) -> bool:
        """Whether a request fails once more, while the operation is well."""
        # What was sent several times already failed each time. Each failure may be billed: it isn't sent for more.
        if all(standing_of(answer) is not Standing.FAILED for answer in exchange.earlier):
            exchange = self._exchange(exchange.request, expectation)
        return standing_of(exchange.answer) is Standing.FAILED and self._is_well()

    def _is_well(self) -> bool:
        """Whether a plain wrong request, which costs nothing, is answered properly just now."""
        body = self.base
        for name in schema_at(self.shape.schema, ()).get("required", ()):
            without = {key: value for key, value in body.items() if key != name}
            if self.reader.refusal(self.shape.media_type, without):
                exchange = self._exchange(self.request(without), Expectation.REFUSED)
                return standing_of(exchange.answer) in _ANSWERED
        return False

    def _plain_is_taken(self) -> bool:
        """Whether the plain request is carried out: where it isn't, a refusal says nothing of a body."""
        if not self._plain:
            exchange = self._exchange(self.request(self.base), Expectation.CARRIED_OUT)
            self._plain.append(standing_of(exchange.answer))
        return self._plain[0] is Standing.CARRIED_OUT
