"""What the raw generator makes of specs that it can't take, and what ours says of them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest
from openapi_python_client.cli import app as raw_command
from typer.testing import CliRunner, Result

from generator.cli import app as our_command
from generator.client import generate
from generator.spec import Problem, SpecError, load

from .packages import Package, generated, importable, raw_output

if TYPE_CHECKING:
    from pathlib import Path


_HEAD = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /about:
    get:
      operationId: getAbout
      tags: [pictures]
      x-source: {document: page}
      responses:
        "200":
          description: What is known of the picture.
          content: {application/json: {schema: {$ref: "#/components/schemas/Picture"}}}
"""
_MIXED = f"""{_HEAD}
  /pictures:
    post:
      operationId: makePicture
      tags: [pictures]
      x-source: {{document: page}}
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: "#/components/schemas/Wish"}}}}}}
      responses: {{"200": {{description: Done.}}}}
components:
  schemas:
    Picture:
      type: object
      properties:
        quality: {{enum: [auto, 1, 2.5, true, null]}}
    Wish:
      type: object
      properties:
        quality: {{enum: [auto, 1, 2.5, true, null]}}
"""
_EQUAL_NAMES = f"""{_HEAD}
components:
  schemas:
    Picture:
      type: object
      properties:
        state: {{type: string, enum: [in work, in_work, done]}}
"""
_TWO_ENUMS = f"""{_HEAD}
components:
  schemas:
    Picture:
      type: object
      properties:
        state: {{type: string, enum: [ready, waiting]}}
        other: {{$ref: "#/components/schemas/PictureState"}}
    PictureState: {{type: string, enum: [open, closed]}}
"""
_ONE_ID_TWICE = f"""{_HEAD}
  /more:
    get:
      operationId: getAbout
      tags: [pictures]
      x-source: {{document: page}}
      responses:
        "200":
          description: What else is known of the picture.
          content: {{application/json: {{schema: {{$ref: "#/components/schemas/Picture"}}}}}}
components:
  schemas:
    Picture: {{type: object, properties: {{state: {{type: string}}}}}}
"""


def _spec(folder: Path, text: str, name: str = "gallery") -> Path:
    spec = folder / f"{name}.yaml"
    spec.write_text(text, encoding="utf-8")
    return spec


def _refused(spec: Path) -> Problem:
    """The one problem for which our generator refuses a spec."""
    with pytest.raises(SpecError) as caught:
        generate([load(spec)], spec.parent / "out")
    (problem,) = caught.value.problems
    return problem


@pytest.mark.trap(12)
def test_an_enum_of_mixed_types_is_generated_and_enforced(tmp_path: Path) -> None:
    """The raw generator drops the schema and the operation that takes it, and goes on."""
    with generated(tmp_path, _MIXED, "mixed") as pair:
        assert not (tmp_path / "raw_mixed" / "models" / "picture.py").exists()
        assert not (tmp_path / "raw_mixed" / "api" / "pictures" / "make_picture.py").exists()
        models, errors = pair.ours.module("models"), pair.ours.module("errors")
        for value in ("auto", 1, 2.5, True, None):
            assert models.Wish(quality=value).to_dict() == {"quality": value}
            answer = httpx.Response(200, json={"quality": value})
            assert pair.ours.call("get_about", answer).parsed.quality == value
        for value in ("none", 2, False):
            with pytest.raises(errors.RequestRefused, match="quality"):
                models.Wish(quality=value)


@pytest.mark.trap(12)
def test_values_of_an_enum_whose_names_would_be_equal_are_generated(tmp_path: Path) -> None:
    spec = _spec(tmp_path, _EQUAL_NAMES)
    with pytest.raises(ValueError, match="Duplicate key IN_WORK"):
        raw_output(spec, tmp_path / "raw")
    generate([load(spec)], tmp_path)
    with importable(tmp_path):
        ours = Package("gallery", is_ours=True)
        for value in ("in work", "in_work"):
            assert ours.call("get_about", httpx.Response(200, json={"state": value})).parsed.state == value


@pytest.mark.trap(12)
def test_two_enums_of_one_name_are_an_error_that_names_the_place(tmp_path: Path) -> None:
    """The raw generator drops the schema that holds the second, and the answer that is read by it."""
    spec = _spec(tmp_path, _TWO_ENUMS)
    assert raw_output(spec, tmp_path / "raw") != []
    assert not (tmp_path / "raw" / "models" / "picture.py").exists()
    problem = _refused(spec)
    assert "PictureState" in problem.message
    assert "/components/schemas/Picture" in str(problem)
    assert not (tmp_path / "out").exists()


@pytest.mark.trap(13)
def test_one_operation_id_for_two_operations_is_an_error_that_names_both(tmp_path: Path) -> None:
    spec = _spec(tmp_path, _ONE_ID_TWICE)
    assert raw_output(spec, tmp_path / "raw") == []
    modules = [path.name for path in (tmp_path / "raw" / "api" / "pictures").iterdir()]
    assert modules.count("get_about.py") == len(modules) - 1 == 1  # beside it, __init__.py
    problem = _refused(spec)
    assert "GET /about" in problem.message
    assert "GET /more" in problem.message
    assert problem.pointer == "/paths/~1more/get/operationId"
    assert spec.read_text(encoding="utf-8").splitlines()[problem.line - 1].strip() == "operationId: getAbout"


@pytest.mark.trap(24)
def test_an_unknown_setting_is_an_error(tmp_path: Path) -> None:
    """Ours has no file of settings: what can be set stands in the spec or on the command line."""
    spec, config = _spec(tmp_path, _EQUAL_NAMES), tmp_path / "config.json"
    config.write_text(json.dumps({"literal_enums": True, "post_hooks": [], "colour": "red"}), encoding="utf-8")
    done = _raw_command("--path", spec, "--config", config, "--output-path", tmp_path / "raw")
    assert done.exit_code == 0
    assert "colour" not in done.output

    assert CliRunner().invoke(our_command, ["generate", "--colour", "red"]).exit_code == 2
    problem = _refused(_spec(tmp_path, f"x-colour: red\n{_EQUAL_NAMES}"))
    assert "'x-colour'" in problem.message


@pytest.mark.trap(24)
def test_what_can_not_be_generated_is_no_success_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    folder, output = tmp_path / "openapi", tmp_path / "out"
    folder.mkdir()
    spec = _spec(folder, _TWO_ENUMS)
    done = _raw_command("--path", spec, "--output-path", tmp_path / "raw")
    assert done.exit_code == 0
    assert "some pieces may be missing" in done.output

    command = [sys.executable, "-m", "generator", "generate", "--openapi", str(folder), "--output", str(output)]
    failed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "PictureState" in failed.stderr
    assert not output.exists()


@pytest.mark.trap(24)
def test_nothing_stale_stays_behind(tmp_path: Path) -> None:
    spec = _spec(tmp_path, _EQUAL_NAMES.replace("in_work", "waiting"))
    stale = [tmp_path / package / "old.py" for package in ("raw", "gallery")]
    raw_output(spec, tmp_path / "raw")
    generate([load(spec)], tmp_path)
    for file in stale:
        file.touch()
    raw_output(spec, tmp_path / "raw", overwrite=True)
    generate([load(spec)], tmp_path)
    assert [file.exists() for file in stale] == [True, False]


def _raw_command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(raw_command, ["generate", "--meta", "none", *map(str, arguments)])
