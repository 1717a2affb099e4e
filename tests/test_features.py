"""Each row of the README's table of features is proved by a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
_COLUMNS = ["", "this client", "raw generator", "openai-python", "proof"]
_BENCH = "`make bench`"


def _table() -> list[list[str]]:
    """The rows of the README's table of features, its head first; none if it isn't there."""
    lines = (_ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    if _COLUMNS not in cells:
        return []
    start = cells.index(_COLUMNS)
    ends = (number for number, row in enumerate(cells[start:], start) if len(row) != len(_COLUMNS))
    return cells[start : next(ends, None)]


def _proofs() -> list[str]:
    return [row[-1] for row in _table()[2:]]


def test_the_table_is_there_and_every_cell_says_something() -> None:
    rows = _table()[2:]
    assert len(rows) >= 20
    assert all(cell for row in rows for cell in row)


@pytest.mark.parametrize("proof", [proof for proof in _proofs() if proof != _BENCH])
def test_the_test_that_proves_a_row_exists(proof: str) -> None:
    named = re.fullmatch(r"`([\w/]+\.py)::(test_\w+)`", proof)
    assert named, "name it as `path/below/tests.py::test_name`"
    tree = ast.parse((_ROOT / "tests" / named[1]).read_text(encoding="utf-8"))
    assert named[2] in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_figures_are_proved_by_a_bench_that_there_is() -> None:
    assert _BENCH in _proofs()
    assert re.search(r"^bench:", (_ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
