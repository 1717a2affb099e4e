"""Tells a report: as a table for people, as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from attrs import asdict
from rich.table import Table
from rich.text import Text

from generator.conformance.verdicts import ExitCode, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from generator.conformance.verdicts import Finding, Report

_STYLES = {
    Outcome.CONFORMS: "green",
    Outcome.VIOLATES: "bold red",
    Outcome.WARNS: "yellow",
    Outcome.NOT_TESTED: "dim",
    Outcome.NOT_APPLICABLE: "dim",
}
_CONCLUSIONS = {
    ExitCode.CONFORMS: "The gateway conforms.",
    ExitCode.VIOLATES: "The gateway violates documented rules.",
    ExitCode.NOT_JUDGED: "The gateway couldn't be judged in full:",
}


def as_json(report: Report) -> str:
    """A report as a JSON object, all of it."""
    told = {**asdict(report), "exit_code": int(report.exit_code), "counts": counts(report)}
    return json.dumps(told, ensure_ascii=False, indent=2)


def counts(report: Report) -> dict[str, int]:
    """How many rules have each outcome."""
    outcomes = [verdict.outcome for verdict in report.verdicts]
    return {outcome.value: outcomes.count(outcome) for outcome in Outcome}


def print_report(report: Report, console: Console) -> None:
    """Print a report: a table an operation, then the findings, then what it all comes to.

    Args:
        report: The report.
        console: Where to print.
    """
    for operation in dict.fromkeys(verdict.operation for verdict in report.verdicts):
        console.print(_table(report, operation))
    for finding in report.findings:
        console.print(Text("\n").join(_finding(finding)))
    console.print(
        Text(
            f"{report.requests} requests to {report.base_url}, {report.billable} of them carried out and so "
            f"perhaps billed, in {report.seconds:.1f} seconds."
        )
    )
    console.print(Text(", ".join(f"{count} {outcome}" for outcome, count in counts(report).items() if count)))
    if report.refusals_only:
        console.print(Text("Only what must be refused was sent, and what is never billed."))
    console.print(Text(_CONCLUSIONS[report.exit_code]))
    for reason in report.unjudged:
        console.print(Text(f"  {reason}"))


def _table(report: Report, operation: str) -> Table:
    table = Table(title=operation, title_justify="left")
    for heading in ("verdict", "rule", "level", "told", "why"):
        table.add_column(heading, overflow="fold")
    untested: Counter[str] = Counter()
    for verdict in report.verdicts:
        if verdict.operation != operation:
            continue
        if verdict.outcome is Outcome.NOT_TESTED:
            untested[verdict.why] += 1
            continue
        table.add_row(
            Text(verdict.outcome.value, _STYLES[verdict.outcome]),
            Text(verdict.rule.removeprefix(f"{operation}/")),
            Text(verdict.level.value),
            Text(f"{verdict.told} of {verdict.tried}"),
            Text(verdict.why),
        )
    for why, count in untested.items():
        style = _STYLES[Outcome.NOT_TESTED]
        table.add_row(
            Text(Outcome.NOT_TESTED.value, style), Text(f"{count} rule{'' if count == 1 else 's'}"), "", "", Text(why)
        )
    return table


def _finding(finding: Finding) -> Iterator[Text]:
    yield Text(f"{finding.rule} ({finding.level.value})", "bold")
    yield Text(f"  sent      {finding.request}")
    yield Text(f"  came      {finding.answer}")
    yield Text(f"  expected  {finding.expected}")
