"""A report as JUnit XML: a suite an operation, a case a rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from generator.conformance.reasons import joined
from generator.conformance.reports.bodies import answer_in_words
from generator.conformance.reports.conclusion import conclusion, in_short, notes, outcome_of, reasons
from generator.conformance.reports.curl import as_curl
from generator.conformance.reports.json_report import moment
from generator.conformance.reports.shortening import without_files
from generator.conformance.reports.texts import brief, one_line, visible
from generator.conformance.verdicts import ExitCode, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.conformance.reports.baseline import Baseline
    from generator.conformance.verdicts import Finding, Report, Verdict

_LONGEST: Final = 500  # characters of an attribute
_PART: Final = 160  # of each part of a message
_TOLD: Final = 1000  # of what is told in a text
_RUN: Final = "run"
# XML 1.0 can't carry these in any form.
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_xml(report: Report, suite: str, baseline: Baseline | None = None) -> str:
    """The report as an XML document.

    A rule that is violated is a failure, or skipped where the run of before showed the same; one that warns passes,
    with what was found as its output; one that is not tested or doesn't apply is skipped. A suite of its own says
    whether the run could judge at all, or is an error.

    Args:
        report: The report.
        suite: How well the suite itself does, in words.
        baseline: A run of before to compare with.
    """
    root = ET.Element("testsuites", {"name": _fit(f"conformance of {report.base_url} to {report.api}")})
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding)
    for operation in dict.fromkeys(verdict.operation for verdict in report.verdicts):
        verdicts = [verdict for verdict in report.verdicts if verdict.operation == operation]
        cases = [_case(report, verdict, found.get(verdict.rule, []), baseline) for verdict in verdicts]
        root.append(_suite(report, operation, cases))
    root.append(_suite(report, _RUN, [_run(report, suite, baseline)]))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(each.get(name, "0")) for each in root)))
    root.set("time", f"{report.seconds:.3f}")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(report: Report, name: str, cases: Sequence[ET.Element]) -> ET.Element:
    def count(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    suite = ET.Element(
        "testsuite",
        {
            "name": _fit(name),
            "tests": str(len(cases)),
            "failures": count("failure"),
            "errors": count("error"),
            "skipped": count("skipped"),
            "time": f"{sum(float(case.get('time', '0')) for case in cases):.3f}",
            "timestamp": moment(report.started).partition(".")[0],
            "hostname": _fit(report.base_url),
        },
    )
    suite.extend(cases)
    return suite


def _case(report: Report, verdict: Verdict, found: Sequence[Finding], baseline: Baseline | None) -> ET.Element:
    case = _testcase(report, verdict.operation, verdict.rule.removeprefix(f"{verdict.operation}/"), verdict.seconds)
    if baseline is not None and baseline.is_known(verdict, found):
        ET.SubElement(case, "skipped", {"message": "known: in the baseline"}).text = _fit(_told(found, verdict))
    elif verdict.outcome is Outcome.VIOLATES:
        # What is new is what fails the test.
        found = sorted(found, key=lambda each: (outcome_of(each) is not Outcome.VIOLATES, not _is_new(each, baseline)))
        message = _against(found[0]) if found else _short(verdict.why)
        failure = ET.SubElement(case, "failure", {"message": message, "type": Outcome.VIOLATES.value})
        failure.text = _fit(_told(found, verdict))
    elif verdict.outcome is Outcome.WARNS:
        ET.SubElement(case, "system-out").text = _fit(f"warns\n{_told(found, verdict)}")
    elif verdict.outcome in {Outcome.NOT_TESTED, Outcome.NOT_APPLICABLE}:
        ET.SubElement(case, "skipped", {"message": _short(f"{verdict.outcome}: {verdict.why}")})
    return case


def _is_new(finding: Finding, baseline: Baseline | None) -> bool:
    return baseline is None or baseline.is_new(finding)


def _against(finding: Finding) -> str:
    """What came beside what was expected, on one line."""
    about = f"{one_line(finding.note, _PART)} \u2192 " if finding.note else ""
    return _fit(f"{about}{one_line(finding.came, _PART)}, expected {one_line(in_short(finding.expected), _PART)}")


def _run(report: Report, suite: str, baseline: Baseline | None) -> ET.Element:
    comparison = baseline.compare(report) if baseline is not None else None
    untested = [f"no longer tested: {words}" for words in comparison.untested] if comparison is not None else []
    case = _testcase(report, _RUN, "the gateway could be judged", 0)
    noted = [f"{kind}: {brief(words)}" for kind, words in notes(report)]
    told = "\n".join([conclusion(report, comparison), *noted, *untested, suite])
    incomplete = report.exit_code is ExitCode.NOT_JUDGED or report.ended or report.unjudged
    if incomplete:
        why = report.ended or joined(reasons(report)) or "no answer could be judged"
        ET.SubElement(case, "error", {"message": _short(why), "type": "not judged"}).text = _fit(told)
    else:
        ET.SubElement(case, "system-out").text = _fit(told)
    return case


def _testcase(report: Report, operation: str, name: str, seconds: float) -> ET.Element:
    named = {"classname": _fit(f"{report.api}.{operation}"), "name": _fit(name), "time": f"{seconds:.3f}"}
    return ET.Element("testcase", named)


def _told(findings: Iterable[Finding], verdict: Verdict) -> str:
    return "\n\n".join(map(finding_text, findings)) or f"{verdict.rule} ({brief(verdict.source)})\n{brief(verdict.why)}"


def finding_text(finding: Finding) -> str:
    """A finding in some lines of plain text: what is needed to fix it."""
    return "\n".join(
        [
            f"{finding.rule} ({finding.level})",
            f"document: {one_line(finding.source, _TOLD)}",
            f"about:    {one_line(finding.note, _TOLD)}",
            f"sent:     {one_line(without_files(str(finding.exchange.request)), _TOLD)}",
            f"came:     {one_line(finding.came, _TOLD)}",
            f"answer:   {answer_in_words(finding.exchange.answer, _TOLD)}",
            f"expected: {one_line(finding.expected, _TOLD)}",
            as_curl(finding.exchange),
        ]
    )


def _short(text: str) -> str:
    return _fit(one_line(text, _LONGEST))


def _fit(text: str) -> str:
    """A text with what can't be seen written out, and U+FFFD for each other character that XML can't carry."""
    return _UNFIT.sub("�", visible(text))
