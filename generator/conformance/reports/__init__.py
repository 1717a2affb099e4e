"""Reports of a run: what is told while it goes on and when it is over.

A run emits events and knows no report; each report takes the events and makes of them what it likes.
"""

from generator.conformance.reports.baseline import Baseline, BaselineError, Comparison, read_baseline
from generator.conformance.reports.files import leave_unsaid, path_problem, paths_problem
from generator.conformance.reports.reporters import Reporter, Reporters, reporters
from generator.conformance.reports.suite import suite_line

__all__ = [
    "Baseline",
    "BaselineError",
    "Comparison",
    "Reporter",
    "Reporters",
    "leave_unsaid",
    "path_problem",
    "paths_problem",
    "read_baseline",
    "reporters",
    "suite_line",
]
