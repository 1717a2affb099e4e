"""The conformance run finds what is wrong with a wrong gateway, blames it on the right rule, and on nothing else."""

from __future__ import annotations

import json
import os

import pytest

from tests.conformance.mutants.defects import Defect, defects
from tests.conformance.mutants.judging import judge_mutant, judge_right
from tests.conformance.mutants.scores import SCORE_FILE

_DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
_SAMPLE = 220
_TELLING = [defect for defect in defects() if not defect.indistinguishable]
_SILENT = [defect for defect in defects() if defect.indistinguishable]


def _one_of_each(found: list[Defect]) -> list[Defect]:
    """The first defect of each operation and each way to set the mock up."""
    by_setting = {
        (defect.operation, str(defect.mock), defect.wallet, defect.all_operations): defect for defect in found
    }
    return list(by_setting.values())


@pytest.mark.deep
@pytest.mark.parametrize("defect", _TELLING if _DEEP else _TELLING[::_SAMPLE], ids=lambda defect: defect.id)
def test_the_defect_is_found_and_nothing_else_is_blamed(defect: Defect) -> None:
    score = judge_mutant(defect)
    assert score.is_found, f"{defect.words}; it said {score.named}, {score.left_over}"
    assert score.false_alarms == ()


@pytest.mark.deep
@pytest.mark.parametrize("defect", _one_of_each(_TELLING)[slice(None if _DEEP else 1)], ids=lambda defect: defect.id)
def test_nothing_is_found_in_the_right_mock(defect: Defect) -> None:
    assert [finding.rule for finding in judge_right(defect).findings] == []


@pytest.mark.deep
@pytest.mark.parametrize("defect", _SILENT if _DEEP else _SILENT[-1:], ids=lambda defect: defect.id)
def test_what_no_request_can_tell_is_no_finding(defect: Defect) -> None:
    assert judge_mutant(defect).named == ()


def test_the_score_that_the_reports_tell_is_of_this_catalogue() -> None:
    score = json.loads(SCORE_FILE.read_text(encoding="utf-8"))
    assert score["defects"] == len(_TELLING), "run make mutants"
    assert score["indistinguishable"] == len(defects()) - len(_TELLING)
    families = {defect.family for defect in defects()}
    assert {name: each["of"] for name, each in score["families"].items()} == {
        family: sum(defect.family == family for defect in _TELLING) for family in sorted(families)
    }
    assert sum(each["found"] for each in score["families"].values()) == score["found"] <= score["defects"]
