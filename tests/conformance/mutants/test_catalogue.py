"""Every defect of the catalogue is one: it names rules that there are, and the mock shows it in an answer."""

from __future__ import annotations

import os
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from generator.conformance.behaviours import load_behaviours
from tests.conformance.mutants.defects import Defect, contracts, defects
from tests.conformance.mutants.mutant import right_app, wrong_app
from tests.conformance.mutants.telling import base_requests, told

_DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
_SAMPLE = 40
_BASES = base_requests(Path(__file__).with_name("requests.yaml"))
_MOST_INDISTINGUISHABLE = 24


def test_there_are_many_and_each_has_its_own_id() -> None:
    assert len(defects()) >= 200
    assert [name for name, count in Counter(defect.id for defect in defects()).items() if count > 1] == []


def test_every_operation_and_every_shape_has_defects() -> None:
    told_by = {(defect.operation, defect.tell.get("shape", "")) for defect in defects()}
    for contract in contracts():
        for operation in contract.operations:
            names = [shape.name for shape in operation.shapes] or [""]
            assert {(operation.id, name) for name in names} <= told_by


def test_what_is_to_be_blamed_is_there_to_be_blamed() -> None:
    unknown = [f"{defect.id}: {name}" for defect in defects() for name in _names(defect) if not _is_known(defect, name)]
    assert unknown == []


def _names(defect: Defect) -> tuple[str, ...]:
    return (*defect.blames, *defect.follows)


def _is_known(defect: Defect, name: str) -> bool:
    """Whether a name is that of a rule of the defect's operation, or ends in a behaviour."""
    is_rule = any(fnmatchcase(rule.id, name) for rule in defect.target.rules)
    is_behaviour = name.rpartition("/")[2] in load_behaviours()
    return name.startswith(f"{defect.operation}/") and (is_rule or is_behaviour)


def test_few_are_indistinguishable_and_each_says_why() -> None:
    reasons = [defect.indistinguishable for defect in defects() if defect.indistinguishable]
    assert len(reasons) <= _MOST_INDISTINGUISHABLE
    assert all(len(reason.split()) > 8 for reason in reasons)


@pytest.mark.deep
@pytest.mark.parametrize("defect", defects() if _DEEP else defects()[::_SAMPLE], ids=lambda defect: defect.id)
def test_the_wrong_mock_answers_otherwise_than_the_right_one(defect: Defect) -> None:
    base = _BASES.get(f"{defect.operation}/{defect.tell.get('shape')}")
    right, wrong = told(right_app(defect), defect, base), told(wrong_app(defect), defect, base)
    assert (right[0], wrong[0]) == defect.turns, f"{right} {wrong}"
    assert right != wrong
