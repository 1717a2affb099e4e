"""What the page's form must know of the specs: operations, shapes with their fields, examples, rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.mock.faults.ready import READY
from generator.mock.requests.coercion import types_of
from generator.spec.field_roles import Role, paths_of
from generator.spec.table import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.spec.model import Contract, Json, Operation, Parameter, Shape

_SHOWN = ("default", "enum", "examples", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")
_ROLES = (Role.PROMPT, Role.MODEL)
"""What the list of requests tells of a body."""


def described(contracts: Iterable[Contract]) -> dict[str, Json]:
    """The specs as the page wants them.

    Args:
        contracts: The APIs.

    Returns:
        As JSON has values: ``apis``, each with its operations; ``rules``, each with its id and the link to its line;
        ``faults``, those that are ready made, each with its name and summary.
    """
    contracts = tuple(contracts)
    rules = json.loads(as_json(contracts))
    return {
        "apis": [_api(contract) for contract in contracts],
        "rules": [{**rule, "link": link(rule["id"])} for rule in rules],
        "faults": [{"name": name, "summary": fault.summary} for name, fault in READY.items()],
    }


def link(rule: str) -> str:
    """Where the reference speaks of a rule: a path and a fragment."""
    return f"/_mock/rules#{quote(rule, safe='/~')}"


def _api(contract: Contract) -> dict[str, Json]:
    operations = [_operation(operation) for operation in contract.operations]
    return {"name": contract.name, "title": contract.title, "version": contract.version, "operations": operations}


def _operation(operation: Operation) -> dict[str, Json]:
    return {
        "id": operation.id,
        "method": operation.method,
        "path": operation.path,
        "summary": operation.summary,
        "deprecated": operation.deprecated,
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "shapes": [_shape(shape) for shape in operation.shapes],
        "examples": [_example(operation, index) for index in range(len(operation.examples))],
    }


def _parameter(parameter: Parameter) -> dict[str, Json]:
    field = _field(parameter.name, parameter.schema, required=parameter.required)
    return {**field, "place": parameter.place.value, "description": parameter.description}


def _shape(shape: Shape) -> dict[str, Json]:
    required = set(shape.schema.get("required", ()))
    properties: Mapping[str, Mapping[str, Json]] = shape.schema.get("properties", {})
    fields = [_field(name, prop, required=name in required) for name, prop in properties.items()]
    kind = "multipart" if shape.is_multipart else "file" if shape.is_file else "json"
    roles = {role.value: [list(path) for path in paths_of(shape.schema, role)] for role in _ROLES}
    return {"name": shape.name, "media_type": shape.media_type, "kind": kind, "fields": fields, "roles": roles}


def _field(name: str, schema: Mapping[str, Json], *, required: bool) -> dict[str, Json]:
    items = schema.get("items", {})
    return {
        "name": name,
        "required": required,
        "types": list(types_of(schema)),
        "is_list": "array" in types_of(schema),
        "is_file": "binary" in (schema.get("format"), items.get("format")),
        "description": schema.get("description", ""),
        "known_values": schema.get("x-known-values", []),
        **{keyword: schema[keyword] for keyword in _SHOWN if keyword in schema},
    }


def _example(operation: Operation, index: int) -> dict[str, Json]:
    example = operation.examples[index]
    shape = operation.shape_meant(example.media_type, example.value)
    return {
        "name": example.name,
        "media_type": example.media_type,
        "shape": shape.name if shape else "",
        "value": example.value,
        "document": str(example.source) if example.source else "",
    }
