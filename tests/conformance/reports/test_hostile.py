"""A gateway that means harm to whoever reads of it: every report stays what it is, and shows what came."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from generator.conformance.exchange import SeenImage
from generator.conformance.reports.har import HarReport
from generator.conformance.reports.html import as_html
from generator.conformance.reports.json_report import as_text
from generator.conformance.reports.junit import as_xml
from generator.conformance.reports.texts import written_out
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from pathlib import Path

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.hacked=5'></svg>"


def test_no_file_steers_the_terminal_that_it_is_shown_on(tmp_path: Path) -> None:
    report = runs.hostile()
    har = HarReport(tmp_path / "run.har")
    for event in runs.events(report):
        har(event)
    har.close()
    texts = {"har": (tmp_path / "run.har").read_text(encoding="utf-8"), "json": as_text(report, runs.HOSTILE)}
    texts |= {"html": as_html(report, runs.HOSTILE), "junit": as_xml(report, runs.HOSTILE)}
    for name, text in texts.items():
        assert UNSEEN.findall(text) == [], name
        assert len(text) < 1_000_000, name


def test_json_files_hold_no_half_pair_that_strict_readers_refuse(tmp_path: Path) -> None:
    found = runs.hostile().findings[0]
    odd = evolve(found, came="\ud800", exchange=evolve(found.exchange, answer=runs.answer(200, b'{"a": "\\ud800"}')))
    report = runs.report([], [odd])
    har = HarReport(tmp_path / "run.har")
    bad = evolve(odd.exchange, answer=evolve(odd.exchange.answer, headers={"x-\ud800": "\ud800"}, why="\udfff"))
    for event in runs.events(runs.report([], [evolve(odd, exchange=bad)])):
        har(event)
    har.close()

    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [*value, *(text for item in value.values() for text in texts(item))]
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        return [value] if isinstance(value, str) else []

    for text in (as_text(report, ""), (tmp_path / "run.har").read_text(encoding="utf-8")):
        assert [each for each in texts(json.loads(text)) if re.search("[\ud800-\udfff]", each)] == []
    told = json.loads(as_text(report, ""))["findings"][0]
    assert told["came"] == "\\ud800"
    assert told["answer"]["body"] == {"a": "\\ud800"}


@pytest.mark.parametrize("text", ["\x9b31m", "a\u202eb", "\x7f", "\\\x85", "\ufeff"])
def test_what_is_escaped_in_json_is_the_same_text_to_who_reads_it(text: str) -> None:
    written = written_out(json.dumps({text: [text]}, ensure_ascii=False))
    assert written.isascii()
    assert json.loads(written) == {text: [text]}


@pytest.mark.parametrize(
    ("data", "stated"),
    [
        (SVG, "image/svg+xml"),
        (SVG, "image/png"),
        (SVG, 'image/png"><script>'),
        (b"<html><script>window.hacked=7</script>", "image/webp"),
        (b"RIFF<script>window.hacked=7</script>", "image/webp"),
        (b"GIF8<script>window.hacked=7</script>", "image/gif"),
    ],
)
def test_an_image_is_shown_by_what_it_is_and_not_by_what_it_is_called(data: bytes, stated: str) -> None:
    seen = SeenImage(stated, 1, 1, data, "javascript:window.hacked=6")
    drawn = runs.exchange({"n": 7}, runs.answer(200, {}), images=[seen])
    page = as_html(runs.report([], [runs.finding(runs.RULES[9], drawn)]), "")
    assert "<img " not in page
    assert "not of a kind that is shown" in page
    assert 'href="javascript:' not in page


def test_an_image_under_another_name_is_shown_under_its_own() -> None:
    seen = SeenImage("image/svg+xml", 96, 64, runs.picture())
    drawn = runs.exchange({"n": 7}, runs.answer(200, {}), images=[seen])
    page = as_html(runs.report([], [runs.finding(runs.RULES[9], drawn)]), "")
    assert page.count('src="data:image/png;base64,') == page.count("<img ") == 1


def test_a_har_file_has_what_its_format_asks_for(tmp_path: Path) -> None:
    har = HarReport(tmp_path / "run.har")
    for event in runs.events(runs.hostile()):
        har(event)
    har.close()
    log = json.loads((tmp_path / "run.har").read_text(encoding="utf-8"))["log"]
    assert log["version"] == "1.2"
    assert log["creator"].keys() >= {"name", "version"}
    common = {"cookies", "headers", "httpVersion", "headersSize", "bodySize"}
    for entry in log["entries"]:
        assert entry.keys() >= {"startedDateTime", "time", "request", "response", "cache", "timings"}
        assert entry["request"].keys() >= {"method", "url", "queryString", *common}
        assert entry["response"].keys() >= {"status", "statusText", "content", "redirectURL", *common}
        assert entry["response"]["content"].keys() >= {"size", "mimeType"}
        for header in [*entry["request"]["headers"], *entry["response"]["headers"]]:
            assert {type(header["name"]), type(header["value"])} == {str}


def test_what_ci_shows_of_a_failure_holds_the_answer() -> None:
    root = ET.fromstring(as_xml(runs.hostile(), "").encode())  # noqa: S314  our own text
    texts = [str(element.text) for element in root.iter("failure")]
    assert any("answer:   status 200: {" in text and "</script>" in text for text in texts)
