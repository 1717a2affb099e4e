"""Judges any gateway by a spec: by its URL alone, from cases that the spec's rules give."""

from __future__ import annotations

from generator.conformance.engine import run
from generator.conformance.settings import Settings
from generator.conformance.verdicts import ExitCode, Finding, Outcome, Report, Verdict

__all__ = ["ExitCode", "Finding", "Outcome", "Report", "Settings", "Verdict", "run"]
