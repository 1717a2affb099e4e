"""A run beside one of before: only what is new counts."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from generator.conformance.reports import reporters
from generator.conformance.reports.baseline import BaselineError, read_baseline
from generator.conformance.reports.files import write_whole
from generator.conformance.reports.json_report import as_text
from generator.conformance.verdicts import ExitCode, Outcome
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from pathlib import Path

    from generator.conformance.reports.baseline import Baseline
    from generator.conformance.verdicts import Report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "before.json"


def before(report: Report, path: Path) -> Baseline:
    write_whole(path, as_text(report, ""))
    return read_baseline(path, "powertokens")


def test_the_same_faults_again_are_no_news(path: Path) -> None:
    report = runs.violating()
    compared = before(report, path).compare(report)
    assert (compared.new, compared.gone, compared.worse, compared.better) == ((), (), (), ())
    assert report.exit_code is ExitCode.VIOLATES
    assert compared.exit_code is ExitCode.CONFORMS


def test_every_file_says_what_the_baseline_leaves_of_a_run(path: Path, tmp_path: Path) -> None:
    report = runs.violating()
    told, junit, page = (tmp_path / name for name in ("now.json", "now.xml", "now.html"))
    baseline = before(report, path)
    stream = io.StringIO()
    with reporters(json_file=told, junit_file=junit, html_file=page, baseline=baseline, stream=stream) as observe:
        for event in runs.events(report):
            observe(event)
    assert json.loads(told.read_text(encoding="utf-8"))["exit_code"] == baseline.compare(report).exit_code == 0
    assert 'failures="0"' in junit.read_text(encoding="utf-8").splitlines()[1]
    assert "No new violations; 2 known." in page.read_text(encoding="utf-8")
    assert stream.getvalue().splitlines()[-1] == "No new violations; 2 known."


def test_what_is_not_tried_any_more_is_lost_and_changes_no_exit_code(path: Path) -> None:
    report = runs.conforming()
    baseline = before(report, path)
    untold = [runs.verdict(rule, Outcome.NOT_TESTED, "budget") for rule in runs.RULES[:5]]
    compared = baseline.compare(evolve(report, verdicts=(*untold, *report.verdicts[5:])))
    assert compared.untested == ("5 rules (conformed before)",)
    assert [str(change) for change in compared.lost[:1]] == [f"{runs.RULES[0]}: conforms before, not tested now"]
    assert compared.exit_code is ExitCode.CONFORMS
    assert baseline.compare(report).lost == ()


def test_a_new_violation_counts(path: Path) -> None:
    report = runs.violating()
    compared = before(runs.conforming(), path).compare(report)
    assert len(compared.new) == 4
    assert {change.rule for change in compared.worse} == {finding.rule for finding in report.findings}
    assert compared.exit_code is ExitCode.VIOLATES


def test_a_new_warning_does_not(path: Path) -> None:
    report = runs.violating()
    without = evolve(report, findings=tuple(each for each in report.findings if each.level != "assumed"))
    compared = before(without, path).compare(report)
    assert [finding.rule for finding in compared.new] == [runs.RULES[1]]
    assert compared.exit_code is ExitCode.CONFORMS


def test_a_known_rule_broken_by_another_case_is_new(path: Path) -> None:
    report = runs.violating()
    other = evolve(report.findings[2], case="generateImages/prompt/n/maximum: n: 100")
    compared = before(report, path).compare(evolve(report, findings=(*report.findings, other)))
    assert compared.new == (other,)
    assert compared.exit_code is ExitCode.VIOLATES


def test_what_the_search_finds_is_known_by_its_rule(path: Path) -> None:
    report = runs.violating()
    found = evolve(report, findings=(evolve(report.findings[2], case="search, --seed 1"),))
    for case in ("search, --seed 2", "search seed 2", "search"):
        again = evolve(report, findings=(evolve(report.findings[2], case=case),))
        assert before(found, path).compare(again).new == ()
    other = evolve(report, findings=(evolve(report.findings[2], case="search/prompt/n/maximum: n: 7"),))
    assert len(before(found, path).compare(other).new) == 1


def test_a_warning_that_became_a_violation_is_new(path: Path) -> None:
    report = runs.violating()
    milder = evolve(report, findings=(evolve(report.findings[2], level=report.findings[0].level),))
    compared = before(milder, path).compare(evolve(report, findings=(report.findings[2],)))
    assert compared.exit_code is ExitCode.VIOLATES


def test_a_violation_without_a_finding_of_its_own_counts(path: Path) -> None:
    report = runs.conforming()
    worse = evolve(report, verdicts=(runs.verdict(runs.RULES[0], Outcome.VIOLATES), *report.verdicts[1:]))
    assert before(report, path).compare(worse).exit_code is ExitCode.VIOLATES
    assert before(worse, path).compare(worse).exit_code is ExitCode.CONFORMS


def test_what_is_mended_is_gone_and_what_was_not_tried_is_not(path: Path) -> None:
    baseline = before(runs.violating(), path)
    mended = baseline.compare(runs.conforming())
    assert {rule for rule, _ in mended.gone} == {runs.RULES[1], runs.RULES[9], runs.RULES[13]}
    assert {change.rule for change in mended.better} >= {runs.RULES[9], runs.RULES[13]}
    assert str(mended) == "Against the baseline: 0 new findings, 3 findings gone. There are no new violations."
    untried = baseline.compare(runs.ended_early())
    assert untried.gone == ()
    assert untried.exit_code is ExitCode.NOT_JUDGED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not JSON", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "is JSON, but no report"),
        ("{}", "is JSON, but no report"),
        ('{"api": "powertokens", "findings": [1], "rules": []}', "is JSON, but no report"),
        ('{"api": "powertokens", "findings": [], "rules": [{"id": "x", "verdict": "good"}]}', "is JSON, but no report"),
        ('{"api": "venice", "findings": [], "rules": []}', "is a report on venice, this run is on powertokens"),
    ],
)
def test_a_file_that_is_no_report_is_told(path: Path, text: str, told: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=told) as error:
        read_baseline(path, "powertokens")
    assert str(path) in str(error.value)


def test_a_file_that_cannot_be_read_is_told(path: Path) -> None:
    with pytest.raises(BaselineError, match=r"can't be read: No such file or directory\. Write one with --json"):
        read_baseline(path, "powertokens")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BaselineError, match="is no JSON"):
        read_baseline(path, "powertokens")


def test_the_json_report_is_what_is_read(path: Path) -> None:
    baseline = before(runs.hostile(), path)
    assert json.loads(path.read_text(encoding="utf-8"))["api"] == "powertokens"
    assert len(baseline.verdicts) == len(runs.RULES) + 1
