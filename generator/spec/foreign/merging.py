"""Makes one of a schema and all that its `allOf` and `$ref` bring in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from attrs import define, field

from generator.spec.foreign.enums import identity
from generator.spec.foreign.findings import CutError
from generator.spec.foreign.patterns import trouble
from generator.spec.foreign.upgrade import is_nullable, upgraded
from generator.spec.foreign.words import readable
from generator.spec.problems import shortened

if TYPE_CHECKING:
    from generator.spec.foreign.files import Files, Spot
    from generator.spec.foreign.findings import Findings
    from generator.spec.model import Json

Part = tuple["Json", "Spot"]
"""A schema as it stands in a file, and where."""

_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_COUNTS: Final = frozenset(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"))
_BOUNDS: Final = frozenset((*_LOWER, *_UPPER, "multipleOf"))
WORDS: Final = ("title", "description", "default", "deprecated")
_WORD_TYPES: Final = {"title": str, "description": str, "default": object, "deprecated": bool}
_DEEPEST: Final = 60


@define
class Merged:
    """A schema in one piece.

    Attributes:
        types: The JSON types that it allows; None for any.
        properties: By name, the schemas that all hold of that property.
        required: The properties that must be there.
        values: The schemas of all other properties.
        closed: Whether there may be no other properties.
        items: The schemas that all hold of an array's items.
        enum: Its values; None for any.
        stated: Bounds, pattern, format and what describes it.
        unions: Its `anyOf` and `oneOf`, each with its members and its discriminator.
        nullable: Whether null is allowed besides.
        added: What it was made of so far.
    """

    types: list[str] | None = None
    properties: dict[str, list[Part]] = field(factory=dict)
    required: dict[str, None] = field(factory=dict)
    values: list[Part] = field(factory=list)
    closed: bool = False
    items: list[Part] = field(factory=list)
    enum: list[Json] | None = None
    stated: dict[str, Json] = field(factory=dict)
    unions: list[tuple[list[Part], Json]] = field(factory=list)
    nullable: bool = False
    added: set[object] = field(factory=set)

    @property
    def is_object(self) -> bool:
        """Whether it is an object with properties of its own, and nothing else."""
        return bool(self.properties) and (self.types is None or set(self.types) <= {"object", "null"})


class Merger:
    """Makes one of schemas in several parts.

    Args:
        files: What references point into.
        findings: Is told of what can't be taken.
    """

    def __init__(self, files: Files, findings: Findings) -> None:
        self._files, self._findings = files, findings

    def merged(self, parts: list[Part]) -> Merged:
        """Make one of schemas that all hold.

        Args:
            parts: The schemas.

        Raises:
            CutError: One of them can't be read.
        """
        result = Merged()
        for node, spot in parts:
            self._add(result, node, spot, ())
        return result

    def _add(self, result: Merged, node: Json, spot: Spot, opened: tuple[object, ...]) -> None:
        if node is False:
            self._findings.note(
                spot, "false-schema", "A schema `false` allows nothing. It is taken as if anything may stand here."
            )
        if not isinstance(node, dict):
            if not isinstance(node, bool):
                raise CutError(spot, "no-schema", "A schema is a mapping. This is none.")
            return
        if spot.key in opened or len(opened) > _DEEPEST:
            raise CutError(spot, "self-reference", "This schema is made of itself, by `allOf` or `$ref`.")
        if spot.key in result.added:  # by another way: ways can double at each level
            return
        opened = (*opened, spot.key)
        reference = node.get("$ref")
        if isinstance(reference, str):
            self._add(result, *self._files.follow(reference, spot), opened)
        result.nullable |= is_nullable(node)
        own = upgraded(node)
        for index, part in enumerate(_list(own, "allOf")):
            self._add(result, part, spot.below("allOf", index), opened)
        self._own(result, own, spot)
        result.added.add(spot.key)

    def _own(self, result: Merged, own: dict[str, Json], spot: Spot) -> None:
        self._types(result, own, spot)
        for name, child in _mapping(own, "properties").items():
            known = result.properties.setdefault(name, [])
            if all(place.key != spot.below("properties", name).key for _, place in known):
                known.append((child, spot.below("properties", name)))
        result.required |= dict.fromkeys(name for name in _list(own, "required") if isinstance(name, str))
        self._other_properties(result, own, spot)
        if isinstance(own.get("items"), dict) and not _list(own, "prefixItems"):
            result.items.append((own["items"], spot / "items"))
        if "enum" in own:
            known_values = result.enum
            values = own["enum"] if known_values is None else _among(own["enum"], known_values)
            result.enum = values or own["enum"]
        for keyword in ("anyOf", "oneOf"):
            members = [(part, spot.below(keyword, index)) for index, part in enumerate(_list(own, keyword))]
            if members:
                result.unions.append((members, own.get("discriminator")))
        self._bounds(result, own, spot)
        result.stated |= {key: own[key] for key in WORDS if key in own and isinstance(own[key], _WORD_TYPES[key])}
        if isinstance(own.get("description"), str):
            result.stated["description"] = readable(own["description"])
        result.stated |= {key: own[key] for key in ("format", "readOnly", "writeOnly") if key in own}
        result.stated |= {"uniqueItems": True} if own.get("uniqueItems") is True else {}

    def _types(self, result: Merged, own: dict[str, Json], spot: Spot) -> None:
        if "type" not in own:
            return
        kinds = [kind for kind in own["type"] if kind != "null"]
        if "null" in own["type"]:
            result.nullable = True
        if not kinds:
            kinds = ["null"]
        if result.types is None or set(result.types) == {"null"}:
            result.types = kinds
            return
        wide = {*kinds, *(["integer"] if "number" in kinds else [])}
        both = [kind for kind in result.types if kind in wide] or [
            k for k in kinds if k == "integer" and "number" in result.types
        ]
        if not both:
            first, last = " or ".join(result.types), " or ".join(kinds)
            said = f"Parts of this schema ask for {first} and for {last}. The last counts."
            self._findings.note(spot, "types-contradict", said)
        result.types = both or kinds

    def _other_properties(self, result: Merged, own: dict[str, Json], spot: Spot) -> None:
        other = own.get("additionalProperties")
        patterns = _mapping(own, "patternProperties")
        if isinstance(other, dict) and other:
            result.values.append((other, spot / "additionalProperties"))
        elif other is False and not patterns:
            result.closed = True
        if len(patterns) == 1 and other in (None, False):
            name = next(iter(patterns))
            result.values.append((patterns[name], spot.below("patternProperties", name)))

    def _bounds(self, result: Merged, own: dict[str, Json], spot: Spot) -> None:
        for keyword in _BOUNDS & own.keys():
            value = own[keyword]
            if not _is_bound(keyword, value):
                shown = shortened(repr(value), 40)
                self._findings.note(
                    spot / keyword, "bad-bound", f"{shown} is no {keyword!r}, so that it isn't enforced."
                )
            elif keyword in _LOWER:
                result.stated[keyword] = max(value, result.stated.get(keyword, value))
            elif keyword in _UPPER:
                result.stated[keyword] = min(value, result.stated.get(keyword, value))
            else:
                result.stated[keyword] = value
        pattern = own.get("pattern")
        if isinstance(pattern, str):
            if why := trouble(pattern):
                self._findings.note(
                    spot / "pattern", "pattern-not-enforced", f"The pattern isn't enforced by the client: {why}."
                )
            else:
                result.stated["pattern"] = pattern


def _is_bound(keyword: str, value: Json) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > sys.float_info.max:
        return False
    if keyword in _COUNTS:
        return value >= 0 and float(value).is_integer()
    return keyword != "multipleOf" or value > 0


def _among(values: list[Json], known: list[Json]) -> list[Json]:
    """The values that are among known ones."""
    identities = set(map(identity, known))
    return [value for value in values if identity(value) in identities]


def _list(node: dict[str, Json], key: str) -> list[Json]:
    value = node.get(key)
    return value if isinstance(value, list) else []


def _mapping(node: dict[str, Json], key: str) -> dict[str, Json]:
    value = node.get(key)
    return {name: child for name, child in value.items() if isinstance(name, str)} if isinstance(value, dict) else {}
