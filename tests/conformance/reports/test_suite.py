"""The suite's own score, in a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generator.conformance.reports.suite import UNKNOWN, suite_line

if TYPE_CHECKING:
    from pathlib import Path

SCORE: dict[str, Any] = {
    "defects": 1158,
    "found": 1156,
    "indistinguishable": 2,
    "families": {"bounds": {"found": 8, "of": 8}},
    "false_alarms": 0,
}


def line(told: Any, folder: Path) -> str:
    path = folder / "score.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return suite_line(path)


def test_the_score_is_told(tmp_path: Path) -> None:
    assert line(SCORE, tmp_path) == (
        "This suite finds 1,156 of 1,158 known defects that can be told from outside, with no false alarm, "
        "so that a green result has a meaning."
    )
    perfect = {**SCORE, "defects": 158, "found": 158, "indistinguishable": 0, "false_alarms": 3}
    assert line(perfect, tmp_path).startswith(
        "This suite finds 158 of 158 known defects that can be told from outside, with 3 false alarms, so"
    )


@pytest.mark.parametrize("told", [[], {}, {**SCORE, "found": "many"}, {**SCORE, "families": [1]}, None])
def test_what_is_no_score_is_told_to_be_unknown(told: Any, tmp_path: Path) -> None:
    assert line(told, tmp_path) == UNKNOWN


def test_no_score_is_told_to_be_unknown(tmp_path: Path) -> None:
    assert suite_line(tmp_path / "score.json") == UNKNOWN
    assert "make mutants" in UNKNOWN
