"""The JSON report keeps to its schema, and everything in it is documented there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from generator.conformance import reports as package
from generator.conformance.exchange import Answer
from generator.conformance.reports.baseline import Baseline
from generator.conformance.reports.conclusion import outcome_of
from generator.conformance.reports.json_report import as_json, as_text
from generator.conformance.verdicts import Outcome, Report
from tests.conformance.reports import runs

SCHEMA: dict[str, Any] = json.loads(
    (Path(str(package.__file__)).parent / "report.schema.json").read_text(encoding="utf-8")
)
NAMES = [
    *("verdict", "exit_code", "api", "base_url", "started", "seconds", "requests", "billable", "images", "plan"),
    *("counts", "rules", "findings", "unjudged", "flaky", "ended", "searched", "seed", "suite", "baseline"),
]


def told(report: Report) -> dict[str, Any]:
    text = as_text(report, "the suite's line")
    parsed: dict[str, Any] = json.loads(text.encode("utf-8", "backslashreplace"), parse_constant=pytest.fail)
    return parsed


def test_a_report_keeps_to_the_schema(any_report: Report) -> None:
    judge = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
    assert [(error.instance_path, error.message) for error in judge.iter_errors(told(any_report))] == []


def test_the_names_are_those_that_others_rely_on() -> None:
    assert list(told(runs.conforming())) == NAMES
    assert list(SCHEMA["properties"]) == NAMES


def test_whatever_is_in_a_report_is_documented() -> None:
    def objects(schema: dict[str, Any], place: str) -> None:
        if schema.get("type") == "object" and "properties" in schema:
            assert schema["additionalProperties"] is False, place
        for name, inner in schema.get("properties", {}).items():
            assert inner["description"].endswith((".", '"')), f"{place}/{name}"
            objects(inner, f"{place}/{name}")
        if "items" in schema:
            objects(schema["items"], f"{place}/-")

    objects(SCHEMA, "")
    objects(SCHEMA["$defs"]["part"], "part")


def test_a_baseline_marks_findings_and_decides_the_exit_code() -> None:
    report = runs.violating()
    findings = {(each.rule, each.case): outcome_of(each) for each in report.findings}
    judge = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
    known = as_json(report, "", Baseline({**findings, ("a/b/call", "x"): Outcome.WARNS}, {"a/c": Outcome.CONFORMS}))
    assert (known["verdict"], known["exit_code"]) == ("violates", 0)
    assert {each["standing"] for each in known["findings"]} == {"known"}
    assert known["baseline"] == {
        "new": 0,
        "known": [runs.RULES[9], runs.RULES[13]],
        "gone": [],
        "worse": [],
        "better": [],
        "no_longer_tested": [{"rule": "a/c", "was": "conforms", "now": "not tested"}],
    }
    first = report.findings[2]
    others = {key: outcome for key, outcome in findings.items() if key != (first.rule, first.case)}
    told = as_json(report, "", Baseline(others, {runs.RULES[0]: Outcome.VIOLATES, runs.RULES[9]: Outcome.CONFORMS}))
    assert [each["rule"] for each in told["findings"] if each["standing"] == "new"] == [first.rule]
    assert (told["exit_code"], told["baseline"]["new"]) == (1, 1)
    for each in (known, told):
        assert [error.message for error in judge.iter_errors(each)] == []
    assert {each["standing"] for each in as_json(report, "")["findings"]} == {None}


@pytest.mark.parametrize(
    "damage",
    [
        {"verdict": "perhaps"},
        {"extra": 1},
        {"exit_code": 3},
        {"started": "yesterday"},
        {"rules": [{"id": "x"}]},
        {"counts": {}},
    ],
)
def test_the_schema_refuses_what_is_no_report(damage: dict[str, Any]) -> None:
    judge = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
    assert not judge.is_valid({**told(runs.conforming()), **damage})


def test_the_verdicts_of_runs() -> None:
    found = {name: told(getattr(runs, name)()) for name in ("conforming", "violating", "ended_early")}
    assert [(each["verdict"], each["exit_code"]) for each in found.values()] == [
        ("conforms", 0),
        ("violates", 1),
        ("not judged", 2),
    ]
    assert found["violating"]["counts"] == {
        "conforms": 11,
        "violates": 2,
        "warns": 2,
        "not tested": 2,
        "not applicable": 0,
    }
    assert [each["verdict"] for each in found["violating"]["findings"]] == ["violates", "violates", "warns", "warns"]
    assert found["violating"]["started"] == "2026-11-18T11:06:40.000+00:00"


def test_a_finding_is_enough_to_fix_the_fault() -> None:
    first, _, form, raw = told(runs.violating())["findings"]
    assert first["request"]["body"]["seed"] == 0
    assert first["request"]["body"]["watermark"] is False
    assert first["request"]["headers"]["authorization"] == "Bearer [token]"
    assert first["answer"]["body"]["data"][0]["b64_json"].endswith("… (4,012 characters)")
    assert len(first["answer"]["body"]["data"][0]["b64_json"]) < 100
    parts = form["request"]["body"]
    assert [part["name"] for part in parts] == ["model", "prompt", "image", "image", "n"]
    assert parts[2].keys() == {"name", "media_type", "bytes", "sha256"}
    assert parts[4] == {"name": "n", "value": 2}
    assert form["answer"]["body"] == "<html>Oh no</html>"
    assert raw["request"]["body"] == '{"model": '


@pytest.mark.parametrize(
    ("body", "media_type", "shown"),
    [
        (b'{"a": NaN}', "application/json", '{"a": NaN}'),
        (b"[" * 9000, "application/json", "[" * 4000 + "… (9,000 characters)"),
        (b"[" * 90 + b"]" * 90, "application/json", "[" * 90 + "]" * 90),
        (runs.picture(), "application/json", f"image/png, {len(runs.picture())} bytes"),
        (b"\x00\x01", "", "no media type, 2 bytes"),
        (b"\xff text", "text/plain", "\ufffd text"),
        (b"", "text/plain", None),
        (b"null", "application/json", None),
    ],
)
def test_bodies_that_are_no_json_are_told_as_what_they_are(body: bytes, media_type: str, shown: Any) -> None:
    came = runs.answer(200, body, media_type)
    report = runs.report([], [runs.finding(runs.RULES[9], runs.exchange({"n": 7}, came))])
    assert told(report)["findings"][0]["answer"]["body"] == shown


def test_a_body_of_which_only_the_beginning_is_known_says_so() -> None:
    came = Answer(200, {"content-type": "application/json"}, b'{"data": [', 9_000_000, 1.0)
    report = runs.report([], [runs.finding(runs.RULES[9], runs.exchange({"n": 7}, came))])
    assert told(report)["findings"][0]["answer"]["body"] == '{"data": [… (9,000,000 bytes)'


def test_an_answer_from_which_a_secret_was_taken_is_json_still() -> None:
    came = Answer(400, {"content-type": "application/json"}, b'{"error": "no such key: [token]"}', 80, 1.0)
    report = runs.report([], [runs.finding(runs.RULES[9], runs.exchange({"n": 7}, came))])
    assert told(report)["findings"][0]["answer"]["body"] == {"error": "no such key: [token]"}


def test_a_long_prompt_is_told_whole_for_its_length_is_what_matters() -> None:
    report = runs.report([], [runs.finding(runs.RULES[6], runs.exchange({"prompt": "a" * 804}, runs.answer(200, {})))])
    (found,) = as_json(report, "")["findings"]
    assert found["request"]["body"] == {"prompt": "a" * 804}
    assert "a" * 804 in found["request"]["curl"]


def test_every_verdict_has_a_count() -> None:
    assert set(told(runs.ended_early())["counts"]) == {outcome.value for outcome in Outcome}
