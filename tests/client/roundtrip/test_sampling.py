"""Samples keep their schemas, and are as small or as full as is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from generator.client.roundtrip.sampling import Sampler
from generator.client.roundtrip.scalars import NoSampleError
from generator.client.roundtrip.values import File

if TYPE_CHECKING:
    from generator.spec import Json

_SCHEMAS: list[Json] = [
    {"type": "string"},
    {"type": "string", "minLength": 9},
    {"type": "string", "maxLength": 2},
    {"type": "string", "pattern": "^[a-f0-9]{32}$"},
    {"type": "string", "pattern": "^(on|off)$"},
    {"type": "string", "minLength": 3, "maxLength": 3, "pattern": "^[A-Z]+$"},
    {"type": "string", "format": "date-time"},
    {"type": "integer", "minimum": 5, "multipleOf": 4},
    {"type": "integer", "exclusiveMaximum": 0},
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5},
    {"type": "number", "minimum": 100},
    {"type": "number", "minimum": 100, "multipleOf": 5e-324},
    {"type": ["null", "string"]},
    {"enum": [None, 2]},
    {"const": {"a": 1}},
    {"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True},
    {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "minItems": 2},
    {"anyOf": [{"type": "string", "minLength": 5}, {"type": "integer"}]},
    {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2},
    {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}},
]


def _sample(schema: Json, *, full: bool, components: dict[str, Json] | None = None) -> Any:
    return Sampler(lambda reference: (components or {})[reference], full=full).sample(schema)


@pytest.mark.parametrize("schema", _SCHEMAS, ids=str)
@pytest.mark.parametrize("full", [False, True])
def test_a_sample_keeps_its_schema(schema: Json, *, full: bool) -> None:
    jsonschema_rs.validate(schema, _sample(schema, full=full))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 5, "maxLength": 3},
        {"type": "integer", "minimum": 3, "maximum": 2},
        {"type": "object", "required": ["a"], "properties": {"a": False}},
        {"enum": ["a"], "type": "integer"},
    ],
    ids=str,
)
def test_what_nothing_keeps_has_no_sample(schema: Json) -> None:
    with pytest.raises(NoSampleError):
        _sample(schema, full=True)


def test_optional_fields_are_given_on_demand() -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}}
    assert _sample(schema, full=False) == {"a": 1}
    assert _sample(schema, full=True) == {"a": 1, "b": True}


def test_a_schema_that_refers_to_itself_ends() -> None:
    tree = {"type": "object", "properties": {"name": {"type": "string"}, "below": {"$ref": "tree"}}}
    found = _sample({"$ref": "tree"}, full=True, components={"tree": tree})
    assert found["name"] == "text"
    assert "below" not in found["below"]


def test_what_must_refer_to_itself_has_no_sample() -> None:
    endless = {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "endless"}}}
    with pytest.raises(NoSampleError):
        _sample({"$ref": "endless"}, full=False, components={"endless": endless})


def test_a_discriminator_tells_the_branch_of_the_sample() -> None:
    cat = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    schema = {"oneOf": [{"$ref": "#/c/Cat"}], "discriminator": {"propertyName": "kind", "mapping": {"meow": "#/c/Cat"}}}
    assert _sample(schema, full=False, components={"#/c/Cat": cat}) == {"kind": "meow"}


def test_a_large_schema_has_a_sample_that_can_be_read() -> None:
    wide = {"type": "object", "properties": {f"field{index}": {"type": "integer"} for index in range(500)}}
    assert len(_sample(wide, full=True)) < 100


def test_binary_is_a_file() -> None:
    assert _sample({"type": "string", "format": "binary"}, full=False) == File()
