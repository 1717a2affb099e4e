from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from generator.release.diff.command import FailOn, Form, run_diff
from tests.release.repositories import git

_PETS: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "post": {
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 50}},
                    {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    {"name": "visit", "in": "cookie", "schema": {"type": "string"}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                "responses": {
                    "200": {
                        "description": "A pet.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    }
                },
            },
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 9},
                    "age": {"type": "integer", "nullable": True, "minimum": 0, "exclusiveMinimum": True},
                    "parent": {"$ref": "#/components/schemas/Pet"},
                    "kind": {"type": "string", "enum": ["cat", "dog"]},
                },
            }
        }
    },
}


def _told(tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, value: Any) -> dict[str, Any]:
    edited = copy.deepcopy(_PETS)
    node: Any = edited
    *parts, last = place.split(" ")
    for part in parts:
        node = node[int(part)] if isinstance(node, list) else node[part]
    node[last] = value
    for name, data in (("old.json", _PETS), ("new.json", edited)):
        (tmp_path / name).write_text(json.dumps(data), encoding="utf-8")
    old, new = (str(tmp_path / name) for name in ("old.json", "new.json"))
    assert run_diff(old, new, tmp_path, form=Form.JSON, fail_on=FailOn.NEVER, python=True) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


_PET = "components schemas Pet properties"
_PARAMETER = "paths /pets/{id} post parameters 0 schema"


@pytest.mark.parametrize(
    ("place", "value", "broken"),
    [
        (f"{_PARAMETER} maximum", 40, (True, False)),
        (f"{_PARAMETER} maximum", 60, (False, True)),
        ("paths /pets/{id} post parameters 1 explode", False, (True, True)),
        ("paths /pets/{id} post parameters 1 style", "pipeDelimited", (True, True)),
        ("paths /pets/{id} post parameters 1 in", "header", (True, True)),
        ("paths /pets/{id} post parameters 2 name", "session", (True, True)),
        # What both sides hold is tighter for the one and looser for the other.
        (f"{_PET} name maxLength", 8, (True, True)),
        (f"{_PET} kind enum", ["cat", "dog", "fish"], (True, True)),
        (f"{_PET} age nullable", False, (True, True)),
        (f"{_PET} age exclusiveMinimum", False, (True, True)),
        (f"{_PET} name description", "What it is called.", (False, False)),
    ],
)
def test_a_spec_that_nobody_here_wrote_is_compared(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    place: str,
    value: Any,
    broken: tuple[bool, bool],
) -> None:
    told = _told(tmp_path, capsys, place, value)
    (spec,) = told["specs"]
    assert not spec["python"]["skipped"]
    assert (told["breaks"]["callers"] > 0, told["breaks"]["gateways"] > 0) == broken, spec["changes"]


def test_the_names_of_the_files_are_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _told(tmp_path, capsys, f"{_PARAMETER} maximum", 60)
    assert told["specs"][0]["python"] == {"skipped": "", "changes": []}
    assert told["step"] == "minor"


def test_what_can_t_be_read_of_a_spec_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt = copy.deepcopy(_PETS)
    spoilt["components"]["schemas"]["Pet"]["properties"]["kind"] = {"$ref": "https://elsewhere.example/kind.json"}
    for name, data in (("old.json", _PETS), ("new.json", spoilt)):
        (tmp_path / name).write_text(json.dumps(data), encoding="utf-8")
    old, new = (str(tmp_path / name) for name in ("old.json", "new.json"))
    assert run_diff(old, new, tmp_path, form=Form.JSON, fail_on=FailOn.NEVER, python=False) == 0
    told = capsys.readouterr()
    assert f"Not compared: {new}:" in told.err
    assert "elsewhere.example" in told.err
    assert json.loads(told.out)["specs"][0]["changes"]


def test_references_into_other_files_are_followed_in_a_revision_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "project" / "openapi"
    folder.mkdir(parents=True)
    whole = copy.deepcopy(_PETS)
    pet = whole.pop("components")["schemas"]["Pet"]
    del pet["properties"]["parent"]
    text = json.dumps(whole).replace("#/components/schemas/Pet", "parts/pet.json")
    (folder / "pets.json").write_text(text, encoding="utf-8")
    (folder / "parts").mkdir()
    (folder / "parts" / "pet.json").write_text(json.dumps(pet), encoding="utf-8")
    git(tmp_path, "init", "-q", "project")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    pet["properties"]["name"]["maxLength"] = 8
    (folder / "parts" / "pet.json").write_text(json.dumps(pet), encoding="utf-8")
    monkeypatch.chdir(folder.parent)
    code = run_diff("HEAD", None, Path("openapi"), form=Form.JSON, fail_on=FailOn.CALLERS, python=False)
    told = json.loads(capsys.readouterr().out)
    assert code == 1
    assert {change["what"] for change in told["specs"][0]["changes"]} == {"maxLength"}
