"""Boundary values: for each rule of a request shape, whole request bodies on both sides of its bound."""

from generator.spec.boundary.cases import Case, Side, cases
from generator.spec.boundary.probe import shown
from generator.spec.boundary.samples import base_body, sample

__all__ = ["Case", "Side", "base_body", "cases", "sample", "shown"]
