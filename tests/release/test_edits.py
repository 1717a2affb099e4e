from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.release.diff import diff
from generator.release.diff.report import SpecReport
from generator.release.diff.surface import compare_symbols
from generator.release.diff.symbols import Symbols, symbols
from generator.spec import load
from tests.release.spec_edits import BASE, Edit, edits

if TYPE_CHECKING:
    from pathlib import Path

    from generator.spec import Contract

_EDITS = edits()


@pytest.fixture(scope="module")
def base() -> tuple[Contract, Symbols]:
    """The spec that is edited, and what is generated of it."""
    contract = load(BASE)
    return contract, symbols(contract)


@pytest.mark.parametrize("edit", _EDITS, ids=lambda edit: edit.name)
def test_an_edit_breaks_whom_it_should(edit: Edit, base: tuple[Contract, Symbols], tmp_path: Path) -> None:
    old, package = base
    new = edit.contract(tmp_path)
    report = SpecReport("studio", "", "", tuple(diff(old, new)), tuple(compare_symbols(package, symbols(new))))
    told = "\n".join(f"{each.words} {each.hint}" for each in report.changes)
    told += "\n".join(["", *(f"{each.words} {each.hint}" for each in report.symbols)])
    assert (report.breaks_callers > 0, report.breaks_gateways > 0) == (edit.callers, edit.gateways), told
    assert edit.step in {"", str(report.step)}, told
    for words in edit.words:
        assert words in told
    for words in edit.no_words:
        assert words not in told
    if edit.changes is not None:
        assert sum(not change.is_documentation for change in report.changes) == edit.changes, told


def test_every_edit_has_a_name_of_its_own_and_a_change_is_always_told() -> None:
    assert len({edit.name for edit in _EDITS}) == len(_EDITS) >= 45
