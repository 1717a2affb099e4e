"""Right request bodies: small ones, made from the documents' own examples."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from generator.spec.boundary.images import sample_image
from generator.spec.boundary.patterns import matching
from generator.spec.boundary.steps import Each, schema_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.spec.boundary.steps import Step
    from generator.spec.model import Json, Operation, Shape


class Absent(Enum):
    """Stands for no value at all, which None does not: that is JSON's null."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


def example_of(operation: Operation, shape: Shape) -> Mapping[str, Json]:
    """The documents' example of a shape; an empty one if they give none."""
    for example in operation.examples:
        if example.media_type == shape.media_type and operation.shape_meant(shape.media_type, example.value) is shape:
            return example.value if isinstance(example.value, dict) else {}
    return {}


def base_body(operation: Operation, shape: Shape) -> Json:
    """The smallest body that keeps a shape's rules.

    Returns:
        Its required properties, as the documents' example has them; of a file by itself, the file's bytes.
    """
    if shape.is_file:
        return sample_image(shape.schema.get("x-image", {"forms": ["file"]}))
    schema, example = schema_at(shape.schema, ()), example_of(operation, shape)
    properties = schema.get("properties", {})
    return {name: sample(properties.get(name, {}), example.get(name, ABSENT)) for name in schema.get("required", ())}


def sample(schema: Mapping[str, Json], given: Json = ABSENT) -> Json:
    """A value that keeps a schema.

    Args:
        schema: The resolved schema of the value.
        given: What an example has here. It is taken over, except for images: these are made anew, since an example's
            links lead nowhere and its files do not exist.
    """
    merged = schema_at(schema, ())
    types = _types(merged)
    if "x-image" in merged and not isinstance(given, list) and ("string" in types or not types):
        return sample_image(merged["x-image"])
    if given is ABSENT:
        return _made(merged, types)
    if isinstance(given, dict):
        return {name: sample(merged.get("properties", {}).get(name, {}), value) for name, value in given.items()}
    if isinstance(given, list):
        return [sample(merged.get("items", {}), value) for value in given]
    return given


def samples(schema: Mapping[str, Json], given: Json = ABSENT) -> list[Json]:
    """Values that keep a schema, as far as it tells them: the example's, its default, its known values."""
    merged = schema_at(schema, ())
    told = [] if given is ABSENT else [given]
    told += [merged["const"]] if "const" in merged else []
    told += [*merged.get("enum", ()), *merged.get("examples", ())]
    told += [merged[keyword] for keyword in ("example", "default") if keyword in merged]
    told += merged.get("x-known-values", ())
    return [value for index, value in enumerate(told) if value not in told[:index]]


def placed(node: Json, schema: Mapping[str, Json], steps: tuple[Step, ...], value: Json) -> Json:
    """A copy of a body with a value put in one place; what is missing on the way there is made.

    Args:
        node: The body, or what stands at this point of the way; ABSENT if nothing does.
        schema: Its schema.
        steps: The rest of the way.
        value: What to put there; ABSENT takes away what is there.
    """
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    below = schema_at(schema, (step,))
    if step is Each.ITEM:
        items = list(node) if isinstance(node, list) and node else [sample(below)]
        index = _best(items, rest)
        items[index] = placed(items[index], below, rest, value)
        return items
    found = dict(node) if isinstance(node, dict) else dict(sample({**schema, "type": "object"}))
    key = step if isinstance(step, str) else next(iter(found), "key")
    new = placed(found.get(key, ABSENT), below, rest, value)
    if new is ABSENT:
        found.pop(key, None)
        return found
    return {**found, key: new}


def _best(items: list[Json], rest: tuple[Step, ...]) -> int:
    """The item to put a value in: one that has the property already, else the first."""
    for index, item in enumerate(items):
        if rest and isinstance(item, dict) and rest[0] in item:
            return index
    return 0


def _types(schema: Mapping[str, Json]) -> list[str]:
    stated = schema.get("type", [])
    return [stated] if isinstance(stated, str) else list(stated)


def _made(schema: Mapping[str, Json], types: list[str]) -> Json:
    if told := samples(schema):
        return told[0]
    kind = types[0] if types else "object" if "properties" in schema else "string"
    return _MAKERS[kind](schema)


def _made_array(schema: Mapping[str, Json]) -> list[Json]:
    return [sample(schema.get("items", {})) for _ in range(max(1, schema.get("minItems", 1)))]


def _made_object(schema: Mapping[str, Json]) -> dict[str, Json]:
    branch: Mapping[str, Json] = next(iter([*schema.get("anyOf", ()), *schema.get("oneOf", ())]), {})
    properties = {**branch.get("properties", {}), **schema.get("properties", {})}
    names = dict.fromkeys([*schema.get("required", ()), *branch.get("required", ())])
    return {name: sample(properties.get(name, {})) for name in names}


def _made_number(schema: Mapping[str, Json]) -> int | float:
    step = schema.get("multipleOf", 1)
    lowest = max(schema.get("minimum", 0), schema.get("exclusiveMinimum", -1) + 1)
    highest = min(schema.get("maximum", lowest), schema.get("exclusiveMaximum", lowest + 1) - 1)
    start: int | float = min(lowest, highest)
    return start if step == 1 else -(-start // step) * step


def _made_text(schema: Mapping[str, Json]) -> str:
    if "pattern" in schema and (texts := matching(schema["pattern"])):
        return texts[0]
    length: int = schema.get("minLength", 1)
    return "a" * max(1, length)


_MAKERS: Mapping[str, Callable[[Mapping[str, Json]], Json]] = {
    "object": _made_object,
    "array": _made_array,
    "integer": _made_number,
    "number": _made_number,
    "string": _made_text,
    "boolean": lambda _: True,
    "null": lambda _: None,
}
