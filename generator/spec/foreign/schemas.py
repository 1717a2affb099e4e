"""Adapts schemas: each object becomes a component of its own, all else stands where it is used."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from generator.spec.foreign.enums import typed_enum, values_of
from generator.spec.foreign.findings import CutError
from generator.spec.foreign.heirs import Heirs
from generator.spec.foreign.merging import Merged, Merger
from generator.spec.foreign.naming import Names, class_name
from generator.spec.foreign.references import COMPONENTS
from generator.spec.foreign.reserved import CLASSES
from generator.spec.foreign.unions import UnionAdapter
from generator.spec.foreign.upgrade import BINARY, is_nullable
from generator.spec.foreign.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.spec.foreign.files import Files, Spot
    from generator.spec.foreign.findings import Findings
    from generator.spec.foreign.merging import Part
    from generator.spec.model import Json

_OF_STRINGS: Final = ("minLength", "maxLength", "pattern")
_OF_NUMBERS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_OF_ARRAYS: Final = ("minItems", "maxItems", "uniqueItems")
_OF_OBJECTS: Final = ("minProperties", "maxProperties")
_OF_TYPES: Final = {
    "string": _OF_STRINGS,
    "integer": _OF_NUMBERS,
    "number": _OF_NUMBERS,
    "array": _OF_ARRAYS,
    "object": _OF_OBJECTS,
}
_WORDS: Final = ("title", "description", "default", "deprecated")
_BESIDE_REFERENCES: Final = frozenset(
    (
        *_WORDS,
        "$ref",
        "allOf",
        "nullable",
        "example",
        "examples",
        "readOnly",
        "writeOnly",
        "xml",
        "externalDocs",
        "summary",
    )
)
_DEEPEST: Final = 40
_LONGEST_NAME: Final = 400
_MOST_PARTS: Final = 1_000
_ANYWAY: Final = 1_000
_A_PLACE: Final = 2
"""How often schemas are adapted at the most, however small the document, and more for each of its places. The largest
public documents need half of one a place; where recursive parts are merged, each level doubles."""


class Side(StrEnum):
    """Which way what a schema describes goes: requests and answers get classes of their own."""

    REQUEST = "request"
    ANSWER = "answer"


def _is_large(schema: Json) -> bool:
    """Whether a schema that isn't an object has more parts than are worth writing out wherever it is referred to."""
    waiting, left = [schema], _MOST_PARTS
    while waiting and left:
        left -= 1
        node = waiting.pop()
        below = node.values() if isinstance(node, dict) else node
        waiting += [child for child in below if isinstance(child, dict | list) and child]
    return bool(waiting)


