"""Walks a document and tells schemas, other objects and maps of names apart."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Pointer
    from generator.spec.model import Json


class Kind(Enum):
    """What a mapping in a document is."""

    SCHEMA = auto()
    """A Schema Object: its keys are keywords."""
    OBJECT = auto()
    """Another object of OpenAPI: its keys are that object's fields."""
    NAMES = auto()
    """A map: its keys are names that the author chose."""


_NAMES = frozenset(
    ("paths", "webhooks", "content", "responses", "headers", "examples", "encoding", "links", "callbacks", "variables")
)
_COMPONENTS = frozenset(("schemas", "parameters", "requestBodies", "securitySchemes", "pathItems"))
_DATA = frozenset(("example", "value", "default", "security", "scopes"))
_SCHEMA_MAPS = frozenset(("properties", "patternProperties", "dependentSchemas", "$defs"))
_SCHEMA_LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
SUBSCHEMAS = frozenset(("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"))
"""Keywords whose value is one schema."""

Place = tuple["Pointer", dict[str, "Json"], Kind]


def places(data: Json) -> Iterator[Place]:
    """Every mapping of a document that is no example or default, with its place and kind.

    Args:
        data: The document as read, references and all.
    """
    yield from _walk(data, (), Kind.OBJECT)


def _walk(node: Json, at: Pointer, kind: Kind) -> Iterator[Place]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _walk(item, (*at, index), kind)
    elif isinstance(node, dict):
        yield at, node, kind
        for key, child in node.items():
            if (below := kind_below(key, child, at, kind)) is not None:
                yield from _walk(child, (*at, key), below)


def kind_below(key: str, child: Json, at: Pointer, kind: Kind) -> Kind | None:
    """What stands under a key.

    Args:
        key: The key.
        child: What stands under it.
        at: The place of the mapping that has the key.
        kind: What that mapping is.

    Returns:
        The kind of the mapping, or of each mapping in the list, that stands there; None for data, which may look like
        anything.
    """
    if kind is Kind.NAMES:
        return Kind.SCHEMA if at == ("components", "schemas") or at[-1] in _SCHEMA_MAPS else Kind.OBJECT
    if kind is Kind.SCHEMA:
        return _below_schema(key)
    if key in _DATA or key.startswith("x-") or (key == "examples" and isinstance(child, list)):
        return None
    if key in _NAMES or (at == ("components",) and key in _COMPONENTS):
        return Kind.NAMES
    return Kind.SCHEMA if key == "schema" else Kind.OBJECT


def _below_schema(key: str) -> Kind | None:
    if key in _SCHEMA_MAPS:
        return Kind.NAMES
    return Kind.SCHEMA if key in _SCHEMA_LISTS or key in SUBSCHEMAS else None
