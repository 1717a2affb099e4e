"""Reads a schema's keywords as OpenAPI 3.1 means them, whichever version they were written for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.spec.model import Json

_TYPES: Final = {
    **{name: name for name in ("string", "integer", "number", "boolean", "object", "array", "null")},
    **dict.fromkeys(("int", "int32", "int64", "long"), "integer"),
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    **dict.fromkeys(("str", "date", "datetime", "date-time", "uuid", "text", "file"), "string"),
    "bool": "boolean",
}
"""What people write for JSON's types."""

BINARY: Final = "binary"
_BINARY_MEDIA: Final = "application/octet-stream"


def upgraded(node: dict[str, Json]) -> dict[str, Json]:
    """A schema's own keywords in the form of 3.1; what is below it stays as it is.

    `nullable`, boolean exclusive bounds and `example` are those of 3.0. Documents of 3.1 have them too, where somebody
    only changed the version, and nothing else can be meant by them.

    Args:
        node: The schema.
    """
    found = dict(node)
    _types(found)
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = found.get(exclusive)
        if isinstance(flag, bool):
            del found[exclusive]
            if flag and bound in found:
                found[exclusive] = found.pop(bound)
    if "const" in found:
        found["enum"] = [found.pop("const")]
    if not isinstance(found.get("enum", []), list):
        del found["enum"]
    if "example" in found:
        found.setdefault("examples", [found.pop("example")])
    return found


def _types(found: dict[str, Json]) -> None:
    stated = found.pop("type", None)
    named = stated if isinstance(stated, list) else [stated]
    kinds = [_TYPES[name] for name in named if isinstance(name, str) and name in _TYPES]
    if "file" in named or _is_binary(found):
        found["format"] = BINARY
        kinds = kinds or ["string"]
    if found.pop("nullable", False) is True and kinds:
        kinds.append("null")
    if kinds:
        found["type"] = list(dict.fromkeys(kinds))


def _is_binary(found: dict[str, Json]) -> bool:
    return found.get("contentMediaType") == _BINARY_MEDIA and "contentEncoding" not in found


def is_nullable(node: Json) -> bool:
    """Whether a schema says `nullable: true`, as it is meant beside a reference, where 3.0 gives it no meaning."""
    return isinstance(node, dict) and node.get("nullable") is True


def as_text(schema: Json) -> Json:
    """An adapted schema with texts for files, for a place that has no form for a file."""
    found = dict(schema)
    if found.get("format") == BINARY:
        del found["format"]
    if isinstance(found.get("items"), dict):
        found["items"] = as_text(found["items"])
    if "anyOf" in found:
        found["anyOf"] = [as_text(member) for member in found["anyOf"]]
    return found
