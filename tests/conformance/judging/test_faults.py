"""Each fault of a gateway is found, and named by the rule that it breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from generator.conformance import ExitCode, Outcome, Report
from generator.spec import Level
from tests.conformance.outcomes import outcomes_of

Judge = Callable[..., Report]
Gateway = Callable[..., Any]


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
        ({"alter": _set("model", of='"bigx"', to="big")}, "model/enum"),
        ({"alter": lambda body: {"model": "big", **body}}, "model/required"),
        ({"alter": lambda body: {**body, "prompt": str(body.get("prompt"))[:9]}}, "prompt/maxLength"),
        ({"alter": _set("size", of='"4*"', to="4*4")}, "size/pattern"),
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
    violated = {name for name, outcome in outcomes_of(report).items() if outcome is Outcome.VIOLATES}
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
    assert outcomes_of(report)[f"makeImages/answer-200/{rule}"] is Outcome.VIOLATES
    assert report.exit_code is ExitCode.VIOLATES


def test_a_link_that_leads_nowhere_is_a_warning(judge: Judge, gateway: Gateway) -> None:
    image = {"url": "https://tiny.example/images/none"}
    report = judge(gateway(answers=lambda answer: {"data": [image] * len(answer["data"])}))
    assert outcomes_of(report)["makeImages/answer-200/url/fetched"] is Outcome.WARNS


def test_a_fault_against_an_assumed_rule_is_a_warning(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(alter=lambda body: {key: value for key, value in body.items() if key != "note"}))
    assert outcomes_of(report)["makeImages/json/note/maxLength"] is Outcome.WARNS
    assert report.exit_code is ExitCode.CONFORMS
    assert {finding.level for finding in report.findings} == {Level.ASSUMED}
