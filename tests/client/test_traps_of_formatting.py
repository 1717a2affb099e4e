"""The formatter: another version of it writes other code from the same spec, so that it must be the one we pinned."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

from generator.client import generate
from generator.client.output import LOCK
from generator.spec import load_all, openapi_folder

from .packages import raw_output

PROJECT = Path(__file__).parents[2]
SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
paths:
  /about:
    get:
      operationId: getAbout
      tags: [pictures]
      responses: {"200": {description: What is known of the picture.}}
"""
_SETTINGS = 'line-length = 40\n[format]\nquote-style = "single"\nindent-style = "tab"\n'


@pytest.mark.trap(23)
def test_the_formatter_is_pinned_and_is_the_one_that_is_installed() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [line for line in project["optional-dependencies"]["generator"] if re.match(r"ruff\b", line)]
    assert pins == [f"ruff=={importlib.metadata.version('ruff')}"]


@pytest.mark.trap(23)
def test_settings_that_lie_around_change_what_the_raw_generator_writes(tmp_path: Path) -> None:
    """It calls whichever ruff it finds on the path, and that reads what stands in the folders above the output."""
    written = []
    for name in ("here", "there"):
        folder = tmp_path / name
        folder.mkdir()
        if name == "there":
            (folder / "ruff.toml").write_text(_SETTINGS, encoding="utf-8")
        (folder / "spec.yaml").write_text(SPEC, encoding="utf-8")
        formatter = f"{sys.executable} -P -m ruff format --no-cache ."
        assert raw_output(folder / "spec.yaml", folder / "raw", formatters=[formatter]) == []
        written.append(_contents(folder / "raw"))
    assert written[0].keys() == written[1].keys()
    assert written[0] != written[1]


@pytest.mark.trap(23)
def test_no_setting_of_the_user_changes_what_is_generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte what is committed, though a ruff.toml that asks for other code lies all around ours."""
    (tmp_path / "ruff.toml").write_text(_SETTINGS, encoding="utf-8")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)
    output = tmp_path / "generated"
    generate(load_all(openapi_folder()), output)
    committed = PROJECT / "generated_client"
    packages = _contents(committed)
    for contract in load_all(openapi_folder()):
        del packages[f"{contract.name}/{LOCK}"]
    assert _contents(output) == packages


def _contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}
