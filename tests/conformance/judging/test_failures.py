"""A failure of the gateway: what it tells of one request, of all, and of one that comes and goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from generator.conformance import ExitCode, Outcome, Report, Settings, run
from generator.spec import Level, load, openapi_folder
from tests.conformance.outcomes import outcomes_of

Judge = Callable[..., Report]
Gateway = Callable[..., Any]


def _where(**values: object) -> Callable[[Any], bool]:
    """Whether a body holds these values."""
    return lambda body: isinstance(body, dict) and all(body.get(name) == value for name, value in values.items())


def test_a_failure_over_a_good_request_breaks_its_rule(judge: Judge, gateway: Gateway) -> None:
    emoji = _where(response_format="b64_json")
    report = judge(gateway(status=lambda body: 500 if emoji(body) else None))
    assert {finding.rule for finding in report.findings} == {"makeImages/json/response_format/enum"}
    assert report.exit_code is ExitCode.VIOLATES
    finding = report.findings[0]
    assert (finding.level, finding.came) == (Level.DOCUMENTED, "status 500, 3 times on end")
    assert finding.expected.startswith("2xx")


def test_a_failure_over_a_bad_request_is_a_warning(judge: Judge, gateway: Gateway) -> None:
    four = _where(n=4)
    report = judge(gateway(status=lambda body: 500 if four(body) else None))
    outcomes = outcomes_of(report)
    assert outcomes["makeImages/json/n/maximum"] is Outcome.WARNS
    assert outcomes["makeImages/json/n/minimum"] is Outcome.CONFORMS
    assert report.exit_code is ExitCode.CONFORMS
    assert {finding.level for finding in report.findings} == {Level.ASSUMED}
    assert "not a failure of the gateway" in report.findings[0].expected


def test_a_failure_over_null_is_a_warning(judge: Judge, gateway: Gateway) -> None:
    nothing = _where(n=None, size=None, note=None)
    report = judge(gateway(status=lambda body: 500 if nothing(body) and "n" in body else None))
    assert {finding.rule for finding in report.findings} == {"makeImages/json/null"}
    assert outcomes_of(report)["makeImages/json/null"] is Outcome.WARNS


def test_failures_over_everything_blame_no_rule(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(status=lambda _: 500))
    assert report.findings == ()
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert any("500" in reason and "as for each request" in reason for reason in report.unjudged)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_what_fails_once_conforms_and_is_told_as_flaky(judge: Judge, gateway: Gateway, status: int) -> None:
    failed: list[Any] = []

    def once(body: Any) -> int | None:
        if _where(n=3)(body) and body not in failed:
            failed.append(body)
            return status
        return None

    report = judge(gateway(status=once))
    assert report.findings == ()
    assert report.exit_code is ExitCode.CONFORMS
    assert [told for told in report.flaky if f"status {status}, then status 200" in told]


@pytest.mark.parametrize("status", [301, 302, 307, 402, 429, 503])
def test_what_answers_for_another_reason_tells_nothing_and_is_not_asked_on_and_on(
    judge: Judge, gateway: Gateway, status: int
) -> None:
    made = gateway(status=lambda _: status)
    report = judge(made)
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert report.findings == ()
    assert any(str(status) in reason for reason in report.unjudged)
    told = {request.content for request in made.seen if request.method == "POST"}
    assert len(told) < 12  # distinct requests


@pytest.mark.parametrize("status", [404, 405, 501])
def test_an_operation_that_is_not_there_is_not_applicable(judge: Judge, gateway: Gateway, status: int) -> None:
    made = gateway(status=lambda _: status)
    report = judge(made)
    outcomes = {each.outcome for each in report.verdicts if each.operation == "makeImages"}
    assert outcomes == {Outcome.NOT_APPLICABLE}
    assert report.exit_code is ExitCode.CONFORMS
    assert any(f"status {status}" in each.why for each in report.verdicts)


def test_an_operation_that_is_not_there_is_seen_for_nothing_too(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(status=lambda _: 404), no_billable=True)
    assert {each.outcome for each in report.verdicts if each.operation == "makeImages"} == {Outcome.NOT_APPLICABLE}
    assert report.exit_code is ExitCode.CONFORMS


def test_a_gateway_with_none_of_the_operations_is_not_judged(judge: Judge) -> None:
    report = judge(lambda _: httpx.Response(404, text="<h1>Nothing here</h1>"))
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert report.unjudged == ("The gateway has none of the operations. Is this the API's address?",)


@pytest.mark.parametrize("api", ["powertokens", "venice"])
@pytest.mark.parametrize("no_billable", [True, False])
@pytest.mark.parametrize("keyless", [404, 401])
def test_nothing_there_conforms_to_nothing(api: str, *, no_billable: bool, keyless: int) -> None:
    """Also where an operation has so few requests that none is left unsent, and where the key is looked at first."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404 if request.headers.get("authorization") == "Bearer key-1234" else keyless)

    contract = load(openapi_folder() / f"{api}.yaml")
    settings = Settings(base_url="https://a.example", token="key-1234", no_billable=no_billable)
    report = run(contract, settings, transport=httpx.MockTransport(answer))
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert report.unjudged == ("The gateway has none of the operations. Is this the API's address?",)
    assert report.findings == ()
    assert {verdict.outcome for verdict in report.verdicts} == {Outcome.NOT_APPLICABLE}


def test_a_connection_that_is_refused_ends_the_run(judge: Judge) -> None:
    calls = []

    def refuse(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        raise httpx.ConnectError("refused")

    report = judge(refuse)
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert report.ended == "no connection: nobody listens there, or the name is unknown"
    assert report.findings == ()
    assert report.billable == 0
    assert len(calls) < 5
    assert {each.outcome for each in report.verdicts} == {Outcome.NOT_TESTED}
    assert len(report.verdicts) > 20


def test_a_redirect_tells_where_the_gateway_is(judge: Judge) -> None:
    def moved(_: httpx.Request) -> httpx.Response:
        return httpx.Response(308, headers={"location": "https://moved.example/v2"})

    report = judge(moved)
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert any("https://moved.example/v2" in reason and "--base-url" in reason for reason in report.unjudged)


def test_a_redirect_in_place_of_a_refusal_is_a_warning(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(refusal=302))
    assert {finding.level for finding in report.findings} == {Level.ASSUMED}
    assert "makeImages/json/n/maximum" in {finding.rule for finding in report.findings}
    assert report.exit_code is ExitCode.CONFORMS


def test_where_nothing_is_carried_out_redirected_refusals_tell_nothing(judge: Judge, gateway: Gateway) -> None:
    made = gateway(refusal=302)
    report = judge(made, no_billable=True)
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert report.findings == ()
