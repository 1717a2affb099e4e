"""A generated tree goes into place whole, and only what changed is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.client.output import MARKER, OutputError, check_writable, replace_tree

if TYPE_CHECKING:
    from pathlib import Path


def _tree(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def test_what_is_stale_goes_and_what_is_equal_stays_untouched(tmp_path: Path) -> None:
    new = _tree(tmp_path / "new", {MARKER: "", "same.py": "1", "changed.py": "new", "sub/added.py": "3"})
    old = _tree(tmp_path / "old", {MARKER: "", "same.py": "1", "changed.py": "old", "gone/stale.py": "4"})
    before = (old / "same.py").stat().st_mtime_ns

    touched = replace_tree(new, old)

    assert {path.relative_to(old).as_posix() for path in touched} == {"changed.py", "sub/added.py", "gone/stale.py"}
    assert (old / "same.py").stat().st_mtime_ns == before
    assert (old / "changed.py").read_text() == "new"
    assert not (old / "gone").exists()


def test_no_folder_stays_that_holds_only_what_python_compiled(tmp_path: Path) -> None:
    """It could still be imported, as a package without content."""
    new = _tree(tmp_path / "new", {MARKER: "", "same.py": "1"})
    compiled = {"gone/stale.py": "4", "gone/__pycache__/stale.pyc": "4", "__pycache__/same.pyc": "1"}
    old = _tree(tmp_path / "old", {MARKER: "", "same.py": "1", **compiled})
    assert [path.name for path in replace_tree(new, old)] == ["stale.py"]
    assert not (old / "gone").exists()
    assert (old / "__pycache__" / "same.pyc").exists()


def test_a_second_time_nothing_is_written(tmp_path: Path) -> None:
    files = {MARKER: "", "one.py": "1"}
    assert replace_tree(_tree(tmp_path / "new", files), tmp_path / "old") != []
    assert replace_tree(_tree(tmp_path / "anew", files), tmp_path / "old") == []


def test_a_folder_of_somebody_elses_files_is_refused(tmp_path: Path) -> None:
    theirs = _tree(tmp_path / "theirs", {"thesis.txt": "years of work"})
    with pytest.raises(OutputError, match="no generated package"):
        check_writable(theirs)


def test_a_file_in_the_packages_place_is_refused(tmp_path: Path) -> None:
    _tree(tmp_path, {"package": "a file"})
    with pytest.raises(OutputError, match="is a file"):
        check_writable(tmp_path / "package")


def test_a_folder_below_a_file_is_refused_with_its_name(tmp_path: Path) -> None:
    _tree(tmp_path, {"file": ""})
    with pytest.raises(OutputError, match="file"):
        check_writable(tmp_path / "file" / "package")


def test_a_place_that_fails_in_the_middle_is_named(tmp_path: Path) -> None:
    new = _tree(tmp_path / "new", {MARKER: "", "sub/one.py": "1"})
    old = _tree(tmp_path / "old", {MARKER: "", "sub": "a file where a folder must go"})
    with pytest.raises(OutputError, match="can't be written"):
        replace_tree(new, old)