class SchemaAdapter:
    """Adapts the schemas of one document.

    Attributes:
        components: The components made so far, by name.
        origins: Where each of them stands, by name.
        names: The names of classes.
    """

    def __init__(self, files: Files, findings: Findings, reserved: Iterable[str] = ()) -> None:
        self.files, self.findings = files, findings
        self.merger = Merger(files, findings)
        self.components: dict[str, Json] = {}
        self.origins: dict[str, Spot] = {}
        self.names = Names((*CLASSES, *reserved))
        self._unions = UnionAdapter(self)
        self._heirs = Heirs(files, self.merger)
        self._done: dict[tuple[Any, Side], Json] = {}
        self._enums: dict[Any, Json] = {}
        self._open: set[tuple[Any, Side]] = set()
        self._waiting: list[tuple[str, str, Merged, Side]] = []
        self._depth = self._adapted = 0

    def adapt(self, node: Json, spot: Spot, side: Side, hint: str) -> Json:
        """Adapt a schema, and every one that it leads to.

        Args:
            node: The schema.
            spot: Where it stands.
            side: Which way it goes.
            hint: What to call it if it needs a name and has none.

        Returns:
            A schema whose objects with properties are references to components.
        """
        found = self.below([(node, spot)], side, hint)
        self._finish()
        return found

    def below(self, parts: list[Part], side: Side, hint: str) -> Json:
        """Adapt a schema that stands in another one; components that it needs may be finished later.

        Args:
            parts: The schemas that all hold here.
            side: Which way it goes.
            hint: What to call it if it needs a name and has none.
        """
        self._depth += 1
        self._adapted += 1
        if self._depth > _DEEPEST or self._adapted > _ANYWAY + _A_PLACE * self.files.places:
            self._depth -= 1
            self.findings.cut(parts[0][1], "too-deep", "The schema is nested too deep. Anything is taken in its place.")
            return {}
        try:
            return self._referred(*parts[0], side, hint) if len(parts) == 1 else self._made(parts, side, hint)
        except CutError as cut:
            self.findings.cut(cut.spot, cut.code, f"{cut} Anything is taken in its place.")
            return {}
        finally:
            self._depth -= 1

    def _finish(self) -> None:
        while self._waiting:
            self._fill(*self._waiting.pop())

    def _referred(self, node: Json, spot: Spot, side: Side, hint: str) -> Json:
        """A schema that may be another one by another name, with some words of its own."""
        said: dict[str, Json] = {}
        nullable, steps = False, 0
        while (step := self._step(node, spot)) is not None:
            said = {**{key: node[key] for key in _WORDS if _is_words(key, node.get(key))}, **said}
            nullable = nullable or is_nullable(node)
            node, spot = step
            steps += 1
            if steps > _DEEPEST:
                raise CutError(spot, "self-reference", "This `$ref` leads round in a circle.")
        if not steps:
            return self._made([(node, spot)], side, hint)
        found = self._named(node, spot, side, hint)
        if "description" in said:
            said["description"] = readable(str(said["description"]))
        found = {**found, **said} if said else found
        return with_null(found) if nullable else found

    def _step(self, node: Json, spot: Spot) -> Part | None:
        """What a schema refers to, if it says nothing of its own but words."""
        if not isinstance(node, dict) or any(key not in _BESIDE_REFERENCES for key in node if not key.startswith("x-")):
            return None
        whole = node.get("allOf")
        if isinstance(node.get("$ref"), str) and not whole:
            return self.files.follow(node["$ref"], spot)
        if "$ref" not in node and isinstance(whole, list) and len(whole) == 1 and isinstance(whole[0], dict):
            return whole[0], spot.below("allOf", 0)
        return None

    def _named(self, node: Json, spot: Spot, side: Side, hint: str) -> Json:
        """A schema that others refer to: adapted once, whoever asks."""
        key = (spot.key, side)
        if key in self._done:
            return self._done[key]
        if key in self._open:
            self.findings.note(
                spot, "recursive-value", "This schema holds itself outside of any object. Anything is taken there."
            )
            return {}
        self._open.add(key)
        try:
            name = str(spot.pointer[-1]) if spot.pointer else spot.file.path.stem
            self._done[key] = self._made([(node, spot)], side, class_name(name, "Model") or hint, named=True)
            if kinds := self._heirs.of(node, spot):
                self._done[key] = self._with_heirs(self._done[key], node, kinds, side)
            if _is_large(self._done[key]):
                self._done[key] = {}
                words = "The schema is too large once its references are written out. Anything is taken in its place."
                self.findings.cut(spot, "too-deep", words)
        finally:
            self._open.discard(key)
        return self._done[key]

    def _with_heirs(self, base: Json, node: Json, heirs: Mapping[str, Part], side: Side) -> Json:
        """A class that a discriminator tells from those which are made of it: any of them may stand in its place."""
        found = {value: self._named(*part, side, "Heir") for value, part in heirs.items()}
        mapping = {value: heir["$ref"] for value, heir in found.items() if "$ref" in heir}
        if "$ref" not in base or not mapping:
            return base
        members = [{"$ref": name} for name in dict.fromkeys(mapping.values()) if name != base["$ref"]]
        told = {"propertyName": node["discriminator"]["propertyName"], "mapping": mapping}
        return {"anyOf": [*members, base], "discriminator": told}

    def _made(self, parts: list[Part], side: Side, hint: str, *, named: bool = False) -> Json:
        merged, spot = self.merger.merged(parts), parts[0][1]
        if merged.is_object and not merged.unions and merged.enum is None:
            found = self._object(merged, spot, side, hint)
            if named:
                self._done[spot.key, side] = found
            return with_null(found) if merged.nullable else found
        found = self._plain(merged, spot, side, hint)
        if named and "enum" in found and (kind := typed_enum(found)):
            found = self._shared_enum(found, kind, spot, hint)
        return found

    def _object(self, merged: Merged, spot: Spot, side: Side, hint: str) -> Json:
        suffix = "Input" if side is Side.REQUEST else "Output"
        if len(hint) > _LONGEST_NAME:  # each level adds to it: what is merged of recursive parts has no end
            raise CutError(spot, "too-deep", "The schema is nested too deep.")
        name = self.names.take(hint, f"{hint}{suffix}", f"{hint}Model")
        self.components[name] = {}
        self.origins[name] = spot
        # One that had to be shortened counts in full for what stands below: so recursive parts come to an end.
        self._waiting.append((name, hint if len(name) < len(hint) else name, merged, side))
        return {"$ref": f"{COMPONENTS}{name}"}

    def _shared_enum(self, found: Json, kind: str, spot: Spot, hint: str) -> Json:
        """An enum that others refer to, the same for requests and answers."""
        if spot.key in self._enums:
            return self._enums[spot.key]
        name = self.names.take(hint, f"{hint}Value")
        self.components[name] = {**found, "type": kind, "enum": [v for v in found["enum"] if v is not None]}
        self.origins[name] = spot
        reference = {"$ref": f"{COMPONENTS}{name}"}
        self._enums[spot.key] = with_null(reference) if None in found["enum"] else reference
        return self._enums[spot.key]

    def _fill(self, name: str, hint: str, merged: Merged, side: Side) -> None:
        properties: dict[str, Json] = {}
        for key, parts in merged.properties.items():
            if any(_goes_otherwise(node, side) for node, _ in parts) or all(node is False for node, _ in parts):
                continue
            child = self.below(parts, side, f"{hint}{class_name(key, 'Field')}")
            if child.get("readOnly" if side is Side.REQUEST else "writeOnly") is not True:
                properties[key] = {k: v for k, v in child.items() if k not in {"readOnly", "writeOnly"}}
        left_out = merged.properties.keys() - properties.keys()
        missing = [key for key in merged.required if key not in properties and key not in left_out]
        if side is Side.REQUEST:
            properties |= {key: {} for key in missing}
        component: dict[str, Json] = {"type": "object", "properties": properties}
        component |= {key: merged.stated[key] for key in (*_WORDS, *_OF_OBJECTS) if key in merged.stated}
        if required := [key for key in merged.required if key in properties]:
            component["required"] = required
        if merged.closed:
            component["additionalProperties"] = False
        elif merged.values and (values := self.below(merged.values, side, f"{hint}Value")):
            component["additionalProperties"] = values
        self.components[name] = component

    def _plain(self, merged: Merged, spot: Spot, side: Side, hint: str) -> Json:
        """A schema that is no object with properties."""
        if merged.unions:
            found = self._unions.adapt(merged, spot, side, hint)
        elif merged.enum is not None:
            found = values_of(merged)
        else:
            found = self._of_types(merged, spot, side, hint)
        words = {key: merged.stated[key] for key in (*_WORDS, "readOnly", "writeOnly") if key in merged.stated}
        found = {**found, **words}
        return with_null(found) if merged.nullable else found

    def _of_types(self, merged: Merged, spot: Spot, side: Side, hint: str) -> Json:
        types = merged.types or _told_types(merged)
        if not types:
            return {}
        each = [self._of_type(kind, merged, spot, side, hint) for kind in types]
        if len(each) == 1:
            return each[0]
        if all(set(one) == {"type"} for one in each) and not {"object", "array"} & set(types):
            return {"type": types}
        return {"anyOf": each}

    def _of_type(self, kind: str, merged: Merged, spot: Spot, side: Side, hint: str) -> dict[str, Json]:
        if kind == "object" and merged.properties:
            return dict(self._object(merged, spot, side, hint))
        found: dict[str, Json] = {"type": kind}
        found |= {key: merged.stated[key] for key in _OF_TYPES.get(kind, ()) if key in merged.stated}
        if kind == "string" and isinstance(merged.stated.get("format"), str):
            found["format"] = merged.stated["format"]
            if found["format"] == BINARY:
                found = {"type": kind, "format": BINARY}
        if kind == "array":
            found["items"] = self.below(merged.items, side, f"{hint}Item") if merged.items else {}
        if kind == "object" and merged.values and (values := self.below(merged.values, side, f"{hint}Value")):
            found["additionalProperties"] = values
        return found


