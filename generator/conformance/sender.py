"""Sends the requests of a plan, several at once, and hands each answer to the session of its operation."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from generator.conformance.events import Exchanged
from generator.conformance.interrupts import asked_again
from generator.conformance.money import OverspentError
from generator.conformance.standing import Standing, standing_of
from generator.conformance.wire import StoppedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from generator.conformance.events import Observer
    from generator.conformance.exchange import Exchange
    from generator.conformance.plan import Group, Plan
    from generator.conformance.session import Noted, Session
    from generator.conformance.wire import Wire

_PERHAPS_LATER = frozenset((Standing.FAILED, Standing.OUTAGE))
_MOMENT = 0.5
"""How long to wait in one go, in seconds: a signal that comes just as a wait begins is heard when it ends."""
_ENDS = (type(None), OverspentError, StoppedError)
"""What an exchange that is no failure of this program's ends with."""
SPENT = "budget: the money is spent, on what should have been refused or failed"


class Sender:
    """Sends requests from several threads; what it notes, it notes in the thread that calls it.

    Args:
        wire: Sends one request.
        sessions: The sessions, by operationId.
        plan: What there is to send.
        connections: How many requests are under way at once.
        observe: Told of each exchange.
    """

    def __init__(
        self, wire: Wire, sessions: Mapping[str, Session], plan: Plan, connections: int, observe: Observer
    ) -> None:
        self.flaky: list[str] = []
        self.overspent = False
        self._wire = wire
        self._sessions = sessions
        self._plan = plan
        self._connections = connections
        self._observe = observe
        self._done = 0
        self._failed: dict[str, tuple[Group, Exchange]] = {}
        self._again: dict[str, Exchange] = {}
        self._pool = ThreadPoolExecutor(connections, thread_name_prefix="conformance")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What is under way may be billed, so it is waited for; nothing new is sent.
        if kind is not None:
            self._wire.stop()
        # `send` has waited for what was under way. Who interrupted that too wants to wait no more.
        is_interrupted = kind is not None and issubclass(kind, KeyboardInterrupt)
        self._pool.shutdown(wait=not is_interrupted, cancel_futures=True)

    def send(self, groups: Iterable[Group]) -> None:
        """Send requests, and note what comes; those of an operation that gave up are left unsent.

        Args:
            groups: The requests with their cases, in the order in which to begin them.
        """
        under_way: dict[Future[tuple[Exchange, Noted]], Group] = {}
        try:
            self._send(iter(groups), under_way)
        except (KeyboardInterrupt, Exception):
            self._wind_up(under_way)
            raise

    def _wind_up(self, under_way: Mapping[Future[tuple[Exchange, Noted]], Group]) -> None:
        """Wait for what is under way, as it is paid for, and take what comes of it."""
        self._wire.stop()
        begun = [future for future in under_way if not future.cancel()]
        try:
            # Who interrupts that too wants to wait no more. Both may have come as one.
            while not asked_again() and wait(begun, _MOMENT).not_done:
                pass
        except KeyboardInterrupt:
            pass
        if not all(future.done() for future in begun):
            self._wire.gateway.cut()
            wait(begun, 2 * _MOMENT)
        for future in begun:
            # What fails as the first did would hide it.
            if future.done() and isinstance(future.exception(), _ENDS):
                self._take(future, under_way[future])

    def send_again(self) -> None:
        """Send once more, some time after, what failed or met an outage, where others were answered."""
        heard = {name for name, session in self._sessions.items() if session.known.answers}
        failed = [(group, exchange) for group, exchange in self._failed.values() if group.cases[0].operation in heard]
        self._again = {group.cases[0].id: exchange for group, exchange in failed}
        self.send(group for group, _ in failed)
        self._again = {}

    def _send(self, waiting: Iterator[Group], under_way: dict[Future[tuple[Exchange, Noted]], Group]) -> None:
        exhausted = False
        while under_way or not exhausted:
            while not exhausted and len(under_way) < self._connections:
                group = next(waiting, None)
                if group is None:
                    exhausted = True
                elif self._is_worth_sending(group):
                    # Noted before it begins: an interruption may come while it is handed over.
                    future: Future[tuple[Exchange, Noted]] = Future()
                    under_way[future] = group
                    self._pool.submit(self._carry_out, future, group)
            done, _ = wait(under_way, _MOMENT, FIRST_COMPLETED)
            for ended in done:
                self._take(ended, under_way.pop(ended))

    def _is_worth_sending(self, group: Group) -> bool:
        session = self._sessions[group.cases[0].operation]
        why = SPENT if self.overspent else session.gave_up
        if group.is_plain and session.may_refuse_by_redirects and not self.overspent:
            why = ""
        if why:
            session.leave(group.cases, why)
        return not why

    def _carry_out(self, future: Future[tuple[Exchange, Noted]], group: Group) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(self._exchange(group))
        except BaseException as error:  # noqa: BLE001  who takes the result raises it
            future.set_exception(error)

    def _exchange(self, group: Group) -> tuple[Exchange, Noted]:
        session = self._sessions[group.cases[0].operation]
        before = self._again.get(group.cases[0].id)
        exchange = self._wire.exchange(session.operation, group.request, group.expectation, before)
        return exchange, session.examined(exchange, group.cases)

    def _take(self, future: Future[tuple[Exchange, Noted]], group: Group) -> None:
        session, first = self._sessions[group.cases[0].operation], group.cases[0].id
        try:
            exchange, noted = future.result()
        except OverspentError:
            # What is sent again was answered before.
            self.overspent |= first not in self._again
            session.leave(group.cases, SPENT)
            return
        except StoppedError:
            session.leave(group.cases, "the run ended")
            return
        session.note(noted, group.cases)
        self._failed.pop(first, None)
        if standing_of(exchange.answer) in _PERHAPS_LATER:
            self._failed[first] = group, exchange
        self._done += first not in self._again
        unlike = {standing_of(one) for one in exchange.earlier} - {standing_of(exchange.answer), Standing.THROTTLED}
        if unlike:
            told = ", then ".join(str(one) for one in (*exchange.earlier, exchange.answer))
            self.flaky.append(f"{group.cases[0].id}: {told}")
        self._observe(Exchanged(noted.exchange, group.cases, self._done, self._plan.requests, self._wire.purse.spent))
