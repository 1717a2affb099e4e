"""Credentials: gateways that take any, take none, and answer with another status."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.conformance import ExitCode, Outcome, Report, Settings, run
from tests.conformance.outcomes import outcomes_of

if TYPE_CHECKING:
    from generator.spec import Contract

Judge = Callable[..., Report]
Gateway = Callable[..., Any]


def test_a_gateway_that_takes_any_key_violates(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(ignores_key=True))
    assert outcomes_of(report)["makeImages/credentials/security"] is Outcome.VIOLATES
    assert {finding.rule for finding in report.findings} == {"makeImages/credentials/security"}


def test_a_wrong_token_tells_nothing(judge: Judge, gateway: Gateway) -> None:
    made = gateway()
    report = judge(made, token="another-key")
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert report.findings == ()
    assert outcomes_of(report)["makeImages/json/n/maximum"] is Outcome.NOT_TESTED
    assert any("the gateway doesn't take the API key" in reason for reason in report.unjudged)
    assert sum(request.method == "POST" for request in made.seen) < 15


def test_another_status_for_missing_credentials_is_a_warning(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(no_key=403))
    outcomes = outcomes_of(report)
    assert outcomes["makeImages/credentials/security"] is Outcome.CONFORMS
    assert outcomes["makeImages/credentials/status"] is Outcome.WARNS
    assert report.exit_code is ExitCode.CONFORMS


def test_a_cookie_is_no_credential(judge: Judge, gateway: Gateway) -> None:
    made = gateway()

    def remembers(request: httpx.Request) -> httpx.Response:
        """Set a cookie for whoever shows the key, and take the cookie in its place."""
        if "session=1" in request.headers.get("cookie", ""):
            request.headers["authorization"] = "Bearer key-of-the-tests"
        response: httpx.Response = made(request)
        if response.status_code == 200:
            response.headers["set-cookie"] = "session=1; Path=/"
        return response

    report = judge(remembers)
    assert report.findings == ()
    assert not any("cookie" in request.headers for request in made.seen)


def test_a_wallet_that_nobody_gave_is_not_asked_for(judge: Judge, gateway: Gateway) -> None:
    assert not any("signs-in" in verdict.rule for verdict in judge(gateway()).verdicts)


@pytest.mark.usefixtures("no_backoff")
def test_user_name_and_password_of_a_url_are_not_told(tiny: Contract, gateway: Gateway) -> None:
    settings = Settings(base_url="https://me:secret@tiny.example/")
    report = run(tiny, settings, transport=httpx.MockTransport(gateway()))
    assert "secret" not in repr(report)
    assert report.base_url == "https://tiny.example/"


@pytest.mark.parametrize("taken", ["Bearer", "Bearer key-of-the-tests-longer"])
def test_a_gateway_that_takes_more_or_less_than_the_token_violates(judge: Judge, gateway: Gateway, taken: str) -> None:
    made = gateway()

    def lenient(request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") == taken:
            request.headers["authorization"] = "Bearer key-of-the-tests"
        response: httpx.Response = made(request)
        return response

    report = judge(lenient)
    assert {finding.rule for finding in report.findings} == {"makeImages/credentials/security"}
    assert report.exit_code is ExitCode.VIOLATES
