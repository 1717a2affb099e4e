"""What a run says of gateways that are right, and of gateways that are wrong in one way each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.conformance import Outcome, Report, bill, run
from generator.conformance.verdicts import ExitCode
from generator.mock import DEFAULT_KEY, create_app, transport
from generator.spec import Contract, Level, load, load_all

if TYPE_CHECKING:
    from pathlib import Path

Judge = Callable[..., Report]
Gateway = Callable[..., Any]


def test_a_right_gateway_conforms(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway())
    assert report.findings == ()
    assert report.exit_code is ExitCode.CONFORMS
    outcomes = _outcomes(report)
    # What a query holds is text, so that nothing else can be sent.
    assert {rule for rule, outcome in outcomes.items() if outcome is not Outcome.CONFORMS} == {
        "getImage/query/tone/type"
    }
    assert {f"makeImages/json/{field}/honoured" for field in ("n", "size", "response_format")} <= outcomes.keys()


@pytest.mark.parametrize("contract", load_all(), ids=lambda contract: contract.name)
def test_the_mock_conforms_to_every_rule(contract: Contract) -> None:
    with transport(create_app()) as carrier:
        report = run(contract, "http://mock.example", DEFAULT_KEY, transport=carrier)
    assert report.findings == ()
    assert report.unjudged == ()
    assert report.exit_code is ExitCode.CONFORMS
    tested = [verdict for verdict in report.verdicts if verdict.outcome is Outcome.CONFORMS]
    assert len(tested) > len(report.verdicts) / 2
    untested = {verdict.rule for verdict in report.verdicts if verdict.outcome is Outcome.NOT_TESTED}
    assert all("/answer-" in rule for rule in untested)
    assert report.billable <= bill(contract.operations).to_be_carried_out


def _set(name: str, **new: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Read one value of a field, told by its JSON, as another."""
    return lambda body: {**body, name: new["to"]} if json.dumps(body.get(name)) == new["of"] else body


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ({"alter": _set("n", of="4", to=3)}, "n/maximum"),
        ({"alter": _set("n", of="0", to=1)}, "n/minimum"),
        ({"alter": _set("n", of='"1"', to=1)}, "n/type"),
        ({"alter": _set("n", of="true", to=1)}, "n/type"),
        ({"alter": _set("n", of="2", to=1)}, "n/maximum/when-model-small"),
        ({"alter": _set("model", of='"BIG"', to="big")}, "model/enum"),
        ({"alter": lambda body: {"model": "big", **body}}, "model/required"),
        ({"alter": lambda body: {**body, "prompt": str(body.get("prompt"))[:9]}}, "prompt/maxLength"),
        ({"alter": _set("size", of=r'"4*4\n"', to="4*4")}, "size/pattern"),
        (
            {"alter": _set("size", of='"5*13"', to="8*8")},
            "size/x-total-pixels",
        ),
        ({"accepts": lambda body: body.get("n") != 3}, "n/maximum"),
        ({"accepts": lambda body: body["model"] != "small"}, "model/enum"),
        ({"accepts": lambda body: len(body["prompt"].encode()) < 10}, "prompt/maxLength"),
        ({"accepts": lambda body: "16" not in body.get("size", "")}, "size/x-total-pixels"),
        ({"accepts": lambda body: body.get("response_format") != "b64_json"}, "response_format/enum"),
        ({"answers": lambda answer: {"data": answer["data"][:1]}}, "n/honoured"),
        ({"draws": lambda size: (size[1], size[0])}, "size/honoured"),
        ({"alter": _set("response_format", of='"b64_json"', to="url")}, "response_format/honoured"),
    ],
)
def test_a_fault_is_found_and_named(judge: Judge, gateway: Gateway, fault: dict[str, Any], rule: str) -> None:
    report = judge(gateway(**fault))
    assert report.exit_code is ExitCode.VIOLATES
    violated = {name for name, outcome in _outcomes(report).items() if outcome is Outcome.VIOLATES}
    assert f"makeImages/json/{rule}" in violated
    assert {finding.rule for finding in report.findings} == violated


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        (lambda answer: {"images": answer["data"]}, "data/required"),
        (lambda _: {"data": "none"}, "data/type"),
        (lambda _: {"data": [{"url": 7}]}, "data.-.url/type"),
        (lambda answer: {"data": [{"b64_json": "bm8gaW1hZ2U="} for _ in answer["data"]]}, "image/readable"),
    ],
)
def test_a_wrong_answer_is_found(judge: Judge, gateway: Gateway, answers: Any, rule: str) -> None:
    report = judge(gateway(answers=answers))
    assert _outcomes(report)[f"makeImages/answer-200/{rule}"] is Outcome.VIOLATES
    assert report.exit_code is ExitCode.VIOLATES


def test_a_link_that_leads_nowhere_is_a_warning(judge: Judge, gateway: Gateway) -> None:
    image = {"url": "https://tiny.example/images/none"}
    report = judge(gateway(answers=lambda answer: {"data": [image] * len(answer["data"])}))
    assert _outcomes(report)["makeImages/answer-200/url/fetched"] is Outcome.WARNS


def test_a_fault_against_an_assumed_rule_is_a_warning(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(alter=lambda body: {key: value for key, value in body.items() if key != "note"}))
    assert _outcomes(report)["makeImages/json/note/maxLength"] is Outcome.WARNS
    assert report.exit_code is ExitCode.CONFORMS
    assert {finding.level for finding in report.findings} == {Level.ASSUMED}


