"""Prepares a spec for openapi-python-client, so that its parser drops, mangles and invents nothing.

The library parses the schemas into classes and enums and decides their names; request bodies, answers, credentials and
constraints are read from the contract, since the library gets them wrong (two media types, binary answers, unions of
shapes, defaults that are sent).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.client.names import pascal_case
from generator.spec.document import json_pointer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec import Contract, Json
    from generator.spec.document import Pointer

PLACE = "x-place"
"""Marks each object schema of the prepared document with the JSON Pointer of where it stands in the spec."""

_KEPT = ("type", "enum", "const", "properties", "required", "items", "additionalProperties", "allOf", "$ref")


def prepare(contract: Contract) -> dict[str, Any]:
    """Prepare a spec for openapi-python-client.

    Args:
        contract: The spec's contract.

    Returns:
        A document with plain schemas, and paths that have parameters alone.
    """
    raw = contract.document.data
    schemas = {
        name: _schema(schema, ("components", "schemas", name))
        for name, schema in raw.get("components", {}).get("schemas", {}).items()
    }
    for operation in contract.operations:
        node = raw["paths"][operation.path][operation.method.lower()]
        at: Pointer = ("paths", operation.path, operation.method.lower())
        for name, place, schema in _inline_bodies(operation.id, node, at):
            if _is_object(schema):
                schemas[name] = _schema(schema, place)
    return {
        "openapi": "3.1.0",
        "info": {"title": contract.title, "version": contract.version},
        "paths": _paths(contract),
        "components": {"schemas": schemas},
    }


def _inline_bodies(operation: str, node: Json, at: Pointer) -> list[tuple[str, Pointer, Json]]:
    """Body and answer schemas that have no name of their own, each with the name it gets."""
    found: list[tuple[str, Pointer, Json]] = []
    for media_type, content in node.get("requestBody", {}).get("content", {}).items():
        suffix = "Form" if media_type == "multipart/form-data" else "Body"
        place: Pointer = (*at, "requestBody", "content", media_type, "schema")
        found.append((f"{pascal_case(operation)}{suffix}", place, content.get("schema", {})))
    for status, answer in node.get("responses", {}).items():
        for media_type, content in answer.get("content", {}).items():
            place = (*at, "responses", status, "content", media_type, "schema")
            found.append((f"{pascal_case(operation)}Answer{status}", place, content.get("schema", {})))
    return [entry for entry in found if "$ref" not in entry[2]]


def _paths(contract: Contract) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for operation in contract.operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = {
            "operationId": operation.id,
            "tags": [operation.tag],
            "parameters": [
                {"name": p.name, "in": p.place.value, "required": p.required, "schema": _schema(p.schema, ())}
                for p in operation.parameters
            ],
            "responses": {"200": {"description": "Read from the contract."}},
        }
    return paths


def _schema(schema: Json, at: Pointer) -> Json:
    """A schema reduced to what decides its Python type."""
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema or is_free_object(schema):
        return {"$ref": schema["$ref"]} if "$ref" in schema else {}
    kept = _kept(schema)
    if "properties" in schema:
        kept["properties"] = {n: _schema(s, (*at, "properties", n)) for n, s in schema["properties"].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            kept[key] = _schema(schema[key], (*at, key))
    # Beside a type, a union is a constraint, not a choice of classes.
    for key in ("allOf",) if "type" in schema else ("allOf", "anyOf", "oneOf"):
        if key in schema:
            kept[key] = [_schema(part, (*at, key, index)) for index, part in enumerate(schema[key])]
    if _is_object(schema):
        kept[PLACE] = json_pointer(at)
    return kept


def _kept(schema: Mapping[str, Json]) -> dict[str, Any]:
    """The keywords of a schema that stay as they are."""
    names = [name for name in _KEPT if name in schema]
    if is_mixed_enum(schema):  # the library knows enums of one type alone
        names = [name for name in names if name not in {"type", "enum"}]
    binary = {"format": "binary"} if schema.get("format") == "binary" else {}
    return {name: schema[name] for name in names} | binary


def _is_object(schema: Json) -> bool:
    return isinstance(schema, dict) and (schema.get("type") == "object" or "properties" in schema or "allOf" in schema)


def is_mixed_enum(schema: Json) -> bool:
    """Whether a schema is an enum whose values, null apart, are neither all strings nor all integers."""
    values = schema.get("enum", ()) if isinstance(schema, dict) else ()
    kinds = {type(value) for value in values if value is not None}
    return bool(kinds) and kinds not in ({str}, {int})


def is_free_object(schema: Json) -> bool:
    """Whether a schema is an object of which nothing is said: it becomes a plain mapping, not a class."""
    said = ("properties", "allOf", "anyOf", "oneOf", "$ref")
    return (
        isinstance(schema, dict)
        and schema.get("type") == "object"
        and not any(key in schema for key in said)
        and not isinstance(schema.get("additionalProperties"), dict)
    )
