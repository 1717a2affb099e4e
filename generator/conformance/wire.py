"""Sends each request as often as it takes to get an answer that tells, within the money and at the pace there is."""

from __future__ import annotations

import math
import random
import threading
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from generator.conformance.case import Expectation
from generator.conformance.events import Waiting
from generator.conformance.exchange import Exchange
from generator.conformance.images import count_of
from generator.conformance.standing import Standing, is_redirect, standing_of

if TYPE_CHECKING:
    from generator.conformance.events import Observer
    from generator.conformance.exchange import Answer
    from generator.conformance.gateway import Gateway
    from generator.conformance.money import Purse
    from generator.conformance.pace import Pace
    from generator.conformance.sending import Request
    from generator.conformance.settings import Settings
    from generator.spec import Operation

_REFUSAL = 20.0
"""How long an answer to what must be refused may take, in seconds: no image is made for it."""
_LONGEST = 120.0
"""How long to wait where the gateway says how long, in seconds."""
_PATIENCE = 5
"""How often a request is sent again that the gateway had no time for."""
_BACKOFF = 0.25
_OUTAGE = range(3, 9)
"""After so many answers on end that say that the gateway isn't there, all requests wait for it; then no more."""
_LONGEST_OUTAGE = 4.0
_PERHAPS_DONE = frozenset((500, 502, 504))
_CRASHED = 500
_NOT_TO_BE_DONE = frozenset((Expectation.REFUSED, Expectation.UNAUTHORISED))
_AGAIN = frozenset((Standing.THROTTLED, Standing.FAILED, Standing.OUTAGE, Standing.SILENT))


class StoppedError(Exception):
    """The run is to end; nothing more is sent."""


class Wire:
    """Sends requests, from several threads.

    Args:
        gateway: Where to.
        settings: How patient to be.
        purse: What may still be spent.
        pace: How fast.
        observe: Told when the run waits.
    """

    def __init__(self, gateway: Gateway, settings: Settings, purse: Purse, pace: Pace, observe: Observer) -> None:
        self.gateway = gateway
        self.purse = purse
        self._settings = settings
        self._pace = pace
        self._observe = observe
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._number = 0
        self._patience = _PATIENCE
        self._outages = 0
        self.tries = 0
        self.images = 0
        """How many images the answers said that they brought."""

    def stop(self) -> None:
        """Send nothing more; what is under way goes on to its end."""
        self._stopped.set()
        self._pace.end()

    def exchange(
        self, operation: Operation, request: Request, expectation: Expectation, before: Exchange | None = None
    ) -> Exchange:
        """Send a request until its answer tells something, or patience is at its end.

        Args:
            operation: Its operation.
            request: The request.
            expectation: What must come of it, for the time that it gets.
            before: What came of it some time ago, where it is tried once more.

        Returns:
            The request with the answer that counts, and those before it.

        Raises:
            StoppedError: The run is to end.
            OverspentError: It may be billed, and nothing may be spent.
        """
        earlier = [*before.earlier, self.gateway.beginning(before.answer)] if before else []
        first = len(earlier)
        while True:
            exchange = self._once(operation, request, expectation, tuple(earlier))
            standing = standing_of(exchange.answer)
            throttled = standing is Standing.THROTTLED
            if not throttled:
                self._patience = _PATIENCE
            self._outages = self._outages + 1 if standing is Standing.OUTAGE else 0
            tries = len(earlier) - first
            most = 0 if before and not throttled else self._most(exchange.answer, standing, expectation)
            if standing not in _AGAIN or is_redirect(exchange.answer) or tries >= most:
                # Where patience was in vain, as with a quota that is used up, the requests after it have none.
                self._patience = 0 if throttled else self._patience
                return exchange
            wait = _retry_after(exchange.answer) if standing in {Standing.THROTTLED, Standing.OUTAGE} else None
            if wait is not None and wait > _LONGEST:
                return exchange
            self._pause(exchange.answer, wait, tries, throttled=throttled)
            earlier.append(self.gateway.beginning(exchange.answer))

    def _most(self, answer: Answer, standing: Standing, expectation: Expectation) -> int:
        """How often a request is sent again at once."""
        if standing is Standing.SILENT and answer.seconds >= self._settings.timeout:
            return min(1, self._settings.retries)  # who has had all of its time, costs as much again
        if standing is Standing.THROTTLED:
            return self._patience
        if standing is not Standing.FAILED:
            return self._settings.retries
        # What fails is tried once more in the end. Nobody knows what a failure costs: what must be refused is not
        # sent again before.
        return 0 if expectation in _NOT_TO_BE_DONE else max(0, self._settings.retries - 1)

    def _once(
        self, operation: Operation, request: Request, expectation: Expectation, earlier: tuple[Answer, ...]
    ) -> Exchange:
        if self._stopped.is_set():
            raise StoppedError
        if request.is_billable:
            self.purse.reserve()
        billed = request.is_billable
        try:
            with self._pace.turn():
                if self._stopped.is_set():
                    billed = False
                    raise StoppedError
                started = time.time()
                sent, answer = self.gateway.send(operation, request, self._time(request, expectation, len(earlier)))
            billed = request.is_billable and may_be_billed(answer, expectation)
        finally:
            if request.is_billable:
                self.purse.settle(billed=billed)
        images = count_of(operation, answer)
        with self._lock:
            self.images += images
            self._number += 1
            self.tries += 1
            return Exchange(self._number, operation.id, request, sent, answer, earlier, started)

    def _time(self, request: Request, expectation: Expectation, tries: int) -> float:
        quick = expectation in _NOT_TO_BE_DONE or not request.is_billable
        return min(_REFUSAL * (tries + 1), self._settings.timeout) if quick else self._settings.timeout

    def _pause(self, answer: Answer, wait: float | None, tries: int, *, throttled: bool) -> None:
        # Some chance in it, so that those who were sent away together don't come back together.
        seconds = wait if wait is not None else _BACKOFF * 2**tries * random.uniform(0.5, 1)  # noqa: S311
        if throttled or (wait is not None and wait > 0):
            self._observe(Waiting(seconds, f"the gateway asks for patience ({answer})"))
            self._pace.hold(seconds)
        elif self._outages in _OUTAGE:
            seconds = min(_LONGEST_OUTAGE, _BACKOFF * 2 ** (self._outages - _OUTAGE.start))
            self._observe(Waiting(seconds, f"the gateway isn't there for now ({answer})"))
            self._pace.hold(seconds, alone=False)
        else:
            self._pace.rest(seconds)


def may_be_billed(answer: Answer, expectation: Expectation) -> bool:
    """Whether a request may have been billed: it was carried out, or no answer tells, though it may have been read.

    A gateway may have made an image and failed over handing it out. A crash over a request that is to be refused is
    taken for not carried out: else the first one would end a run that may cost nothing.
    """
    if answer.status == _CRASHED and expectation in _NOT_TO_BE_DONE:
        return False
    if answer.status in _PERHAPS_DONE:
        return True
    return answer.is_success or (answer.status == 0 and not answer.why.startswith(("no connection", "TLS")))


def _retry_after(answer: Answer) -> float | None:
    """How long the gateway asks to wait, in seconds; None if it doesn't say."""
    text = answer.headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(text).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return None if math.isnan(seconds) else max(0.0, seconds)
