"""A spec of hundreds of operations, made by a script: for measuring, and for nothing else."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_RESOURCES = 20


def many_operations(count: int) -> dict[str, Any]:
    """A spec of as many operations as wanted, with the variety of a real one.

    Args:
        count: How many operations; every fourth with a body, each with parameters, in 20 resources.

    Returns:
        An OpenAPI 3.0 document.
    """
    paths: dict[str, Any] = {}
    for number in range(count):
        resource = number % _RESOURCES
        kind = number // _RESOURCES
        path = f"/resource-{resource}/kind-{kind}" + ("/{id}" if number % 2 else "")
        method = ("get", "post", "put", "delete")[number % 4]
        paths.setdefault(path, {})[method] = _operation(number, resource, method, has_id=bool(number % 2))
    schemas = {f"Thing{number}": _schema(number) for number in range(count)}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Many Things", "version": "1.0.0", "description": "A description of the whole."},
        "servers": [{"url": "https://many.example/v1"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas | {"Problem": {"type": "object", "properties": {"code": _TEXT, "message": _TEXT}}},
        },
    }


def _operation(number: int, resource: int, method: str, *, has_id: bool) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
        {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "-name", "age"]}},
        {"name": "X-Trace", "in": "header", "schema": _TEXT},
    ]
    if has_id:
        parameters.append({"name": "id", "in": "path", "required": True, "schema": _TEXT})
    thing = {"application/json": {"schema": {"$ref": f"#/components/schemas/Thing{number}"}}}
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    body = {"requestBody": {"required": True, "content": thing}} if method in {"post", "put"} else {}
    return {
        "operationId": f"{method}Thing{number}",
        "tags": [f"resource {resource}"],
        "summary": f"Does the thing number {number}",
        "description": "What it does, in a sentence or two. It may be long. " * 3,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The thing.", "content": thing},
            "404": {"description": "There is none.", "content": problem},
        },
        **body,
    }


def _schema(number: int) -> dict[str, Any]:
    # Of a chain of hundreds the raw generator's recursion finds no end.
    beside = f"#/components/schemas/Thing{number - 1}" if number % 5 else "#/components/schemas/Problem"
    return {
        "type": "object",
        "required": ["name", "count"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 80, "description": "What it is called."},
            "count": {"type": "integer", "minimum": 0, "maximum": 1000},
            "kind": {"type": "string", "enum": ["small", "middle", "large"]},
            "made_at": {"type": "string", "format": "date-time"},
            "tags": {"type": "array", "items": _TEXT, "maxItems": 20},
            "price": {"type": "number", "nullable": True},
            "beside": {"$ref": beside},
            "labels": {"type": "object", "additionalProperties": _TEXT},
        },
    }
