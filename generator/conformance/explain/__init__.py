"""Explains a rule: what it says, where it comes from, what keeps it and breaks it, and what a breach comes to."""

from generator.conformance.explain.explaining import explain, words_of
from generator.conformance.explain.finding import Form, UnknownRuleError

__all__ = ["Form", "UnknownRuleError", "explain", "words_of"]
