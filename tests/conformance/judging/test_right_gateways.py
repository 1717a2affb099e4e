"""Gateways that are right conform, whatever they may do of their own choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.conformance import ExitCode, Outcome, Report, Settings
from tests.conformance.mocked import report_of_the_mock
from tests.conformance.outcomes import outcomes_of

Judge = Callable[..., Report]
Gateway = Callable[..., Any]


def test_a_right_gateway_conforms(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway())
    assert report.findings == ()
    assert report.exit_code is ExitCode.CONFORMS
    outcomes = outcomes_of(report)
    # What a query holds is text, so that nothing else can be sent; that nulls are taken, no page says.
    assert {rule: outcome for rule, outcome in outcomes.items() if outcome is not Outcome.CONFORMS} == {
        "getImage/query/tone/type": Outcome.NOT_APPLICABLE,
        "makeImages/json/null": Outcome.NOT_TESTED,
    }
    assert {f"makeImages/json/{field}/honoured" for field in ("n", "size", "response_format")} <= outcomes.keys()


def test_the_time_of_each_request_is_told_of_the_rule_it_is_about(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway())
    kept = {verdict.rule: verdict.seconds for verdict in report.verdicts if verdict.outcome is Outcome.CONFORMS}
    assert kept["makeImages/json/n/maximum"] > 0
    # An answer tells of many rules, but its time is one request's.
    assert sum(kept.values()) <= report.seconds * Settings(base_url="").connections


@pytest.mark.parametrize("api", ["powertokens", "venice"])
def test_the_mock_conforms_to_every_rule(api: str) -> None:
    report = report_of_the_mock(api)
    assert report.findings == ()
    assert report.unjudged == ()
    assert report.exit_code is ExitCode.CONFORMS
    assert len([each for each in report.verdicts if each.outcome is Outcome.CONFORMS]) > len(report.verdicts) / 2
    untested = {each.rule for each in report.verdicts if each.outcome is Outcome.NOT_TESTED}
    # The mock gives new wallets something, so that none is asked to pay.
    untold = ("/null", "/tells-how-to-pay")
    assert all("/answer-" in rule or rule.endswith(untold) for rule in untested), untested
    assert report.billable <= report.plan.billable + len(report.plan.unsure)


@pytest.mark.parametrize("status", [400, 413, 415, 422, 404, 403, 409])
def test_any_status_that_finds_fault_is_a_refusal(judge: Judge, gateway: Gateway, status: int) -> None:
    made = gateway(refusal=status)
    report = judge(made)
    assert report.findings == ()
    assert report.exit_code is ExitCode.CONFORMS


def test_nulls_for_what_is_absent_break_nothing(judge: Judge, gateway: Gateway) -> None:
    def with_nulls(answer: dict[str, Any]) -> dict[str, Any]:
        return {"data": [{"url": None, "b64_json": None, **item} for item in answer["data"]]}

    report = judge(gateway(answers=with_nulls))
    assert report.findings == ()
    assert report.exit_code is ExitCode.CONFORMS


def test_parameters_are_tested_on_both_sides(judge: Judge, gateway: Gateway) -> None:
    outcomes = outcomes_of(judge(gateway(), operations={"getImage"}))
    assert outcomes["getImage/path/id/minimum"] is Outcome.CONFORMS
    assert outcomes["getImage/query/tone/enum"] is Outcome.CONFORMS


def test_only_the_operations_asked_for_are_judged(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(), operations={"getImage"})
    assert {verdict.operation for verdict in report.verdicts} == {"getImage"}


def test_no_request_is_sent_twice(judge: Judge, gateway: Gateway) -> None:
    made = gateway()
    judge(made)
    sent = [
        (request.url, request.headers.get("authorization"), request.headers.get("content-type"), request.content)
        for request in made.seen
        if request.method == "POST"
    ]
    assert len(sent) == len(set(sent))
