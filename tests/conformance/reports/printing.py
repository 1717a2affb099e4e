"""Prints a report as a stream gets it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from generator.conformance.reports.terminal import Terminal
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.conformance.reports.baseline import Baseline
    from generator.conformance.verdicts import Report

SUITE = "This suite finds 3 of 3 known defects."


def printed(
    report: Report,
    *,
    width: int = 200,
    verbose: bool = False,
    live: bool = False,
    baseline: Baseline | None = None,
    words: Callable[[str], str] = lambda _: "",
) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, force_terminal=live, color_system=None)
    terminal = Terminal(console, live=live, verbose=verbose, suite=SUITE, baseline=baseline, words=words)
    for event in runs.events(report):
        terminal(event)
    terminal.close()
    return stream.getvalue()
