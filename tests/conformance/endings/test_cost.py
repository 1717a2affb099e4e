"""No gateway, however wrong, makes a run cost more than its plan says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from attrs import define, field

from generator.conformance import ExitCode, Outcome, Report
from generator.conformance.events import Exchanged, Planned
from tests.conformance.outcomes import outcomes_of

Judge = Callable[..., Report]
Gateway = Callable[..., Any]
BUSY = httpx.Response(429, headers={"retry-after": "0"})


@define
class Till:
    """Counts what a gateway charges, whatever it answers."""

    handle: Callable[[httpx.Request], httpx.Response]
    after: Callable[[int], httpx.Response | Exception | None] = lambda _: None
    charged: int = 0
    _lock: threading.Lock = field(factory=threading.Lock)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Charge for what is carried out; then answer, or fail over it."""
        response = self.handle(request)
        if request.method != "POST" or not response.is_success:
            return response
        with self._lock:
            self.charged += 1
            number = self.charged
        other = self.after(number)
        if isinstance(other, Exception):
            raise other
        return response if other is None else httpx.Response(other.status_code, content=other.content)


def _takes_everything(request: httpx.Request) -> httpx.Response:
    if request.method == "POST":
        return httpx.Response(200, json={"data": [{"url": "/images/4*4"}]})
    return httpx.Response(400)


def _now_and_then(status: int) -> Callable[[int], httpx.Response | None]:
    return lambda number: httpx.Response(status) if number % 2 else None


BAD: dict[str, tuple[bool, Callable[[int], httpx.Response | Exception | None]]] = {
    "right": (False, lambda _: None),
    "takes everything": (True, lambda _: None),
    "all time out after charging": (False, lambda _: httpx.ReadTimeout("too long")),
    "all close after charging": (False, lambda _: httpx.RemoteProtocolError("cut")),
    "all break off after charging": (False, lambda _: httpx.ReadError("reset")),
    "500 after charging": (False, lambda _: httpx.Response(500)),
    "502 after charging": (False, lambda _: httpx.Response(502)),
    "504 after charging": (False, lambda _: httpx.Response(504)),
    "500 after charging, now and then": (False, _now_and_then(500)),
    "time-outs now and then": (False, lambda number: httpx.ReadTimeout("too long") if number % 2 else None),
    "takes everything and times out": (True, lambda _: httpx.ReadTimeout("too long")),
    "takes everything, time-outs now and then": (True, lambda n: httpx.ReadTimeout("x") if n % 3 else None),
    "no JSON": (True, lambda _: httpx.Response(200, text="done")),
    "an empty answer": (True, lambda _: httpx.Response(204)),
    "a page": (True, lambda _: httpx.Response(200, html="<p>Done</p>")),
}


@pytest.mark.parametrize("options", [{}, {"max_billable": 10}, {"max_billable": 1}, {"no_billable": True}], ids=str)
@pytest.mark.parametrize("connections", [1, 8])
@pytest.mark.parametrize("kind", BAD)
def test_the_plan_is_never_exceeded(
    judge: Judge, gateway: Gateway, kind: str, connections: int, options: dict[str, Any]
) -> None:
    everything, after = BAD[kind]
    till = Till(_takes_everything if everything else gateway(), after)
    report = judge(till, connections=connections, **options)
    assert report.plan.limit is not None
    assert till.charged <= report.billable <= report.plan.limit
    assert report.plan.limit <= options.get("max_billable", 1000)


def test_the_bill_is_what_is_carried_out(judge: Judge, gateway: Gateway) -> None:
    till = Till(gateway())
    report = judge(till)
    assert till.charged == report.billable
    assert report.billable <= report.plan.billable
    assert report.images >= report.billable


def test_for_nothing_no_image_is_made(judge: Judge, gateway: Gateway) -> None:
    till = Till(gateway())
    report = judge(till, no_billable=True)
    assert (till.charged, report.billable, report.plan.billable, report.plan.images) == (0, 0, 0, 0)
    assert report.exit_code is ExitCode.CONFORMS
    outcomes = outcomes_of(report)
    assert outcomes["makeImages/credentials/status"] is Outcome.CONFORMS
    # A gateway that refuses everything would do no less; so it is told that only refusals were seen.
    most = next(verdict for verdict in report.verdicts if verdict.rule == "makeImages/json/n/maximum")
    assert (most.outcome, most.told) == (Outcome.CONFORMS, 1)
    assert "only a request that may be billed tells" in most.why
    # What only an image tells isn't told.
    assert "makeImages/json/n/honoured" not in outcomes
    assert outcomes["makeImages/json/call"] is Outcome.NOT_TESTED


def test_for_nothing_the_first_image_ends_the_run(judge: Judge, gateway: Gateway) -> None:
    till = Till(gateway(alter=lambda body: {**body, "n": 1}))
    report = judge(till, no_billable=True, connections=8)
    assert till.charged == report.billable == 1
    assert "--keep-going" in report.ended
    assert len({finding.rule for finding in report.findings if "/json/n/" in finding.rule}) == 1
    assert report.exit_code is ExitCode.VIOLATES
    assert any("budget" in verdict.why for verdict in report.verdicts)


def test_for_nothing_but_going_on_all_mistakes_are_found(judge: Judge, gateway: Gateway) -> None:
    till = Till(gateway(alter=lambda body: {**body, "n": 1}))
    report = judge(till, no_billable=True, keep_going=True)
    assert till.charged == report.billable > 1
    assert report.ended == ""
    rules = {finding.rule for finding in report.findings}
    assert {f"makeImages/json/n/{keyword}" for keyword in ("maximum", "minimum", "type")} <= rules


@pytest.mark.parametrize("limit", [0, 1, 10])
def test_what_there_is_money_for_is_what_matters(judge: Judge, gateway: Gateway, limit: int) -> None:
    till = Till(gateway())
    report = judge(till, max_billable=limit)
    assert till.charged == report.billable <= limit
    outcomes = outcomes_of(report)
    assert outcomes["makeImages/json/call"] is (Outcome.CONFORMS if limit else Outcome.NOT_TESTED)
    assert report.findings == ()
    assert report.ended == ""
    assert report.exit_code is ExitCode.CONFORMS
    told = {verdict.why for verdict in report.verdicts if verdict.outcome is Outcome.NOT_TESTED}
    assert any("budget" in why for why in told)


def test_what_is_told_on_the_way_is_what_was_spent(judge: Judge, gateway: Gateway) -> None:
    events: list[Any] = []
    till = Till(gateway())
    report = judge(till, observe=events.append, connections=1)
    assert isinstance(events[0], Planned)
    exchanged = [event for event in events if isinstance(event, Exchanged)]
    assert [event.done for event in exchanged] == list(range(1, len(exchanged) + 1))
    assert exchanged[-1].billed == till.charged == report.billable
    assert {event.of for event in exchanged} == {report.plan.requests}


def test_nothing_is_charged_where_the_gateway_is_busy(judge: Judge) -> None:
    report = judge(lambda _: BUSY)
    assert report.billable == 0
