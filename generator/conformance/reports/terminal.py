"""What a run tells on the terminal: the plan, how far it is, and in the end all that was found."""

from __future__ import annotations

import errno
import io
from typing import TYPE_CHECKING, Final, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from generator.conformance.events import Ended, Planned
from generator.conformance.reports.baseline import Standing
from generator.conformance.reports.blocks import blocks, unread
from generator.conformance.reports.bodies import answer_in_words
from generator.conformance.reports.conclusion import conclusion, counted, notes, outcome_of, spent
from generator.conformance.reports.curl import as_curl
from generator.conformance.reports.progress import LiveLine, PlainLines
from generator.conformance.reports.shortening import without_files
from generator.conformance.reports.tables import STYLES, print_rules
from generator.conformance.reports.texts import one_line, plural, visible
from generator.conformance.verdicts import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.conformance.events import Event
    from generator.conformance.plan import Plan
    from generator.conformance.reports.baseline import Baseline, Comparison
    from generator.conformance.reports.progress import Progress
    from generator.conformance.verdicts import Finding, Report

WIDTH: Final = 200
"""Columns where no terminal says how many it has."""

_LONGEST: Final = 300  # characters of what was sent and what came
_CURL: Final = 500  # characters of a line for curl
_LABEL: Final = 8  # columns
_CONCLUDED: Final = {ExitCode.CONFORMS: "bold green", ExitCode.VIOLATES: "bold red", ExitCode.NOT_JUDGED: "bold yellow"}


def console_on(stream: TextIO) -> Console:
    """A console; signs that the stream's encoding lacks are written out instead of ending the run.

    Args:
        stream: Where to print.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return _Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Say so to whoever prints. Rich would end the process, and with it the run and the reports in files."""
        raise BrokenPipeError(errno.EPIPE, "nobody reads it any more")


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
        comparison = self._baseline.compare(report) if self._baseline is not None else None
        known = comparison.known if comparison is not None else ()
        print_rules(report, self._console, verbose=self._verbose, known=known)
        self._findings(report)
        for kind, words in notes(report):
            if kind != "left out":  # that stands with the plan
                self._print(f"{kind}: {one_line(words, 2 * _LONGEST)}", "yellow")
        self._print(f"{report.title} at {report.base_url}: {spent(report)}.")
        self._print(counted(report.verdicts))
        if self._suite:
            self._print(self._suite, "dim")
        if comparison is not None:
            self._compare(comparison)
        code = comparison.exit_code if comparison is not None else report.exit_code
        self._print(conclusion(report, comparison), _CONCLUDED[code])

    def _findings(self, report: Report) -> None:
        found = blocks(report, self._baseline)
        if not found:
            return
        known = sum(len(block.findings) for block in found if block.standing is Standing.KNOWN)
        which = "all" if known == len(report.findings) else f"{known:,}"
        of_them = f", {which} of them known" if known else ""
        self._print(f"{plural(len(report.findings), 'finding')}{of_them}\n", "bold")
        for words in unread(report):
            self._print(f"{one_line(words)}\n", "bold")
        for block in found:
            if self._verbose:
                for finding in block.findings:
                    self._finding(finding)
            elif block.standing is Standing.KNOWN:
                about = "; ".join(filter(None, (block.first.note, block.also)))
                told = f"known: {outcome_of(block.first)}  {one_line(block.first.rule)}: {one_line(about, _LONGEST)}"
                self._print(told, "dim")
            else:
                self._finding(block.first, block.also)
        if known and not self._verbose:
            self._print("")
        self._print("What a rule says, what keeps it and what breaks it: image-contract explain RULE-ID\n", "dim")

    def _finding(self, finding: Finding, also: str = "") -> None:
        outcome = outcome_of(finding)
        new = f" ({self._baseline.standing_of(finding)})" if self._baseline is not None else ""
        self._console.print(
            Text.assemble((outcome.value, STYLES[outcome]), "  ", (one_line(finding.rule), "bold"), new), soft_wrap=True
        )
        for name, words in self._told(finding).items():
            if words:
                self._labelled(name, words)
        if also:
            self._labelled("also", one_line(also, _LONGEST))
        for line in visible(as_curl(finding.exchange)).splitlines():
            more = f"\u2026 ({len(line):,} characters; --html and --json tell the whole line)"
            self._print(f"  {line if len(line) <= _CURL else line[:_CURL] + more}", "cyan")
        self._print("")

    def _told(self, finding: Finding) -> dict[str, str]:
        """What is told of a finding, each as one line, by its label."""
        answer = finding.exchange.answer
        told = {
            "rule": self._words(finding.rule).replace("`", ""),
            "document": f"{finding.source} ({finding.level})",
            "about": finding.note,
            "sent": without_files(str(finding.exchange.request)),
            "expected": finding.expected,
            "came": "" if answer.status and finding.came == str(answer) else finding.came,
        }
        lines = {name: one_line(words, _LONGEST) for name, words in told.items()}
        return {**lines, "answer": answer_in_words(answer, _LONGEST) if answer.status else ""}

    def _labelled(self, name: str, words: str) -> None:
        if not self._console.is_terminal:
            self._print(f"  {name:<10}{words}")
            return
        # Only here is there a width to keep to; a pipe or a log gets whole lines.
        row = Table.grid(padding=(0, 2, 0, 0))
        row.add_column(width=_LABEL, no_wrap=True, style="dim")
        row.add_column(overflow="fold")
        row.add_row(name, Text(words))
        self._console.print(Padding(row, (0, 0, 0, 2)))

    def _compare(self, comparison: Comparison) -> None:
        for rule, case in comparison.gone:
            self._print(f"gone: {one_line(rule)}, {one_line(case)}", "green")
        for change in comparison.worse:
            self._print(f"worse: {one_line(str(change))}", "red")
        for change in comparison.better:
            self._print(f"better: {one_line(str(change))}", "green")
        for words in comparison.untested:
            self._print(f"no longer tested: {words}", "yellow")
        self._print(str(comparison))

    def _print(self, line: str, style: str = "") -> None:
        # The terminal wraps what is long, so that an id or a line for curl can be copied whole.
        self._console.print(Text(line, style), soft_wrap=True)
