"""The formatter: another version of it writes other code from the same spec, so that it must be the one we pinned."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from generator.client import generate
from generator.spec import load_all, openapi_folder

if TYPE_CHECKING:
    import pytest

PROJECT = Path(__file__).parents[2]


def test_the_formatter_is_pinned_and_is_the_one_that_is_installed() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [line for line in project["optional-dependencies"]["generator"] if re.match(r"ruff\b", line)]
    assert pins == [f"ruff=={importlib.metadata.version('ruff')}"]


def test_no_setting_of_the_user_changes_what_is_generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte what is committed, though a ruff.toml that asks for other code lies all around."""
    settings = 'line-length = 40\n[format]\nquote-style = "single"\nindent-style = "tab"\n'
    (tmp_path / "ruff.toml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)
    output = tmp_path / "generated"
    generate(load_all(openapi_folder()), output)
    committed = PROJECT / "generated_client"
    assert _contents(output) == _contents(committed)


def _contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}
