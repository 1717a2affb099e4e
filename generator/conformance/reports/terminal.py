"""What a run tells on the terminal: the plan, how far it is, and in the end all that was found."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Final, TextIO

from rich.console import Console
from rich.text import Text

from generator.conformance.events import Ended, Planned
from generator.conformance.reports.bodies import answer_in_words, without_files
from generator.conformance.reports.conclusion import conclusion, in_order, notes, outcome_of, spent
from generator.conformance.reports.curl import as_curl
from generator.conformance.reports.progress import LiveLine, PlainLines
from generator.conformance.reports.tables import STYLES, print_rules
from generator.conformance.reports.texts import one_line, plural, visible
from generator.conformance.verdicts import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.conformance.events import Event
    from generator.conformance.plan import Plan
    from generator.conformance.reports.baseline import Baseline
    from generator.conformance.reports.progress import Progress
    from generator.conformance.verdicts import Finding, Report

WIDTH: Final = 200
"""Columns where no terminal says how many it has."""

_SHOWN: Final = 3  # findings of one rule, unless all are asked for
_LONGEST: Final = 300  # characters of what was sent and what came
_CONCLUDED: Final = {ExitCode.CONFORMS: "bold green", ExitCode.VIOLATES: "bold red", ExitCode.NOT_JUDGED: "bold yellow"}


def console_on(stream: TextIO) -> Console:
    """A console; signs that the stream's encoding lacks are written out instead of ending the run.

    Args:
        stream: Where to print.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)


class Terminal:
    """Prints.

    Args:
        console: Where to.
        live: Whether a line may change after it was printed.
        verbose: Whether each rule is told, also those that are kept or not tested.
        suite: How well the suite itself does, in words.
        baseline: A run of before to compare with.
        words: Tells a rule's id in words; "" if it can't.
    """

    def __init__(
        self,
        console: Console,
        *,
        live: bool = False,
        verbose: bool = False,
        suite: str = "",
        baseline: Baseline | None = None,
        words: Callable[[str], str] = lambda _: "",
    ) -> None:
        self._console = console
        self._progress: Progress = LiveLine(console) if live else PlainLines(console)
        self._verbose = verbose
        self._suite = suite
        self._baseline = baseline
        self._words = words

    def __call__(self, event: Event) -> None:
        """Take an event."""
        match event:
            case Planned():
                self._plan(event.plan)
            case Ended():
                self._progress.close()
                self._report(event.report)
            case _:
                self._progress(event)

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._progress.close()

    def _plan(self, plan: Plan) -> None:
        for line in str(plan).splitlines():
            self._print(one_line(line))

    def _report(self, report: Report) -> None:
        print_rules(report, self._console, verbose=self._verbose)
        self._findings(in_order(report))
        for kind, words in notes(report):
            if kind != "left out":  # that stands with the plan
                self._print(f"{kind}: {one_line(words)}", "yellow")
        self._print(f"{report.title} at {report.base_url}: {spent(report)}.")
        self._print(", ".join(f"{count:,} {outcome}" for outcome, count in report.counts.items() if count))
        if self._suite:
            self._print(self._suite, "dim")
        if self._baseline is not None:
            self._compare(report, self._baseline)
        self._print(conclusion(report), _CONCLUDED[report.exit_code])

    def _findings(self, findings: Sequence[Finding]) -> None:
        shown: Counter[str] = Counter()
        for finding in findings:
            shown[finding.rule] += 1
            if self._verbose or shown[finding.rule] <= _SHOWN:
                self._finding(finding)
        for rule, count in shown.items():
            if count > _SHOWN and not self._verbose:
                self._print(f"{plural(count - _SHOWN, 'more finding')} on {one_line(rule)}: --verbose shows them")

    def _finding(self, finding: Finding) -> None:
        outcome = outcome_of(finding)
        new = " (new)" if self._baseline is not None and self._baseline.is_new(finding) else ""
        self._console.print(
            Text.assemble((outcome.value, STYLES[outcome]), "  ", (one_line(finding.rule), "bold"), new), soft_wrap=True
        )
        told = {
            "rule": self._words(finding.rule).replace("`", ""),
            "document": f"{finding.source} ({finding.level})",
            "about": finding.note,
            "sent": without_files(str(finding.exchange.request)),
            "came": finding.came,
            "expected": finding.expected,
        }
        for name, words in told.items():
            if words:
                self._print(f"  {name:<10}{one_line(words, _LONGEST)}")
            if name == "came" and finding.exchange.answer.status:
                self._print(f"  {'answer':<10}{answer_in_words(finding.exchange.answer, _LONGEST)}")
        for line in visible(as_curl(finding.exchange)).splitlines():
            self._print(f"  {line}", "cyan")
        self._print("")

    def _compare(self, report: Report, baseline: Baseline) -> None:
        comparison = baseline.compare(report)
        for rule, case in comparison.gone:
            self._print(f"gone: {one_line(rule)}, {one_line(case)}", "green")
        for change in comparison.worse:
            self._print(f"worse: {one_line(str(change))}", "red")
        for change in comparison.better:
            self._print(f"better: {one_line(str(change))}", "green")
        self._print(str(comparison))

    def _print(self, line: str, style: str = "") -> None:
        # The terminal wraps what is long, so that an id or a line for curl can be copied whole.
        self._console.print(Text(line, style), soft_wrap=True)
