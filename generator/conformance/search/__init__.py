"""The search beyond the named cases: Schemathesis and Hypothesis make requests, the rules judge what comes of them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from attrs import evolve

from generator.conformance.events import Searching
from generator.conformance.search.examples import ExamplesError, open_examples
from generator.conformance.search.processes import WorkerLostError, search_together
from generator.conformance.search.searching import Share, search_alone
from generator.conformance.search.suspect import Found, Gate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from generator.conformance.answers import Check
    from generator.conformance.events import Observer
    from generator.conformance.exchange import Exchange
    from generator.conformance.search.suspect import AnswerChecks, Send
    from generator.conformance.settings import Settings
    from generator.spec import Contract, Operation, Shape

__all__ = ["ExamplesError", "Found", "WorkerLostError", "open_examples", "search"]


def _no_checks(operation: Operation, shape: Shape, exchange: Exchange) -> Iterable[Check]:
    del operation, shape, exchange
    return ()


def search(
    contract: Contract,
    settings: Settings,
    exchange: Send,
    *,
    may_bill: Callable[[int], bool],
    observe: Observer,
    checks: AnswerChecks = _no_checks,
    excluded: Collection[str] = (),
    stop: Callable[[], None] = lambda: None,
) -> Found:
    """Search for requests that a gateway judges otherwise than the documents.

    Most of what is sent must be refused, and costs nothing at a gateway that does so. With the same seed the same
    requests are sent for as long as the gateway gives the same answers; how many is a matter of time or number.

    Args:
        contract: The spec.
        settings: How long to search, with which seed, in how many processes, and where to keep examples.
        exchange: Sends a request and gives what came of it; from several threads at once where there are several
            processes. What it raises ends the search, and stands in what is returned; an `OverspentError` over a
            request that is to be carried out ends only the search by such requests.
        may_bill: Tells whether something that is billed may still be sent, with so many more kept for later.
        observe: Told now and then how far the search is.
        checks: What the answer to a right request tells of rules and promises.
        excluded: The ids of rules that are known to be broken, and so are left alone.
        stop: Called when the search is interrupted: nothing is to be sent again.

    Returns:
        What was found: one finding an operation and rule, each the smallest request that shows it. A search that is
        interrupted returns too, with what it found until then and the KeyboardInterrupt.

    Raises:
        ExamplesError: Examples can't be kept where they are to be.
    """
    if not settings.fuzz_seconds and not settings.fuzz_requests:
        return Found()
    open_examples(settings.examples)
    gate = Gate(exchange, may_bill, _Progress(observe), checks, stop)
    if settings.workers > 1:
        found = search_together(contract, settings, gate, excluded=excluded)
    else:
        found = search_alone(contract, settings, gate, excluded=excluded, share=Share())
    return evolve(found, words=_words(found, settings))


class _Progress:
    """Adds up how far the processes are; each tells how many requests it has sent."""

    def __init__(self, observe: Observer) -> None:
        self._observe = observe
        self._sent: dict[int, int] = {}
        self._lock = threading.Lock()

    def __call__(self, operation: str, requests: int, seconds: float) -> None:
        with self._lock:
            self._sent[threading.get_ident()] = requests
            self._observe(Searching(operation, sum(self._sent.values()), seconds))


def _words(found: Found, settings: Settings) -> str:
    several = f" in {settings.workers} processes" if settings.workers > 1 else ""
    again = f" The same search: --seed {settings.seed} --fuzz {found.requests}"
    again += f" --workers {settings.workers}." if several else "."
    return f"{found.requests} requests{several} from seed {settings.seed}: {found.words}.{again}"
