"""A gateway that has a bad time while it is judged: its rules are not to blame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.conformance import ExitCode, Outcome, Report
from tests.conformance.conftest import TinyGateway, wrong
from tests.conformance.outcomes import outcomes_of

Judge = Callable[..., Report]
N_OF_THREE = "makeImages/json/n/maximum"


def _is_right(body: Any) -> bool:
    return isinstance(body, dict) and not any(wrong(body))


def _times(gateway: TinyGateway, body: bytes) -> int:
    return sum(request.content == body for request in gateway.seen)


class _BadTime:
    """Answers some right requests on end by a failure, once the first was carried out."""

    def __init__(self, status: int, length: int) -> None:
        self.status, self.left, self.begun = status, length, False

    def __call__(self, body: Any) -> int | None:
        if not _is_right(body):
            return None
        if not self.begun:
            self.begun = True
            return None
        self.left -= 1
        return self.status if self.left >= 0 else None


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("length", [3, 10])
def test_failures_for_a_while_blame_no_rule(judge: Judge, status: int, length: int) -> None:
    report = judge(TinyGateway(status=_BadTime(status, length)))
    assert report.findings == ()
    assert report.exit_code is ExitCode.CONFORMS
    assert any(f"status {status}" in told and "then status 200" in told for told in report.flaky)


def test_a_gateway_that_breaks_down_is_not_judged_by_that(judge: Judge) -> None:
    """It answers well until it has made some images, and fails from there on."""
    made: list[Any] = []

    def breaks_down(body: Any) -> int | None:
        if _is_right(body):
            made.append(body)
        return 500 if len(made) > 3 else None

    report = judge(TinyGateway(status=breaks_down))
    assert report.findings == ()
    assert report.exit_code is ExitCode.NOT_JUDGED


def test_outages_over_one_field_do_not_end_an_operation(judge: Judge) -> None:
    def no_such_model(body: Any) -> int | None:
        return 503 if isinstance(body, dict) and body.get("model") not in ("big", "small") else None

    outcomes = outcomes_of(judge(TinyGateway(status=no_such_model)))
    assert outcomes["makeImages/json/model/enum"] is Outcome.NOT_TESTED
    assert outcomes[N_OF_THREE] is Outcome.CONFORMS


def test_what_must_be_refused_and_fails_is_sent_twice_at_most(judge: Judge) -> None:
    gateway = TinyGateway(status=lambda body: 500 if isinstance(body, dict) and body.get("n") == 4 else None)
    report = judge(gateway)
    assert outcomes_of(report)[N_OF_THREE] is Outcome.WARNS
    assert _times(gateway, b'{"model":"big","prompt":"cat","n":4}') == 2


def test_a_warning_is_not_given_for_a_bad_time(judge: Judge) -> None:
    left = [500]

    def once(body: Any) -> int | None:
        return left.pop() if left and isinstance(body, dict) and body.get("n") == 4 else None

    report = judge(TinyGateway(status=once))
    assert report.findings == ()
    assert any("n: 4" in told for told in report.flaky)
