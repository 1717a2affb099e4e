"""Shows how many known defects the conformance run finds, and Schemathesis beside it: `make mutants`."""

from __future__ import annotations

import argparse
import logging
import sys
from multiprocessing import get_context
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.conformance.mutants.beside import EXAMPLES, BesideScore, judge_named_beside
from tests.conformance.mutants.defects import defects
from tests.conformance.mutants.judging import Score, judge_named
from tests.conformance.mutants.scores import by_family, is_indistinguishable, summed, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    T = TypeVar("T")

_SAMPLE = 24
"""Of so many defects one is shown to Schemathesis, unless it is to see all: it takes about ten times as long."""


def main() -> int:
    """Judge every wrong gateway, print the score, and write it for the reports."""
    asked = _arguments()
    # The mock's reader of forms tells of each form that isn't one; that is what some requests are.
    logging.disable(logging.WARNING)
    console = Console(file=sys.stderr)
    named = [defect.id for defect in defects() if asked.only in f"{defect.family}/{defect.id}"]
    chosen = named[:: asked.every]
    scores = _of_all(judge_named, chosen, asked.workers, "conformance run", console)
    others: list[BesideScore] = []
    if not asked.alone:
        sample = chosen if asked.all else chosen[::_SAMPLE]
        others = _of_all(judge_named_beside, sample, asked.workers, "Schemathesis", console)
    _print(scores, others)
    if len(chosen) < len(defects()):
        console.print("Not all defects were judged, so that the score is not written.")
    else:
        write(scores)
    return 0 if all(score.is_found or is_indistinguishable(score) for score in scores) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.mutants", description=__doc__)
    parser.add_argument("--workers", type=int, default=2, help="processes that judge (2)")
    parser.add_argument("--only", default="", help="judge only the defects whose family/id has this in it")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="judge one of N defects (1)")
    parser.add_argument("--alone", action="store_true", help="leave Schemathesis out")
    parser.add_argument("--all", action="store_true", help=f"show Schemathesis all defects, not one of {_SAMPLE}")
    return parser.parse_args()


def _of_all(judge: Callable[[str], T], names: Sequence[str], workers: int, what: str, console: Console) -> list[T]:
    with get_context("spawn").Pool(workers, initializer=logging.disable, initargs=(logging.WARNING,)) as pool:
        found: Iterable[T] = pool.imap(judge, names)
        return list(track(found, what, total=len(names), console=console, disable=not console.is_terminal))


def _print(scores: Sequence[Score], others: Sequence[BesideScore]) -> None:
    # A file has no width of its own.
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_table(scores, others))
    for score in scores:
        if not score.is_found and not is_indistinguishable(score):
            named = ", ".join(score.named) or ", ".join(score.left_over) or f"nothing, exit code {score.exit_code}"
            console.print(f"missed: {score.family}/{score.defect}; said: {named}", soft_wrap=True, markup=False)
        for rule in score.false_alarms:
            console.print(f"false alarm: {score.family}/{score.defect}: {rule}", soft_wrap=True, markup=False)
    for defect in defects():
        if defect.indistinguishable:
            words = f"indistinguishable: {defect.family}/{defect.id}: {defect.indistinguishable}"
            console.print(words, soft_wrap=True, markup=False)
    if others:
        console.print(
            f"Schemathesis: `schemathesis run`, all checks, {EXAMPLES} examples a phase at most, fixed seed, by HTTP; "
            f"{len(others)} of {len(scores)} defects. Found is a failure that it doesn't report of the right mock.",
            soft_wrap=True,
        )


def _table(scores: Sequence[Score], others: Sequence[BesideScore]) -> Table:
    columns = ("family", "found", "false alarms", "requests", "seconds", "Schemathesis", "requests", "seconds")
    table = Table(*columns, title="wrong gateways found")
    for family, members in by_family(scores).items():
        table.add_row(family, *_cells(members, [each for each in others if each.family == family]))
    table.add_section()
    table.add_row("all", *_cells(scores, others))
    return table


def _cells(scores: Sequence[Score], others: Sequence[BesideScore]) -> list[str]:
    own = summed(scores)
    cells = [f"{own.found}/{own.of}", str(own.false_alarms), str(own.requests), f"{own.seconds:.0f}"]
    if not others:
        return [*cells, "", "", ""]
    found = sum(each.is_found for each in others)
    requests, seconds = sum(each.requests for each in others), sum(each.seconds for each in others)
    return [*cells, f"{found}/{len(others)}", str(requests), f"{seconds:.0f}"]
