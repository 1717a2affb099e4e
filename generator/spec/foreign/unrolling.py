"""Writes out what references lead to, as far as it stays readable: rules are listed from schemas without references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.spec.foreign.references import COMPONENTS
from generator.spec.keywords import ASSERTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

MOST_NODES: Final = 150
"""So many schemas are written out for one body at the most; what stands deeper is not enforced."""
_DEPTHS: Final = (6, 4, 3, 2, 1)
_MOST_BRANCHES: Final = 12
_ASSERTED: Final = frozenset(ASSERTIONS) - {"anyOf", "oneOf", "not"}


class _TooManyError(Exception):
    pass


def unrolled(schema: Json, components: Mapping[str, Json]) -> Json:
    """A schema with its references written out: as many levels as stay within bounds, at least one.

    Args:
        schema: The adapted schema.
        components: What its references point to.
    """
    for depth in _DEPTHS[:-1]:
        try:
            return _Unroller(components, MOST_NODES).of(schema, depth, ())
        except _TooManyError:
            continue
    return _Unroller(components, 0).of(schema, _DEPTHS[-1], ())


class _Unroller:
    def __init__(self, components: Mapping[str, Json], most: int) -> None:
        self._components, self._left, self._bounded = components, most, most > 0

    def of(self, schema: Json, depth: int, opened: tuple[str, ...]) -> Json:
        self._left -= 1
        if self._bounded and self._left < 0:
            raise _TooManyError
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(COMPONENTS)
            target = self._components[name]
            words = {key: value for key, value in schema.items() if key != "$ref"}
            if "enum" in target:
                return {**target, **words}
            if depth <= 0 or opened.count(name) > 1:
                return {"type": "object", **words}
            return {**self._object(target, depth - 1, (*opened, name)), **words}
        if "anyOf" in schema:
            return self._union(schema, depth, opened)
        found = dict(schema)
        if "items" in schema:
            found["items"] = self.of(schema["items"], depth, opened)
        if "additionalProperties" in schema:
            found["additionalProperties"] = self.of(schema["additionalProperties"], depth, opened)
        return found

    def _object(self, target: Json, depth: int, opened: tuple[str, ...]) -> Json:
        found = dict(target)
        found["properties"] = {name: self.of(child, depth, opened) for name, child in target["properties"].items()}
        if isinstance(target.get("additionalProperties"), dict):
            found["additionalProperties"] = self.of(target["additionalProperties"], depth, opened)
        return found

    def _union(self, schema: Json, depth: int, opened: tuple[str, ...]) -> Json:
        """A union of one kind and null as that kind, which may be null; any other with branches of one level."""
        members = [member for member in schema["anyOf"] if member.get("type") != "null"]
        words = {key: value for key, value in schema.items() if key not in {"anyOf", "discriminator"}}
        has_null = len(members) < len(schema["anyOf"])
        if len(members) == 1:
            found = self.of(members[0], depth, opened)
            kinds = found.get("type", [])
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if has_null and kinds:
                found = {**found, "type": [*kinds, "null"]}
            if has_null and "enum" in found and None not in found["enum"]:
                found = {**found, "enum": [*found["enum"], None]}
            return {**found, **words}
        if len(members) > _MOST_BRANCHES:
            return words
        branches = [self._branch(member) for member in schema["anyOf"]]
        return words if any(not branch for branch in branches) else {**words, "anyOf": branches}

    def _branch(self, member: Json) -> Json:
        """What tells a member of a union from others: its type, what must be there, and of which kind that is."""
        if "$ref" not in member:
            found = {key: value for key, value in member.items() if key in _ASSERTED}
            items = member.get("items")
            return {**found, "items": self._branch(items)} if items and "anyOf" not in items else found
        target = self._components[member["$ref"].removeprefix(COMPONENTS)]
        if "enum" in target:
            return {"type": target["type"], "enum": target["enum"]}
        needed = target.get("required", ())
        kinds = {name: _kind(target["properties"].get(name, {})) for name in needed}
        told = {name: kind for name, kind in kinds.items() if kind}
        return {
            "type": "object",
            **({"required": list(needed)} if needed else {}),
            **({"properties": told} if told else {}),
        }


def _kind(schema: Json) -> Json:
    return {key: schema[key] for key in ("enum",) if key in schema and "$ref" not in schema}
