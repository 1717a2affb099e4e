"""What the search sends is counted by itself, so that a plan that says what it may cost is true."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, mutable

from generator.conformance.case import Expectation
from generator.conformance.events import Exchanged
from generator.conformance.money import Purse
from generator.conformance.plan import MISTAKES
from generator.conformance.wire import may_be_billed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.events import Observer
    from generator.conformance.exchange import Exchange
    from generator.conformance.plan import Plan
    from generator.conformance.sending import Request
    from generator.conformance.wire import Wire
    from generator.spec import Operation

KEPT: Final = 8
"""How many requests that may be billed are kept for making a find smaller: no new right body is tried with them."""


@frozen
class Allowance:
    """Sends what the search tries, within what the plan allows it, and tells each exchange.

    Attributes:
        wire: Sends requests.
        plan: What was planned.
        observe: Told each exchange.
    """

    wire: Wire
    plan: Plan
    observe: Observer
    _wanted: Purse = field(init=False)
    _all: Purse = field(init=False)

    @_wanted.default
    def _for_what_is_wanted(self) -> Purse:
        return Purse(self.plan.search)

    @_all.default
    def _with_mistakes(self) -> Purse:
        # Where nothing may be billed at all, the run's own purse says when to end.
        return Purse(None if self.plan.no_billable else self.plan.search + MISTAKES)

    def may_bill(self, kept: int) -> bool:
        """Whether a request may still be carried out, with so many more kept for later."""
        is_left = self._all.spent + kept < self.plan.search
        return is_left and not self.plan.no_billable and not self.wire.purse.is_empty

    @property
    def words(self) -> str:
        """That the money kept the search from more, in words; "" if it didn't."""
        if self.plan.no_billable or self.may_bill(KEPT):
            return ""
        if self._all.is_empty or self.wire.purse.is_empty:
            return f" It ended when no more might be billed: {self._all.spent} of its requests were carried out."
        return (
            f" {self._all.spent} of its requests were carried out, of {self.plan.search} that may be: what must be"
            " carried out was tried no more then, only what must be refused."
        )

    def exchange(self, operation: Operation, request: Request, expectation: Expectation) -> Exchange:
        """Send a request.

        Raises:
            StoppedError: The run is to end.
            OverspentError: It may be billed, and nothing may be spent.
        """
        purses = [self._all] if request.is_billable else []
        if request.is_billable and expectation is Expectation.CARRIED_OUT:
            purses.append(self._wanted)
        with ExitStack() as stack:
            bills = [stack.enter_context(_paid(purse)) for purse in purses]
            exchange = self.wire.exchange(operation, request, expectation)
            times = sum(may_be_billed(answer, expectation) for answer in (*exchange.earlier, exchange.answer))
            for bill in bills:
                bill.times = times
        done = self.plan.requests
        self.observe(Exchanged(self.wire.gateway.shown(exchange), (), done, done, self.wire.purse.spent))
        return exchange


@mutable
class _Bill:
    """How often a request may have been billed: each time that it was sent, where handing an image out failed."""

    times: int = 0


@contextmanager
def _paid(purse: Purse) -> Iterator[_Bill]:
    """Put the money for one request aside, and pay what stands in the bill then."""
    bill = _Bill()
    purse.reserve()
    try:
        yield bill
    finally:
        purse.settle(billed=bill.times > 0)
        purse.add(max(0, bill.times - 1))
