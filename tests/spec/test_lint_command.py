"""The command `lint`: all findings at once, in either form, each of which can be explained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from generator.cli import app
from generator.spec.lint.explanations import explanations

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


def test_an_explanation_says_why_and_how_and_shows_it_mended() -> None:
    ended = CliRunner().invoke(app, ["lint", "--explain", "unknown-keyword"])
    assert ended.exit_code == 0
    assert ended.stdout.startswith(
        "unknown-keyword: Nobody knows this keyword\n\nWhy it matters\n  Mostly a slip of the pen."
    )
    assert "Wrong, at /components/schemas/Thing/properties\n  name: {type: string, maxlength: 5}\n" in ended.stdout
    assert "Mended\n  name: {type: string, maxLength: 5}\n" in ended.stdout
    assert "\x1b" not in ended.stdout


def test_an_explanation_is_an_object_as_well() -> None:
    ended = CliRunner().invoke(app, ["lint", "--explain", "missing-file", "--format", "json"])
    told = json.loads(ended.stdout)
    assert told["code"] == "missing-file"
    assert told["told_by"] == ["lint", "generate --spec"]
    assert told["at"] is None
    assert told["mended"] == "image-contract lint openapi/small.yaml\n"


@pytest.mark.parametrize("form", ["text", "json"])
def test_all_explanations_are_told_at_once(form: str) -> None:
    ended = CliRunner().invoke(app, ["lint", "--explain", "all", "--format", form])
    assert ended.exit_code == 0
    if form == "json":
        assert [each["code"] for each in json.loads(ended.stdout)] == list(explanations())
    else:
        assert ended.stdout.count("\nHow to mend it\n") == len(explanations())


def test_a_code_that_is_none_gets_the_nearest_and_all_there_are() -> None:
    ended = CliRunner().invoke(app, ["lint", "--explain", "unkown-keyword"])
    assert (ended.exit_code, ended.stdout) == (2, "")
    first, empty, *rows = ended.stderr.splitlines()
    assert first == "There is no finding 'unkown-keyword'. Did you mean 'unknown-keyword'? There are:"
    assert not empty
    assert [row.split(maxsplit=1) for row in rows] == [[each.code, each.title] for each in explanations().values()]
    assert max(map(len, rows)) <= 80


def test_a_code_that_is_like_none_gets_no_guess() -> None:
    ended = CliRunner().invoke(app, ["lint", "--explain", "\x1b[31mqqqq" + "z" * 1000])
    assert ended.exit_code == 2
    assert "Did you mean" not in ended.stderr
    assert "\x1b" not in ended.stderr
