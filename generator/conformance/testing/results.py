"""What a run found, as tests need it: by rule, and in a form that one process can hand to another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attrs import asdict, frozen

from generator.conformance.reports.conclusion import reasons
from generator.conformance.verdicts import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.conformance.verdicts import Finding, Report

_SHOWN = 500
"""Characters of an answer."""


class ConformanceWarning(UserWarning):
    """A gateway broke a rule that no page of the provider states."""


@frozen
class Result:
    """What is to be said of one rule.

    Attributes:
        outcome: The verdict's word.
        why: What to know of it.
        text: What was not as it should be, with all that shows it; "" if nothing was.
    """

    outcome: str
    why: str
    text: str


@frozen
class Results:
    """What is to be said of all rules.

    Attributes:
        rules: By rule.
        cost: What the run sent, in words.
        unjudged: What kept the gateway from being judged, in words; "" if nothing did.
    """

    rules: Mapping[str, Result]
    cost: str
    unjudged: str = ""

    @classmethod
    def of(cls, report: Report) -> Results:
        """What a report says."""
        texts: dict[str, list[str]] = {}
        for finding in report.findings:
            texts.setdefault(finding.rule, []).append("\n".join(_lines(finding)))
        rules = {
            each.rule: Result(each.outcome.value, each.why, "\n\n".join(texts.get(each.rule, ())))
            for each in report.verdicts
        }
        cost = (
            f"{report.requests} requests to {report.base_url}, {report.billable} of them carried out and so perhaps "
            f"billed, in {report.seconds:.1f} seconds"
        )
        told = [*([report.ended] if report.ended else ()), *reasons(report)]
        if not told and report.exit_code is ExitCode.NOT_JUDGED:
            told = ["no answer told of any rule"]
        return cls(rules, cost, "\n".join(told))

    @classmethod
    def read(cls, text: str) -> Results:
        """What another process wrote."""
        told = json.loads(text)
        rules = {rule: Result(**result) for rule, result in told["rules"].items()}
        return cls(rules, told["cost"], told["unjudged"])

    def written(self) -> str:
        """All of it as a text."""
        return json.dumps(asdict(self), ensure_ascii=True)


def _lines(finding: Finding) -> Iterator[str]:
    # Late: what makes the lines is needed only where something is wrong.
    from generator.conformance.reports.bodies import answer_in_words  # noqa: PLC0415
    from generator.conformance.reports.curl import as_curl  # noqa: PLC0415
    from generator.conformance.reports.shortening import without_files  # noqa: PLC0415
    from generator.conformance.reports.texts import one_line  # noqa: PLC0415

    answer = finding.exchange.answer
    yield f"{finding.rule} ({finding.level.value}): {finding.source}"
    yield f"  case      {one_line(finding.note, _SHOWN)}"
    yield f"  sent      {one_line(without_files(str(finding.exchange.request)), _SHOWN)}"
    yield f"  expected  {one_line(finding.expected, _SHOWN)}"
    yield f"  came      {one_line(finding.came, _SHOWN)}"
    if answer.body:
        yield f"  answer    {answer_in_words(answer, _SHOWN)}"
    yield as_curl(finding.exchange)
