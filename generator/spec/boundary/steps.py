"""Where in a request body the value stands that a rule speaks of."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.model import Json, Rule


class Each(Enum):
    """A step to any of several values."""

    ITEM = "[]"
    """Any item of an array."""
    VALUE = "{}"
    """Any value of an object whose keys are free."""


Step = str | Each
"""A property's name, or any of several."""


def steps_of(rule: Rule) -> tuple[Step, ...]:
    """The way from the body to the value that a rule speaks of; for ``required`` to the property that must be there."""
    steps: list[Step] = []
    path = list(rule.schema_path)
    while path:
        keyword = path.pop(0)
        if keyword == "properties":
            steps.append(str(path.pop(0)))
        elif keyword == "items":
            steps.append(Each.ITEM)
        elif keyword == "additionalProperties" and path:
            steps.append(Each.VALUE)
        elif keyword == "allOf":
            path.pop(0)
        elif keyword == "required":
            steps.append(str(path.pop(0)))
        elif keyword not in {"then", "else"}:
            break
    return tuple(steps)


def values_at(node: Json, steps: tuple[Step, ...]) -> Iterator[Json]:
    """Every value of a body that a way leads to; none where a property on the way is absent."""
    if not steps:
        yield node
        return
    step, rest = steps[0], steps[1:]
    if step is Each.ITEM:
        below = node if isinstance(node, list) else []
    elif step is Each.VALUE:
        below = list(node.values()) if isinstance(node, dict) else []
    else:
        below = [node[step]] if isinstance(node, dict) and step in node else []
    for value in below:
        yield from values_at(value, rest)


def schema_at(schema: Mapping[str, Json], steps: tuple[Step, ...]) -> dict[str, Json]:
    """What a schema says, unconditionally, of the value that a way leads to; keywords of ``allOf`` are merged in."""
    merged = _merged(schema)
    if not steps:
        return merged
    step, rest = steps[0], steps[1:]
    if step is Each.ITEM:
        below = merged.get("items")
    elif step is Each.VALUE:
        below = merged.get("additionalProperties")
    else:
        below = merged.get("properties", {}).get(step)
    return schema_at(below if isinstance(below, dict) else {}, rest)


def _merged(schema: Mapping[str, Json]) -> dict[str, Json]:
    merged: dict[str, Json] = {}
    for part in (*schema.get("allOf", ()), schema):
        properties, required = merged.get("properties", {}), merged.get("required", [])
        merged.update(part)
        if properties:
            own = part.get("properties", {})
            both = {name: {**properties.get(name, {}), **own.get(name, {})} for name in {**properties, **own}}
            merged["properties"] = both
        if required:
            merged["required"] = list(dict.fromkeys([*required, *part.get("required", [])]))
    return merged
