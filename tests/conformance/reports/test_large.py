"""Reports of a gateway that says much: each stays small, and tells what was cut."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from rich.console import Console

from generator.conformance.exchange import Answer, SeenImage
from generator.conformance.reports.bodies import answer_body, request_body
from generator.conformance.reports.har import HarReport
from generator.conformance.reports.headers import told_headers
from generator.conformance.reports.html import as_html
from generator.conformance.reports.json_report import as_text
from generator.conformance.reports.junit import as_xml
from generator.conformance.reports.pretty import indented
from generator.conformance.reports.terminal import Terminal
from generator.conformance.verdicts import Outcome
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.conformance.verdicts import Report

KEPT = 64 * 1024  # bytes of a body that come to a report
BODIES = {
    "brackets that are never closed": b"[" * KEPT,
    "lists in lists": b"[" * (KEPT // 2) + b"]" * (KEPT // 2),
    "short lists in lists": json.dumps([[[[[1]]]]] * 5000).encode(),
    "lists as deep as is told, side by side": json.dumps([json.loads("[" * 22 + "1" + "]" * 22)] * 1300).encode(),
    "numbers": json.dumps(list(range(10_000))).encode(),
    "one line of many fields": json.dumps({f"name-{n}": [n, {"a": None}] for n in range(1800)}).encode(),
    "long names": json.dumps({"x" * 3900 + str(n): n for n in range(16)}).encode(),
    "long texts": json.dumps(['\\"<&\n' * 700] * 16).encode(),
    "control characters": json.dumps(["\x1b" * 60] * 180).encode(),
    "lines of text": b"<p>oh</p>\n" * 6500,
    "one word": b"x" * KEPT,
    "digits": b"[" + b"9" * 60_000 + b"]",
}


def shown(body: bytes, length: int = 0) -> Any:
    return answer_body(Answer(200, {"content-type": "application/json"}, body, length or len(body)))


def sizes(report: Report, folder: Path) -> dict[str, int]:
    """How many bytes each report of a run has."""
    har = HarReport(folder / "run.har")
    stream = io.StringIO()
    terminal = Terminal(Console(file=stream, width=80))
    for event in runs.events(report):
        har(event)
        terminal(event)
    har.close()
    texts = {"html": as_html(report, ""), "json": as_text(report, ""), "junit": as_xml(report, "")}
    texts["terminal"] = stream.getvalue()
    return {"har": (folder / "run.har").stat().st_size, **{name: len(text.encode()) for name, text in texts.items()}}


def report_of(bodies: Sequence[bytes], rules: int) -> Report:
    """A run with a finding for each body, and as many rules."""
    findings = [runs.finding(runs.RULES[9], runs.exchange({"n": 7}, runs.answer(200, body))) for body in bodies]
    verdicts = [runs.verdict(f"generateImages/prompt/field-{n}/maximum", Outcome.CONFORMS) for n in range(rules - 1)]
    return runs.report([*verdicts, runs.verdict(runs.RULES[9], Outcome.VIOLATES)], findings)


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_many_findings_with_large_bodies_stay_small(body: bytes, tmp_path: Path) -> None:
    found = sizes(report_of([body + b" " * number for number in range(50)], 10), tmp_path)
    assert found["html"] < 2_500_000
    assert found["json"] < 2_000_000
    assert found["har"] < 1_500_000
    assert found["junit"] < 200_000
    assert found["terminal"] < 20_000


def test_a_run_of_many_rules_and_findings_stays_small(tmp_path: Path) -> None:
    bodies = [body + b" " * number for number in range(25) for body in BODIES.values()]
    found = sizes(report_of(bodies, 2000), tmp_path)
    assert sum(found.values()) < 25_000_000
    assert found["html"] < 10_000_000


def test_of_a_long_list_the_first_are_told_and_how_many_are_not() -> None:
    told = shown(json.dumps({"data": list(range(10_000)), "usage": 1}).encode())
    *numbers, rest = told["data"]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > 400
    assert rest == f"… ({10_000 - len(numbers):,} more)"
    assert told["…"] == "(1 more)"


def test_a_long_prompt_leaves_room_for_the_fields_after_it() -> None:
    body = {"prompt": "猫" * 3900, "negative_prompt": "b" * 500, "n": 7, "messages": [{"text": "c" * 3900}], "seed": 0}
    assert request_body(runs.exchange(body, runs.answer(200, {}))) == body


def test_what_is_too_deep_or_has_too_long_names_is_told_as_text() -> None:
    deep = "[" * 30 + "]" * 30
    assert shown(deep.encode()) == deep
    named = json.dumps({"n" * 201: 1})
    assert shown(named.encode()) == named


def test_a_number_that_python_cannot_hold_is_told_as_it_came() -> None:
    assert shown(b'{"n": 1e999}') == '{"n": 1e999}'


def test_of_images_in_a_body_that_is_cut_only_the_beginning_is_told() -> None:
    data = b'{"created": 1, "data": [{"b64_json": "iVBORw0KGgo' + b"A" * 50_000
    assert shown(data, 9_000_000) == (
        '{"created": 1, "data": [{"b64_json": "iVBORw0KGgoAAAAAAAAAAAAAAAAAAAAA… (9,000,000 bytes)'
    )
    whole = data + b'"}, oh'
    assert shown(whole) == (
        '{"created": 1, "data": [{"b64_json": "iVBORw0KGgoAAAAAAAAAAAAAAAAAAAAA… (50,011 characters)"}, oh'
    )


def test_the_whole_length_is_told() -> None:
    came = evolve(runs.answer(200, BODIES["numbers"]), length=9_000_000)
    report = runs.report([], [runs.finding(runs.RULES[9], runs.exchange({"n": 7}, came))])
    (found,) = json.loads(as_text(report, ""))["findings"]
    assert (found["request"]["bytes"], found["answer"]["bytes"]) == (7, 9_000_000)
    assert "application/json, 9,000,000 bytes" in as_html(report, "")


def test_headers_are_cut_and_say_so() -> None:
    many = {f"x-{number}": "a" for number in range(103)}
    assert list(told_headers(many))[-2:] == ["x-99", "…"]
    assert told_headers(many)["…"] == "(3 more)"
    assert told_headers({"x": "a" * 1_000_000}) == {"x": f"{'a' * 1000}… (1,000,000 characters)"}
    assert told_headers({"x": "a" * 1000}) == {"x": "a" * 1000}


def test_a_page_holds_no_more_images_than_it_should() -> None:
    seen = SeenImage("image/png", 96, 64, runs.picture() + b"\x00" * 1_000_000)
    drawn = runs.finding(runs.RULES[9], runs.exchange({"n": 7}, runs.answer(200, {}), images=[seen] * 4))
    page = as_html(runs.report([], [drawn] * 5), "")
    assert page.count("<img ") == 7
    assert page.count("left out: the report is large enough") == 13


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({"model": "m", "n": 7}, ["{", '  "model": "m",', '  "n": 7', "}"]),
        ({"box": [[1, 2], [3, 4]]}, ["{", '  "box": [[1, 2], [3, 4]]', "}"]),
        ({"data": [{"url": "a"}, {}]}, ["{", '  "data": [{"url": "a"}, {}]', "}"]),
        (["a" * 40, ["b" * 80]], ["[", f'  "{"a" * 40}",', "  [", f'    "{"b" * 80}"', "  ]", "]"]),
        ([], ["[]"]),
        (None, ["null"]),
    ],
)
def test_json_is_indented_where_it_is_long(value: Any, lines: list[str]) -> None:
    assert indented(value).splitlines() == lines
    assert json.loads(indented(value)) == value