def _is_words(keyword: str, value: Json) -> bool:
    if keyword == "default":
        return value is not None
    return value is True if keyword == "deprecated" else isinstance(value, str)


def _told_types(merged: Merged) -> list[str]:
    """The type that a schema means which doesn't say it."""
    if merged.properties or merged.values or merged.closed:
        return ["object"]
    if merged.items:
        return ["array"]
    return ["string"] if merged.stated.get("format") == BINARY else []


def _goes_otherwise(node: Json, side: Side) -> bool:
    keyword = "readOnly" if side is Side.REQUEST else "writeOnly"
    return isinstance(node, dict) and node.get(keyword) is True


def with_null(schema: Json) -> Json:
    """A schema that allows null besides."""
    words = {key: schema[key] for key in _WORDS if key in schema}
    bare = {key: value for key, value in schema.items() if key not in words}
    if not bare or is_null(bare):
        return schema
    if "enum" in bare:
        values = bare["enum"] if None in bare["enum"] else [*bare["enum"], None]
        kinds = [bare["type"]] if isinstance(bare.get("type"), str) else bare.get("type", [])
        typed = {"type": [*(k for k in kinds if k != "null"), "null"]} if kinds else {}
        return {**schema, "enum": values, **typed}
    if "anyOf" in bare:
        return schema if any(map(is_null, bare["anyOf"])) else {**schema, "anyOf": [*bare["anyOf"], {"type": "null"}]}
    if "$ref" in bare:
        return {"anyOf": [bare, {"type": "null"}], **words}
    if "type" not in bare:  # anything goes, null as well
        return schema
    kinds = bare["type"] if isinstance(bare["type"], list) else [bare["type"]]
    return schema if "null" in kinds else {**schema, "type": [*kinds, "null"]}


def is_null(schema: Json) -> bool:
    """Whether a schema allows null alone."""
    return bool(schema.get("type") in ("null", ["null"]))
