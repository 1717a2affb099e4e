"""Tells a report: as text for a terminal, as Markdown for a pull request, as JSON for programs."""

from __future__ import annotations

from itertools import groupby
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING

from generator.printable import printable, printable_json
from generator.release.diff.changelog import changelog
from generator.release.diff.changes import Step, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.release.diff.changes import Change, Verdict
    from generator.release.diff.report import Report, SpecReport
    from generator.release.diff.surface import SymbolChange
    from generator.spec import Json

FORMAT = 1
"""The version of the JSON's form; `diff.schema.json` describes it."""
_MARGIN = 17
_LEAST_WIDTH = 60


def as_text(report: Report) -> str:
    """The report for a terminal: operation by operation whom each change breaks, then version and change log."""
    lines = [line for spec in report.specs for line in _spec(spec)]
    if not lines:
        return f"Nothing differs between {report.old} and {report.new}."
    return printable("\n".join([*lines, *_tail(report), "", "Change log", "", changelog(report)]))


def as_markdown(report: Report) -> str:
    """The report for a pull request: the verdict, and the entry for the change log."""
    return printable(f"{_verdict(report)}\n\n{changelog(report)}")


def as_json(report: Report) -> str:
    """The report for programs; `diff.schema.json` describes its form."""
    told = {
        "format": FORMAT,
        "old": report.old,
        "new": report.new,
        **_figures(report),
        "specs": [_spec_as_json(spec) for spec in report.specs],
        "changelog": changelog(report),
    }
    return printable_json(told)


def _figures(report: Report | SpecReport) -> dict[str, Json]:
    breaks = {"callers": report.breaks_callers, "python": report.breaks_python, "gateways": report.breaks_gateways}
    return {"step": str(report.step), "breaks": breaks}


def _spec_as_json(spec: SpecReport) -> dict[str, Json]:
    return {
        "name": spec.name,
        "old": spec.old or None,
        "new": spec.new or None,
        **_figures(spec),
        "changes": [_change_as_json(change) for change in spec.changes],
        "python": {
            "skipped": spec.skipped,
            "changes": [_symbol_as_json(each) for each in spec.symbols],
        },
    }


def _change_as_json(change: Change) -> dict[str, Json]:
    return {
        "operation": change.operation,
        "rule": change.rule,
        "kind": change.kind,
        "what": change.what,
        "old": change.old,
        "new": change.new,
        "words": change.words,
        "hint": change.hint,
        "breaks": {"callers": change.verdict.callers, "gateways": change.verdict.gateways},
        "step": str(change.verdict.step),
        "source": change.source,
        "line": change.line,
    }


def _symbol_as_json(each: SymbolChange) -> dict[str, Json]:
    return {
        "symbol": each.symbol,
        "kind": each.kind,
        "words": each.words,
        "hint": each.hint,
        "breaks": each.breaks,
    }


def _spec(spec: SpecReport) -> Iterator[str]:
    if not spec.changes and not spec.symbols:
        return
    yield f"{spec.name}: {spec.old or 'nothing'} → {spec.new or 'nothing'}"
    told = [change for change in spec.changes if not change.is_documentation]
    for operation, changes in groupby(told, key=lambda change: change.operation):
        yield f"\n{operation or 'The API as a whole'}"
        for change in sorted(changes, key=lambda change: (not change.verdict.callers, not change.verdict.gateways)):
            yield from _change(change)
    if spec.symbols:
        yield "\nPython"
        for each in spec.symbols:
            yield from _symbol(each)
    if words := [change for change in spec.changes if change.is_documentation]:
        yield "\nDocumentation only"
        for change in words:
            yield from _block("", f"{change.operation}: {change.words}" if change.operation else change.words)
    if spec.skipped:
        yield f"\nThe Python packages were not compared: {spec.skipped}."
    yield ""


def _change(change: Change) -> Iterator[str]:
    yield from _block(_broken(change.verdict), f"{change.words} {change.hint}".strip())
    about = [change.rule, change.source, f"line {change.line}" if change.line else ""]
    yield from _block("", " · ".join(part for part in about if part))


def _symbol(each: SymbolChange) -> Iterator[str]:
    yield from _block("breaks code" if each.breaks else "breaks nobody", f"{each.words} {each.hint}".strip())


def _block(label: str, text: str) -> Iterator[str]:
    """A text beside a label, in the columns that there are."""
    width = max(get_terminal_size((120, 24)).columns - _MARGIN - 2, _LEAST_WIDTH)
    lines = wrap(one_line(text), width, break_long_words=False, break_on_hyphens=False)
    for index, line in enumerate(lines):
        yield f"  {label if not index else '':<{_MARGIN}}{line}"


def _broken(judged: Verdict) -> str:
    if judged.callers and judged.gateways:
        return "breaks BOTH"
    return "breaks CALLERS" if judged.callers else "breaks GATEWAYS" if judged.gateways else "breaks nobody"


def _tail(report: Report) -> Iterator[str]:
    if len(report.specs) > 1:
        for spec in report.specs:
            yield f"{spec.name}: {spec.step}"
    yield _verdict(report)


def _verdict(report: Report) -> str:
    step = "no step" if report.step is Step.NONE else report.step
    told = {"callers": report.breaks_callers, "Python code": report.breaks_python, "gateways": report.breaks_gateways}
    broken = ", ".join(f"{_counted(count)} {whom}" for whom, count in told.items())
    return f"Version step: {step}. {broken[0].upper()}{broken[1:]}."


def _counted(count: int) -> str:
    return f"{count or 'no'} change{' breaks' if count == 1 else 's break'}"