def test_a_gateway_that_takes_any_key_violates(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(ignores_key=True))
    assert _outcomes(report)["makeImages/credentials/security"] is Outcome.VIOLATES
    assert {finding.rule for finding in report.findings} == {"makeImages/credentials/security"}


@pytest.mark.parametrize("status", [402, 404, 429])
def test_what_refuses_for_another_reason_tells_nothing_and_is_not_asked_on_and_on(
    judge: Judge, gateway: Gateway, status: int
) -> None:
    made = gateway(status=lambda _: status)
    report = judge(made)
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert report.findings == ()
    assert any(str(status) in reason for reason in report.unjudged)
    assert sum(request.method == "POST" for request in made.seen) < 10


def test_a_wrong_token_tells_nothing(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(), token="another-key")
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert _outcomes(report)["makeImages/json/n/maximum"] is Outcome.NOT_TESTED


def test_a_server_error_tells_nothing_of_its_rule_and_the_others_are_judged(judge: Judge, gateway: Gateway) -> None:
    def crashes(body: Any) -> int | None:
        return 500 if isinstance(body, dict) and body.get("n") == 4 else None

    report = judge(gateway(status=crashes))
    outcomes = _outcomes(report)
    assert outcomes["makeImages/json/n/maximum"] is Outcome.NOT_TESTED
    assert outcomes["makeImages/json/n/minimum"] is Outcome.CONFORMS
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert report.unjudged == ("makeImages: status 500",)


def test_a_gateway_that_cannot_be_reached_is_not_judged(judge: Judge) -> None:
    calls = []

    def refuse(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        raise httpx.ConnectError("refused")

    report = judge(refuse)
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert any("ConnectError" in reason for reason in report.unjudged)
    assert len(calls) < 12


def test_without_what_may_be_billed_nothing_is_carried_out(judge: Judge, gateway: Gateway) -> None:
    made = gateway()
    report = judge(made, no_billable=True)
    assert report.billable == 0
    assert report.refusals_only
    assert report.exit_code is ExitCode.CONFORMS
    assert _outcomes(report)["makeImages/json/n/maximum"] is Outcome.CONFORMS


def test_the_bill_is_what_is_carried_out(judge: Judge, gateway: Gateway, tiny: Contract) -> None:
    made = gateway()
    report = judge(made)
    told = bill(tiny.operations)
    posts = [request for request in made.seen if request.method == "POST"]
    assert report.billable == told.to_be_carried_out
    assert len(posts) == told.to_be_carried_out + told.to_be_refused
    assert bill(tiny.operations, no_billable=True).to_be_carried_out == 0


def test_no_request_is_sent_twice(judge: Judge, gateway: Gateway) -> None:
    made = gateway()
    judge(made)
    sent = [
        (request.url, request.headers.get("authorization"), request.headers.get("content-type"), request.content)
        for request in made.seen
        if request.method == "POST"
    ]
    assert len(sent) == len(set(sent))


def test_only_the_operations_asked_for_are_judged(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(), operations={"getImage"})
    assert {verdict.operation for verdict in report.verdicts} == {"getImage"}


def test_parameters_are_tested_on_both_sides(judge: Judge, gateway: Gateway) -> None:
    outcomes = _outcomes(judge(gateway(), operations={"getImage"}))
    assert outcomes["getImage/path/id/minimum"] is Outcome.CONFORMS
    assert outcomes["getImage/query/tone/enum"] is Outcome.CONFORMS


def test_the_token_is_in_nothing_that_is_told(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(status=lambda body: 400 if body else None))
    assert report.findings
    assert "key-of-the-tests" not in repr(report)
    assert any("[token]" in finding.answer for finding in report.findings)


def test_user_name_and_password_of_a_url_are_not_told(tiny: Contract, gateway: Gateway) -> None:
    report = run(tiny, "https://me:secret@tiny.example/", None, transport=httpx.MockTransport(gateway()))
    assert "secret" not in repr(report)


def _outcomes(report: Report) -> dict[str, Outcome]:
    return {verdict.rule: verdict.outcome for verdict in report.verdicts}


_WITH_FILES = """
openapi: 3.1.1
info: {title: Files, version: "1"}
servers: [{url: "https://files.example"}]
x-documents: {page: {page: The page, level: documented}}
paths:
  /tags:
    post:
      operationId: tagImage
      tags: [images]
      x-source: {document: page}
      requestBody:
        required: true
        content: {image/*: {}, application/json: {schema: {type: object, properties: {url: {type: string}}}}}
      responses: {"204": {description: Done.}}
  /whole:
    post:
      operationId: enlargeImage
      tags: [images]
      x-source: {document: page}
      requestBody: {required: true, content: {image/png: {schema: {type: string, format: binary}}}}
      responses: {"204": {description: Done.}}
"""


def test_bodies_that_are_files_by_themselves_are_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "files.yaml").write_text(_WITH_FILES, encoding="utf-8")
    contract = load(tmp_path / "files.yaml")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    report = run(contract, "https://files.example", None, transport=httpx.MockTransport(answer))
    assert {request.url.path for request in seen} == {"/tags"}
    assert not any(request.headers["content-type"].startswith("image/") for request in seen)
    assert {verdict.outcome for verdict in report.verdicts if verdict.operation == "enlargeImage"} == {
        Outcome.NOT_TESTED
    }
    assert str(bill(contract.operations)).splitlines()[1:] == [
        "Not tested: tagImage with a body of image/*, which is a file by itself.",
        "Not tested: enlargeImage with a body of image/png, which is a file by itself.",
    ]
