"""Boundary values: for each rule of a request shape, whole request bodies on both sides of its bound."""

from generator.spec.boundary.cases import Case, Side, cases

__all__ = ["Case", "Side", "cases"]
