"""OpenAPI Generator reads the specs whole, and makes clients in other languages from them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.handover.running import run
from tests.handover.specs import each_spec, read
from tests.tools.found import openapi_generator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_DEEP: Final = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
_LANGUAGES: Final = ("go", "java", "kotlin", "rust", "csharp", "php", "swift6", "typescript-fetch")
_KEPT: Final = (
    "enum",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "format",
    "default",
)
"""What it must have read of every schema, as it stands there."""

_CODE: Final = {".go", ".java", ".kt", ".rs", ".cs", ".php", ".swift", ".ts"}
_METHODS: Final = ("get", "put", "post", "delete", "patch")


@each_spec
def test_openapi_generator_reads_every_operation_and_bound(spec: Path, tmp_path: Path) -> None:
    """It writes down what it has read. It knows no conditions, and of several types of one value the first alone."""
    run([*openapi_generator(), "generate", "-g", "openapi", "-i", str(spec), "-o", str(tmp_path)], tmp_path)
    understood = json.loads((tmp_path / "openapi.json").read_text(encoding="utf-8"))
    stated = read(spec)
    assert _operations(understood) == _operations(stated)
    assert len(facts := _facts(stated)) > 20
    assert {place: value for place, value in _facts(understood).items() if place in facts} == facts


@pytest.mark.deep
@each_spec
@pytest.mark.parametrize("language", _LANGUAGES if _DEEP else _LANGUAGES[:1])
def test_openapi_generator_makes_a_client(spec: Path, language: str, tmp_path: Path) -> None:
    """The client has a method for each operation and a type for each shape of a body."""
    run([*openapi_generator(), "generate", "-g", language, "-i", str(spec), "-o", str(tmp_path)], tmp_path)
    code = "\n".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.suffix in _CODE).lower()
    code = code.replace("_", "")
    assert [name for name in _names(read(spec)) if name.lower() not in code] == []


def _names(content: Mapping[str, Any]) -> Iterator[str]:
    """Names of operations and of the objects that JSON has."""
    yield from (str(operation["id"]) for operation in _operations(content).values())
    for name, schema in content["components"]["schemas"].items():
        # A form is taken apart into arguments.
        if "properties" in schema and not name.endswith("Multipart"):
            yield name


def _operations(content: Mapping[str, Any]) -> dict[str, dict[str, object]]:
    return {
        f"{method} {path}": {
            "id": operation["operationId"],
            "sends": sorted(operation.get("requestBody", {}).get("content", ())),
            "answers": sorted(operation["responses"]),
            "signs in": operation.get("security", content.get("security")),
        }
        for path, item in content["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    }


def _facts(content: Mapping[str, Any]) -> dict[str, object]:
    """What is asked of the fields of each named schema, by place."""
    return {
        place: value for name, schema in content["components"]["schemas"].items() for place, value in _of(schema, name)
    }


def _of(schema: Mapping[str, Any], place: str) -> Iterator[tuple[str, object]]:
    if isinstance(schema.get("type"), list):
        return
    yield f"{place} required", sorted(schema.get("required", ()))
    yield from ((f"{place} {keyword}", schema[keyword]) for keyword in _KEPT if keyword in schema)
    for name, field in schema.get("properties", {}).items():
        yield from _of(field, f"{place}.{name}")
    if "items" in schema:
        yield from _of(schema["items"], f"{place}[]")
