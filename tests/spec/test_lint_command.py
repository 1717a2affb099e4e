"""The command `lint`: all findings at once, in either form, each of which can be explained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from generator.cli import app

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder with two specs, each with findings of its own."""
    (tmp_path / "one.yaml").write_text("openapi: 3.1.1\nx-ratio: 16:9\nx-other: 4:3\n", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("openapi: 3.1.1\nopenapi: 3.1.1\n", encoding="utf-8")
    return tmp_path


def test_all_findings_of_all_specs_are_objects(bad: Path) -> None:
    ended = CliRunner().invoke(app, ["lint", "--openapi", str(bad), "--format", "json"])
    found = json.loads(ended.stdout)
    assert ended.exit_code == 1
    assert {(each["line"], each["pointer"], each["code"]) for each in found} >= {
        (2, "/x-ratio", "unquoted-ratio"),
        (3, "/x-other", "unquoted-ratio"),
        (2, "/openapi", "duplicate-key"),
    }
    assert all(each["message"] and each["file"].startswith(str(bad)) for each in found)


def test_the_text_names_how_each_finding_is_explained(bad: Path) -> None:
    ended = CliRunner().invoke(app, ["lint", str(bad / "one.yaml"), str(bad / "two.yaml")])
    assert ended.exit_code == 1
    assert "lint --explain unquoted-ratio" in ended.output
    assert "lint --explain duplicate-key" in ended.output


def test_a_finding_is_explained_in_the_words_of_the_readme() -> None:
    ended = CliRunner().invoke(app, ["lint", "--explain", "unknown-keyword"])
    assert ended.exit_code == 0
    assert ended.stdout.startswith("unknown-keyword: Mostly a slip of the pen")
    assert "](" not in ended.stdout


def test_a_code_that_is_none_is_told() -> None:
    assert CliRunner().invoke(app, ["lint", "--explain", "nothing"]).exit_code == 1
