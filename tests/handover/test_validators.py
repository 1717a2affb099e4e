"""Validators and linters of others load the specs without complaint, under their own rules, and do find mistakes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.handover.running import run
from tests.handover.specs import SPECS, each_spec, read, written
from tests.tools.found import npm_tool

if TYPE_CHECKING:
    from pathlib import Path


@each_spec
def test_openapi_spec_validator_has_no_complaint(spec: Path) -> None:
    assert list(OpenAPIV31SpecValidator(read(spec), base_uri=spec.as_uri()).iter_errors()) == []


@each_spec
def test_openapi_spec_validator_finds_a_mistake(spec: Path) -> None:
    content = read(spec)
    del content["info"]["version"]
    (found,) = OpenAPIV31SpecValidator(content, base_uri=spec.as_uri()).iter_errors()
    assert '"version" is a required property' in str(found)


@each_spec
def test_redocly_has_no_complaint(spec: Path, tmp_path: Path) -> None:
    """Neither error nor warning under `recommended`, the rules of those who configure nothing."""
    assert _problems(spec, tmp_path) == []


def test_redocly_finds_an_example_that_breaks_its_schema(tmp_path: Path) -> None:
    content = read(next(path for path in SPECS if path.stem == "powertokens"))
    body = content["paths"]["/v1/images/generations"]["post"]["requestBody"]
    body["content"]["application/json"]["examples"]["text-to-image-qwen"]["value"]["n"] = 7
    found = _problems(written(tmp_path, content), tmp_path)
    assert {problem["ruleId"] for problem in found} == {"no-invalid-media-type-examples"}
    assert any("must be <= 6" in problem["message"] for problem in found)


def _problems(spec: Path, folder: Path) -> list[dict[str, Any]]:
    command = [npm_tool("redocly"), "lint", "--extends", "recommended", "--format", "json", str(spec)]
    report: dict[str, Any] = json.loads(run(command, folder))
    problems: list[dict[str, Any]] = report["problems"]
    assert len(problems) == report["totals"]["errors"] + report["totals"]["warnings"]
    assert report["totals"]["ignored"] == 0
    return problems
