"""Generating with lock files: only what changed, at once when nothing did, and whole whenever it is broken off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generator.client import OutputError
from generator.release import building
from generator.release.check import check
from generator.release.command import place_of_folder, run_generate
from generator.release.generating import generate_and_lock
from generator.release.inputs import inputs
from generator.release.job import jobs_of_folder
from generator.release.lock import read_lock
from generator.spec import SpecError, load_all, openapi_folder

from .project import Project, edit, new_project

if TYPE_CHECKING:
    from pathlib import Path

_LIBRARIES = ["openapi_python_client", "jinja2", "yaml", "jsonschema_rs", "rich", "httpx"]


def _unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any building of a package fail."""

    def refuse(*_: object) -> None:
        pytest.fail("a package was built")

    monkeypatch.setattr(building, "build", refuse)


def test_unchanged_input_is_answered_from_the_lock_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    _unbuilt(monkeypatch)
    assert generate_and_lock(project.place).touched == ()
    assert check(project.place).moved == ()


@pytest.mark.parametrize("command", ["generate", "check"])
def test_no_library_is_imported_for_unchanged_input(project: Project, command: str) -> None:
    arguments = ["image-contract", command, "--openapi", str(project.openapi), "--output", str(project.output)]
    script = f"""
import sys
from generator.cli import app
sys.argv = {arguments!r}
try:
    app()
finally:
    print([name for name in {_LIBRARIES!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "[]"


def test_force_generates_and_writes_only_what_differs(project: Project) -> None:
    def times() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in project.root.rglob("*") if path.is_file()}

    before = times()
    told: list[str] = []
    assert generate_and_lock(project.place, force=True, tell=told.append).touched == ()
    assert told == ["reading specs", "generating small", "formatting", "writing"]
    assert times() == before


def test_only_the_package_whose_spec_changed_is_generated(project: Project) -> None:
    second = project.openapi / "second.yaml"
    shutil.copy(project.spec, second)
    generate_and_lock(project.place)
    edit(second, "maximum: 9", "maximum: 8")
    told: list[str] = []
    touched = generate_and_lock(project.place, tell=told.append).touched
    assert "generating second" in told
    assert "generating small" not in told
    names = {path.relative_to(project.root).as_posix() for path in touched}
    assert {"clients/second/contract.lock.json", "clients/second/models/_thing.py", "openapi/RULES.md"} <= names
    assert not any(name.startswith("clients/small/") for name in names)


@pytest.mark.parametrize("step", ["reading specs", "generating small", "formatting", "writing"])
def test_broken_off_at_any_step_all_is_as_it_was(project: Project, step: str) -> None:
    edit(project.spec, "maximum: 9", "maximum: 8")
    before = project.files()

    def give_up(doing: str) -> None:
        if doing == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate_and_lock(project.place, tell=give_up)
    assert project.files() == before


def test_ctrl_c_is_told_without_a_traceback(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def give_up(*_: object) -> None:
        raise KeyboardInterrupt

    project.lock.unlink()
    monkeypatch.setattr(building, "build", give_up)
    assert run_generate(project.place, force=False) == 130
    assert "Interrupted" in capsys.readouterr().err


def test_a_spec_that_cant_be_used_leaves_all_as_it_was(project: Project) -> None:
    edit(project.spec, "maximum: 9", "maximum: nine")
    before = project.files()
    for act in (generate_and_lock, check):
        with pytest.raises(SpecError, match=r"small\.yaml"):
            act(project.place)
    assert project.files() == before


def test_a_folder_of_somebody_elses_files_is_refused(project: Project) -> None:
    shutil.rmtree(project.package)
    project.package.mkdir()
    (project.package / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="no generated package"):
        generate_and_lock(project.place)
    assert [path.name for path in project.package.iterdir()] == ["thesis.txt"]


def test_a_folder_without_specs_and_specs_of_one_name_are_told(tmp_path: Path) -> None:
    place = place_of_folder(tmp_path, tmp_path / "out")
    for act in (generate_and_lock, check):
        with pytest.raises(SpecError, match="no-spec"):
            act(place)
    for ending in ("yaml", "json"):
        (tmp_path / f"same.{ending}").write_text("{}")
    for act in (generate_and_lock, check):
        with pytest.raises(SpecError, match="same-name"):
            act(place_of_folder(tmp_path, tmp_path / "out"))


def test_the_specs_of_a_folder_are_those_that_are_loaded_from_it() -> None:
    jobs = jobs_of_folder(openapi_folder(), openapi_folder())
    assert [job.spec for job in jobs] == [contract.path for contract in load_all()]


def test_a_lock_file_is_the_same_wherever_it_is_made(project: Project, tmp_path: Path) -> None:
    elsewhere = new_project(tmp_path / "a" / "longer" / "way")
    assert elsewhere.lock.read_bytes() == project.lock.read_bytes()
    assert str(tmp_path) not in project.lock.read_text()


def test_a_lock_file_says_what_the_package_was_made_of_and_with(project: Project) -> None:
    lock, now = read_lock(project.package), inputs()
    assert (lock.package, list(lock.spec)) == ("small", ["small.yaml"])
    assert lock.tools == now.tools
    assert set(lock.tools) == {"image-contract", "openapi-python-client", "ruff"}
    assert "none" not in lock.tools.values()
    assert (lock.code, lock.templates, lock.runtime) == (now.code, now.templates, now.runtime)
    there = {path.relative_to(project.package).as_posix() for path in project.package.rglob("*") if path.is_file()}
    assert set(lock.files) == there - {"contract.lock.json"}
    assert project.lock.read_text() == lock.text()
