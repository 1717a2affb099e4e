"""Patterns that aren't enforced: those that Python can't take, and those that could take for ever."""

from __future__ import annotations

import pytest

from generator.spec.foreign.patterns import trouble


@pytest.mark.parametrize(
    "pattern",
    [
        "^[a-z]+$",
        "^[a-z0-9]+(-[a-z0-9]+)*$",
        r"^([a-zA-Z0-9_\-\.]+)@([a-z]+\.)+[a-z]{2,5}$",
        "^(https?|ftp)://.*$",
        "^(?<year>[0-9]{4})$",
        r"^\d{4}-\d{2}-\d{2}(T.*)?$",
        "^(a|b)+$",
        "",
    ],
)
def test_usual_patterns_are_enforced(pattern: str) -> None:
    assert trouble(pattern) == ""


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*b",
        "(a|ab)*b",
        r"^(\w+\s?)*$",
        "(x+x+)+y",
        ".*.*.*.*x",
        "((a*)*)*",
        "[",
        r"\p{L}+",
        "(" * 5000,
        "a{99999999999}",
        r"(a)\1*(\1+)+",
        "(?P<x",
        "a" * 5000,
    ],
)
def test_patterns_that_could_hang_or_fail_are_not(pattern: str) -> None:
    assert trouble(pattern)
