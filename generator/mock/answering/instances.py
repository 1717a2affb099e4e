"""Makes a value of the form that a schema describes, for answers of which the mock knows nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.mock.requests.coercion import types_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

_PLAINEST: Final[Mapping[str, Json]] = {"string": "", "integer": 0, "number": 0, "boolean": False, "null": None}


def instance_of(schema: Mapping[str, Json]) -> Json:
    """A value of the form that a schema describes.

    Args:
        schema: A resolved schema. Bounds are kept where an example, a default or a choice of values gives one.
    """
    if "const" in schema:
        return schema["const"]
    if "default" in schema:
        return schema["default"]
    for choices in ("examples", "enum"):
        if schema.get(choices):
            return schema[choices][0]
    if "properties" in schema or "object" in types_of(schema):
        return {name: instance_of(prop) for name, prop in schema.get("properties", {}).items() if "$ref" not in prop}
    if "array" in types_of(schema):
        return [instance_of(schema.get("items", {}))]
    kind = next(iter(types_of(schema)), "null")
    return schema.get("minimum", _PLAINEST[kind]) if kind in {"integer", "number"} else _PLAINEST[kind]
