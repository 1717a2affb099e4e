"""The rules of a run with their verdicts: a table an operation, or a list where a table would break the ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen
from rich.table import Table
from rich.text import Text

from generator.conformance.reports.conclusion import counted
from generator.conformance.reports.texts import one_line, plural
from generator.conformance.verdicts import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rich.console import Console

    from generator.conformance.verdicts import Report, Verdict

STYLES: Final = {
    Outcome.CONFORMS: "green",
    Outcome.VIOLATES: "bold red",
    Outcome.WARNS: "yellow",
    Outcome.NOT_TESTED: "dim",
    Outcome.NOT_APPLICABLE: "dim",
}

_FOLDED: Final = frozenset({Outcome.NOT_TESTED, Outcome.NOT_APPLICABLE})
_HEADINGS: Final = ("verdict", "rule", "level", "judged", "why")
_WHY: Final = 24  # columns that the reason has at least
_LONGEST: Final = 300  # characters of a reason
_BETWEEN: Final = 16  # columns that a table's lines and spaces take


@frozen
class Row:
    """What is said of one rule, or of several of which the same is said."""

    outcome: Outcome
    rule: str
    level: str
    told: str
    why: str

    @property
    def is_folded(self) -> bool:
        """Whether it tells of several rules."""
        return not self.level


def print_rules(report: Report, console: Console, *, verbose: bool, known: Collection[str] = ()) -> None:
    """Print how many rules of each operation have which verdict, and those that don't conform.

    Args:
        report: The report.
        console: Where to.
        verbose: Whether each rule is told: those too that conform, and each that is not tested, not how many there are
            for each reason.
        known: The rules that a run of before showed to be violated in the same way.
    """
    for operation in dict.fromkeys(verdict.operation for verdict in report.verdicts):
        verdicts = [verdict for verdict in report.verdicts if verdict.operation == operation]
        rows = list(_rows(operation, verdicts, verbose=verbose, known=known))
        console.print(Text.assemble((operation, "bold"), f": {counted(verdicts)}"), soft_wrap=True)
        if all(row.is_folded for row in rows):
            for row in rows:
                console.print(Text(f"  {row.outcome}: {row.rule}, {row.why}", STYLES[row.outcome]), soft_wrap=True)
            continue
        if _width(rows) <= console.width:
            console.print(_table(rows))
        else:
            for row in rows:
                _print_row(row, console)
            console.print()


def _rows(operation: str, verdicts: Sequence[Verdict], *, verbose: bool, known: Collection[str]) -> Iterator[Row]:
    folded: dict[tuple[Outcome, str], int] = {}
    for verdict in verdicts:
        if verdict.outcome is Outcome.CONFORMS and not verbose:
            continue
        if verdict.is_unheard and not verbose:
            continue  # they are counted apart
        if verdict.outcome in _FOLDED and not verbose:
            reason = (verdict.outcome, verdict.why)
            folded[reason] = folded.get(reason, 0) + 1
            continue
        rule = one_line(verdict.rule.removeprefix(f"{operation}/"))
        told = f"{verdict.told} of {verdict.tried}"
        why = f"known; {verdict.why}".rstrip("; ") if verdict.rule in known else verdict.why
        yield Row(verdict.outcome, rule, verdict.level.value, told, one_line(why, _LONGEST))
    for (outcome, why), count in folded.items():
        yield Row(outcome, plural(count, "rule"), "", "", one_line(why, _LONGEST))


def _width(rows: Sequence[Row]) -> int:
    """How many columns a table needs that breaks nothing but reasons."""
    columns = ([row.outcome.value for row in rows], [row.rule for row in rows], [row.level for row in rows])
    told = max((len(row.told) for row in rows), default=0)
    return sum(max(map(len, column), default=0) for column in columns) + told + _WHY + _BETWEEN


def _table(rows: Sequence[Row]) -> Table:
    table = Table()
    for heading in _HEADINGS:
        table.add_column(heading, no_wrap=heading != "why", overflow="fold", min_width=_WHY if heading == "why" else 0)
    for row in rows:
        table.add_row(
            Text(row.outcome.value, STYLES[row.outcome]), *map(Text, (row.rule, row.level, row.told, row.why))
        )
    return table


def _print_row(row: Row, console: Console) -> None:
    console.print(Text.assemble((f"{row.outcome.value:<14}  ", STYLES[row.outcome]), row.rule), soft_wrap=True)
    about = ", ".join(part for part in (row.level, f"judged {row.told}" if row.told else "", row.why) if part)
    if about:
        console.print(Text(f"    {about}", "dim"), soft_wrap=True)
