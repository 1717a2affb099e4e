"""A generator that has moved on since: its templates, its runtime, its code, its formatter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import generator
from generator.release.check import check
from generator.release.generating import generate_and_lock
from generator.release.moved import Cause
from generator.release.telling import describe

from .project import SPEC, Project, edit

_GENERATOR = Path(generator.__file__).parent
_PARTS = ("cli", "client", "release", "spec")


_FOLDERS = ("--openapi", "openapi", "--output", "clients")


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments, *_FOLDERS]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root, env=environment)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what of the generator makes packages, with what it generated of the small spec beside it."""
    root = tmp_path_factory.mktemp("copied") / "root"
    for part in _PARTS:
        shutil.copytree(_GENERATOR / part, root / "generator" / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in _GENERATOR.glob("*.py"):
        shutil.copy(file, root / "generator")
    (root / "openapi").mkdir()
    shutil.copy(SPEC, root / "openapi")
    done = _run(root, "generate")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def root(generated: Path, tmp_path: Path) -> Path:
    """Such a copy, whose generator is to be changed."""
    return Path(shutil.copytree(generated, tmp_path / "root"))


@pytest.mark.parametrize(
    ("file", "edited", "cause", "told"),
    [
        ("client/templates/types.py.jinja", ('"""', '"""Now: '), Cause.TEMPLATES_CHANGED, "+++ clients/small/types.py"),
        ("client/faults.md", ("|", "| "), Cause.TEMPLATES_CHANGED, ""),
        (
            "client/runtime/limits.py",
            ('"""', '"""Now: '),
            Cause.RUNTIME_CHANGED,
            "+++ clients/small/_runtime/limits.py",
        ),
        ("client/wording.py", ("at most {value}", "no more than {value}"), Cause.CODE_CHANGED, "no more than"),
    ],
)
def test_a_changed_generator_is_named(root: Path, file: str, edited: tuple[str, str], cause: Cause, told: str) -> None:
    assert _run(root, "check").returncode == 0
    edit(root / "generator" / file, *edited)
    done = _run(root, "check")
    assert done.returncode == 1
    assert f"[{cause.value}]" in done.stdout
    assert done.stdout.count("  [") == 1
    assert told in done.stdout
    assert _run(root, "generate").returncode == 0
    assert _run(root, "check").stdout == "All generated files are up to date.\n"


def test_code_that_writes_the_same_is_no_drift(root: Path) -> None:
    edit(root / "generator/client/names.py", "from __future__", "# A comment.\nfrom __future__")
    done = _run(root, "check")
    assert done.returncode == 0
    assert f"[{Cause.CODE_CHANGED.value}]" in done.stdout
    assert "it writes the same" in done.stdout


@pytest.mark.parametrize("tool", ["image-contract", "openapi-python-client", "ruff"])
def test_another_version_of_a_tool_is_named(project: Project, monkeypatch: pytest.MonkeyPatch, tool: str) -> None:
    installed = metadata.version

    def version(name: str) -> str:
        return "99.0" if name == tool else installed(name)

    monkeypatch.setattr(metadata, "version", version)
    report = check(project.place)
    assert [(each.cause, each.what) for each in report.moved] == [
        (Cause.TOOL_CHANGED, f"{tool} {installed(tool)}, now 99.0")
    ]
    assert "No generated file would change." in describe(report)
    generate_and_lock(project.place)
    assert check(project.place).moved == ()


def test_a_tool_that_is_gone_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    whats = [each.what for each in check(project.place).moved]
    assert len(whats) == 3
    assert all(what.endswith(", now none") for what in whats)
