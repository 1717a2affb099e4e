"""JUnit XML as CI services read it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from attrs import evolve

from generator.conformance.reports.baseline import Baseline
from generator.conformance.reports.conclusion import outcome_of
from generator.conformance.reports.junit import as_xml
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from generator.conformance.verdicts import Report

# The essentials of the schema that Jenkins, GitLab and GitHub's actions agree upon.
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"},
    "testcase": {"classname", "name", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set[str](),
}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def parsed(report: Report, baseline: Baseline | None = None) -> ET.Element:
    return ET.fromstring(as_xml(report, "the suite's line", baseline).encode())  # noqa: S314  our own text


def test_it_keeps_to_the_schemas_essentials(any_report: Report) -> None:
    root = parsed(any_report)
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) == ATTRIBUTES[element.tag], element.tag
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        if element.tag == "testcase":
            assert len(element) <= 1
        for name in {"tests", "failures", "errors", "skipped"} & set(element.attrib):
            tag = {"tests": "testcase", "failures": "failure", "errors": "error"}.get(name, name)
            assert int(element.attrib[name]) == sum(1 for _ in element.iter(tag)), name
        for name in {"time"} & set(element.attrib):
            assert float(element.attrib[name]) >= 0
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(names) == len(set(names)) == len(any_report.verdicts) + 1


def test_a_suite_an_operation_and_a_case_a_rule() -> None:
    root = parsed(runs.violating())
    assert [suite.get("name") for suite in root] == ["generateImages", "editImages", "run"]
    cases = {f"{case.get('classname')} {case.get('name')}": case for case in root.iter("testcase")}
    broken = cases["powertokens.generateImages prompt/n/maximum"][0]
    assert (broken.tag, broken.get("type")) == ("failure", "violates")
    assert broken.get("message") == "n: 7 → status 200, and 1 image, expected a refusal, 400"
    assert "curl -sS" in str(broken.text)
    assert "expected: a refusal, 400" in str(broken.text)
    warned = cases["powertokens.editImages multipart/image.-/x-image"][0]
    assert warned.tag == "system-out"
    assert str(warned.text).startswith("warns\neditImages/multipart/image.-/x-image (published)")
    untested = cases["powertokens.generateImages prompt/size/pattern"][0]
    assert untested.get("message") == "not tested: each of 2 requests ended in status 503"
    assert len(cases["powertokens.generateImages prompt/n/type"]) == 0
    # A kept rule's requests took their time as well.
    times = [cases[f"powertokens.generateImages prompt/{name}"].get("time") for name in ("n/type", "size/pattern")]
    assert times == ["0.500", "0.000"]
    assert root.get("failures") == "2"
    assert root.get("errors") == "0"


def test_a_message_says_what_was_tried_what_came_and_what_should_have() -> None:
    refusal = "a refusal: 400, 413, 415, 422 or another 4xx that finds fault with it"
    report = runs.violating()
    told = evolve(report.findings[2], came="status 200", expected=refusal)
    (failure, _) = parsed(evolve(report, findings=(told,))).iter("failure")
    assert failure.get("message") == "n: 7 → status 200, expected a refusal"
    assert refusal in str(failure.text)


def test_what_the_baseline_knows_is_skipped() -> None:
    report = runs.violating()
    findings = {(each.rule, each.case): outcome_of(each) for each in report.findings}
    root = parsed(report, Baseline(findings, {}))
    known = [case for case in root.iter("skipped") if case.get("message") == "known: in the baseline"]
    assert root.get("failures") == "0"
    assert len(known) == 2
    assert "curl -sS" in str(known[0].text)
    (said,) = (case for case in root.iter("testcase") if case.get("name") == "the gateway could be judged")
    assert str(said[0].text).startswith("No new violations; 2 known.")


def test_a_known_rule_fails_by_what_is_new_of_it() -> None:
    report = runs.violating()
    other = evolve(report.findings[2], case="another", note="n: 100")
    findings = {(each.rule, each.case): outcome_of(each) for each in report.findings}
    root = parsed(evolve(report, findings=(*report.findings, other)), Baseline(findings, {}))
    (failure,) = root.iter("failure")
    assert str(failure.get("message")).startswith("n: 100 → ")


def test_a_run_that_judged_nothing_is_an_error() -> None:
    root = parsed(runs.ended_early())
    (error,) = root.iter("error")
    assert error.get("message") == "The gateway refused the token: status 401."
    assert "three times" in str(error.text)
    assert parsed(runs.conforming()).get("errors") == "0"
    (said,) = parsed(runs.conforming()).iter("system-out")
    assert str(said.text) == "The gateway conforms.\nthe suite's line"


def test_what_xml_cannot_carry_is_replaced() -> None:
    text = as_xml(runs.hostile(), "")
    assert not set(text) & {"\x1b", "\x00", "\ufffe", "\ud800"}
    texts = [str(element.text) for element in parsed(runs.hostile()).iter("failure")]
    assert any("<script>" in each for each in texts)
