"""What the tests of the lock file and of `check` share: a project that each of them spoils in its own way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .project import Project, new_project


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A generated project that no test may change."""
    return new_project(tmp_path_factory.mktemp("untouched") / "project")


@pytest.fixture
def project(untouched: Project, tmp_path: Path) -> Project:
    """A copy of it, to be spoilt."""
    return Project(Path(shutil.copytree(untouched.root, tmp_path / "project")))
