"""Searches in several processes. They make the requests; this one alone sends them, so that it keeps rate and money."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen

from generator.conformance.money import OverspentError
from generator.conformance.search.reading import LEVELS
from generator.conformance.search.searching import Share, search_alone
from generator.conformance.search.suspect import Found, Gate
from generator.spec import load

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from generator.conformance.answers import Check
    from generator.conformance.case import Expectation
    from generator.conformance.exchange import Exchange
    from generator.conformance.sending import Request
    from generator.conformance.settings import Settings
    from generator.conformance.verdicts import Finding
    from generator.spec import Contract, Operation, Shape

_PATIENCE: Final = 10
"""How many seconds a process has to end by itself."""
_MOMENT: Final = 0.5
"""How many seconds to wait in one go."""


class _EndedError(Exception):
    """The process that sends has ended the search; why, it knows itself."""


class WorkerLostError(Exception):
    """A process of the search ended without a word."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Process {number} of the search ended before its time; what stopped it stands above.")


def search_together(contract: Contract, settings: Settings, gate: Gate, *, excluded: Collection[str]) -> Found:
    """Search in as many processes as the settings say.

    Each process draws from a seed of its own, which follows from the one seed, and has its share of the requests. What
    they find is put together in the order of the processes, the smallest of each rule.

    Args:
        contract: The spec. The processes read its file themselves.
        settings: How long, with which seed, for which operations.
        gate: The way to the gateway, for several threads at once.
        excluded: The rules that are known to be broken.
    """
    clerks = [_Clerk(contract, gate, number) for number in range(settings.workers)]
    # Spawned: a copy of a process that has threads and connections is none that works.
    context = multiprocessing.get_context("spawn")
    open_settings = evolve(settings, token=None, wallet=None)
    for clerk in clerks:
        ours, theirs = context.Pipe()
        share = Share(clerk.number, settings.workers)
        arguments = (theirs, contract.path, open_settings, tuple(sorted(excluded)), share)
        process = context.Process(target=_work, args=arguments, daemon=True)
        with _undisturbed():
            process.start()
        theirs.close()
        clerk.start(process, ours)
    try:
        return _together([clerk.join() for clerk in clerks])
    except KeyboardInterrupt as error:
        gate.stop()
        for clerk in clerks:
            clerk.end()
        return evolve(_together([clerk.so_far() for clerk in clerks]), ended=error)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Start processes that Ctrl-C and the like don't reach: a terminal sends them to each, but this one ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Where it is started by the way, it would lift the mask.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _together(found: Iterable[Found]) -> Found:
    shares = list(found)
    best: dict[tuple[str, str], Finding] = {}
    for finding in (finding for share in shares for finding in share.findings):
        key = (finding.operation, finding.rule)
        if key not in best or _weight(finding) < _weight(best[key]):
            best[key] = finding
    words = f"{len(best)} found" if best else "nothing found"
    ended = next((share.ended for share in shares if share.ended), None)
    return Found(tuple(best.values()), sum(share.requests for share in shares), words, ended)


def _weight(finding: Finding) -> tuple[int, int, str]:
    return LEVELS.index(finding.level), len(finding.note), finding.note


class _Clerk:
    """Does for one process what only this one can: send, and look into the purse."""

    def __init__(self, contract: Contract, gate: Gate, number: int) -> None:
        self.number = number
        self._contract = contract
        self._gate = gate
        self._answers: dict[str, Callable[..., Any]] = {
            "send": self._sent,
            "may_bill": gate.may_bill,
            "observe": gate.observe,
            "checks": self._checked,
        }
        self._sends = 0
        self._told: list[Finding] = []
        self._found: Found | None = None
        self._ended: Exception | None = None
        self._thread = threading.Thread(target=self._serve, name=f"search-{number}", daemon=True)

    def start(self, process: Any, connection: Connection) -> None:
        """Begin to serve a process."""
        self._process, self._connection = process, connection
        self._thread.start()

    def join(self) -> Found:
        """What the process found, when it is done."""
        # A signal that comes just as a wait begins is heard when it ends.
        while self._thread.is_alive():
            self._thread.join(_MOMENT)
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        if self._found is None:
            return evolve(self.so_far(), ended=self._ended or WorkerLostError(self.number))
        return evolve(self._found, ended=self._ended or self._found.ended)

    def end(self) -> None:
        """End the process, which heeds no gentler signal."""
        self._process.kill()

    def so_far(self) -> Found:
        """What the process found before it ended; what is under way for it is waited for, as it is paid for."""
        self._thread.join()
        self._process.join()
        best = {(finding.operation, finding.rule): finding for finding in self._told}
        return self._found or Found(tuple(best.values()), self._sends)

    def _serve(self) -> None:
        with suppress(EOFError, ConnectionError), self._connection as connection:
            while True:
                what, arguments = connection.recv()
                if what == "found":
                    self._found = arguments[0]
                    return
                if what == "find":
                    self._told.append(arguments[0])
                    continue
                try:
                    connection.send((True, self._answers[what](*arguments)))
                except Exception as error:  # noqa: BLE001  whatever ends the search ends it here, too
                    is_spent = isinstance(error, OverspentError)
                    self._ended = self._ended or (None if is_spent else error)
                    connection.send((False, is_spent))

    def _sent(self, operation: str, request: Request, expectation: Expectation) -> Exchange:
        self._sends += 1
        return self._gate.send(self._contract.operation(operation), request, expectation)

    def _checked(self, operation: str, shape: str, exchange: Exchange) -> list[Check]:
        found = self._contract.operation(operation)
        meant = next(one for one in found.shapes if one.name == shape)
        return list(self._gate.checks(found, meant, exchange))


@frozen
class _Line:
    """A process's line to the one that sends."""

    connection: Connection = field(repr=False)

    def send(self, operation: Operation, request: Request, expectation: Expectation) -> Exchange:
        """Have a request sent."""
        exchange: Exchange = self._asked("send", operation.id, request, expectation)
        return exchange

    def may_bill(self, kept: int) -> bool:
        """Whether something that is billed may still be sent, with so many more kept for later."""
        return bool(self._asked("may_bill", kept))

    def observe(self, operation: str, requests: int, seconds: float) -> None:
        """Tell how far the search is."""
        self._asked("observe", operation, requests, seconds)

    def checks(self, operation: Operation, shape: Shape, exchange: Exchange) -> list[Check]:
        """Have an answer judged."""
        checks: list[Check] = self._asked("checks", operation.id, shape.name, exchange)
        return checks

    def tell(self, finding: Finding) -> None:
        """Tell a find, which is known then whatever becomes of this process."""
        self.connection.send(("find", (finding,)))

    def _asked(self, what: str, *arguments: Any) -> Any:
        self.connection.send((what, arguments))
        done, value = self.connection.recv()
        if not done:
            # What costs nothing goes on without money, so this process must know.
            raise OverspentError if value else _EndedError
        return value


def _work(connection: Connection, spec: Path, settings: Settings, excluded: tuple[str, ...], share: Share) -> None:
    """A process's whole life."""
    line = _Line(connection)
    gate = Gate(line.send, line.may_bill, line.observe, line.checks)
    found = search_alone(load(spec), settings, gate, excluded=excluded, share=share, tell=line.tell)
    if isinstance(found.ended, _EndedError):
        found = evolve(found, ended=None)
    connection.send(("found", (found,)))
    connection.close()
