"""The search as tests: each a part with a seed of its own, spread by pytest-xdist, with examples that all share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from .gateways import searched

if TYPE_CHECKING:
    from pathlib import Path

DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
PARTS = range(8 if DEEP else 2)
REQUESTS = 500 if DEEP else 60
OPERATIONS = [("powertokens", "generateImages"), ("powertokens", "editImages"), ("venice", "editImage")]


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that the processes of pytest-xdist share."""
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "examples"


@pytest.mark.deep
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("name", "operation"), OPERATIONS)
def test_a_part_of_the_search(name: str, operation: str, part: int, examples: Path) -> None:
    search = searched(name, requests=REQUESTS, seed=part, operation=operation, examples=str(examples))
    assert search.found.requests == REQUESTS
    assert not search.found.findings, [(finding.rule, finding.note) for finding in search.found.findings]
