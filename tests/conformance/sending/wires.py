"""A wire to a scripted gateway, with a clock that moves when somebody waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import httpx
from attrs import define, field

from generator.conformance import Settings, wire
from generator.conformance.case import Expectation
from generator.conformance.events import Waiting
from generator.conformance.gateway import Gateway
from generator.conformance.money import Purse
from generator.conformance.pace import Pace
from generator.conformance.sending import Request

if TYPE_CHECKING:
    from generator.conformance.exchange import Exchange
    from generator.spec import Contract

Answers = Sequence[httpx.Response | Exception]
POST = Request("POST", "/images", media_type="application/json", body={"model": "big", "prompt": "cat"})
GET = Request("GET", "/images/1")


@define
class Scripted:
    """A gateway that answers by a script, its last answer again and again, and a wire to it."""

    wire: wire.Wire
    purse: Purse
    contract: Contract
    seen: list[httpx.Request] = field(factory=list)
    waits: list[float] = field(factory=list)
    told: list[Any] = field(factory=list)
    on_event: Callable[[], object] = lambda: None

    def exchange(
        self,
        request: Request = POST,
        expectation: Expectation = Expectation.CARRIED_OUT,
        before: Exchange | None = None,
    ) -> Exchange:
        """Send a request."""
        operation = next(each for each in self.contract.operations if each.method == request.method)
        return self.wire.exchange(operation, request, expectation, before)

    @property
    def asked(self) -> list[float]:
        """How long the gateway asked to wait."""
        return [event.seconds for event in self.told if isinstance(event, Waiting)]


def scripted(contract: Contract, answers: Answers, limit: int | None = None, **options: Any) -> Scripted:
    """Make one."""
    now = 0.0
    settings = Settings(base_url="https://tiny.example", token="key", **options)

    def handle(request: httpx.Request) -> httpx.Response:
        made.seen.append(request)
        answer = answers[min(len(made.seen), len(answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def wait(seconds: float) -> bool:
        nonlocal now
        made.waits.append(seconds)
        now += seconds
        return False

    def observe(event: object) -> None:
        made.told.append(event)
        made.on_event()

    gateway = Gateway(contract, settings.base_url, settings.token, httpx.MockTransport(handle))
    pace = Pace(clock=lambda: now, wait=wait)
    purse = Purse(limit)
    made = Scripted(wire.Wire(gateway, settings, purse, pace, observe), purse, contract)
    return made
