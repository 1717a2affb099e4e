"""Reads a report in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.conformance import Outcome, Report


def outcomes_of(report: Report) -> dict[str, Outcome]:
    """The outcome of each rule, by its id."""
    return {verdict.rule: verdict.outcome for verdict in report.verdicts}
