"""Reasons are told once, and none that another tells with more."""

from __future__ import annotations

import pytest

from generator.conformance.reasons import joined


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ([], ""),
        (["status 503", "status 503"], "status 503"),
        (["status 401", "status 401: the key"], "status 401: the key"),
        (["refused: status 401", "status 401"], "refused: status 401"),
        (["a; b", "b", "c"], "a; b; c"),
        (["it was n: 1", "it was n: 10"], "it was n: 1; it was n: 10"),
        (["status 40", "status 404"], "status 40; status 404"),
    ],
)
def test_what_another_reason_tells_is_left_out(reasons: list[str], told: str) -> None:
    assert joined(reasons) == told


def test_very_many_reasons_are_not_compared() -> None:
    assert joined(["; ".join(["a"] * 3), "; ".join(str(number) for number in range(9999))]).startswith("a; a; a; 0; 1")
