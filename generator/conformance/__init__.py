"""Judges a gateway, known by its URL alone, by what a spec says of it."""

from generator.conformance.command import conformance
from generator.conformance.engine import run
from generator.conformance.plan import Bill, bill
from generator.conformance.verdicts import Finding, Outcome, Report, Verdict

__all__ = ["Bill", "Finding", "Outcome", "Report", "Verdict", "bill", "conformance", "run"]
