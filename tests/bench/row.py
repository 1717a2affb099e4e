"""A line of the table that the benchmark prints, and the ratios in it."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROUNDS = 7


@frozen
class Row:
    """One measurement.

    Attributes:
        measured: What is measured, e.g. "CPU of a call".
        what: Whose it is.
        median: The median, with its unit.
        ratio: How it stands to the first of its group, or to what is transferred.
        limit: What ours may be at most, or must be at least.
    """

    measured: str
    what: str
    median: str
    ratio: str
    limit: str


def medians(measures: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median of each measure."""
    return {name: statistics.median(values) for name, values in _interleaved(measures, rounds).items()}


def against_first(
    measured: str, measures: Mapping[str, Callable[[], float]], limits: Mapping[str, str], rounds: int = ROUNDS
) -> list[Row]:
    """Rows of times, with the medians of their ratios to the first, each ratio from one round.

    Args:
        measured: What is measured.
        measures: By whose they are, functions that measure seconds.
        limits: By whose they are, the limit of the ratio.
        rounds: How often each is measured.
    """
    taken = _interleaved(measures, rounds)
    first = next(iter(taken.values()))
    rows = []
    for name, values in taken.items():
        ratio = statistics.median(value / base for value, base in zip(values, first, strict=True))
        shown = f"{statistics.median(values) * 1e3:.3f} ms"
        rows.append(Row(measured, name, shown, f"{ratio:.2f}", limits.get(name, "")))
    return rows


def _interleaved(measures: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Each measure, taken in turn, so that whatever else the machine does meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            taken[name].append(measure())
    return taken
