"""A grammar of hostile specs in the form of our own: one that is right, with texts planted at some of its places."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml

if TYPE_CHECKING:
    from .texts import Dice

Json = Any
Place = tuple[str | int, ...]

_SMALL: Json = yaml.safe_load((Path(__file__).parents[1] / "spec" / "small.yaml").read_text(encoding="utf-8"))
_THING: Place = ("components", "schemas", "Thing")
_POST: Place = ("paths", "/things", "post")
_TEXTS: tuple[Place, ...] = (
    *(("info", key) for key in ("title", "version", "description", "summary")),
    *(("servers", 0, key) for key in ("url", "x-environment")),
    ("x-documents", "page", "page"),
    ("x-documents", "page", "url"),
    *(("components", "securitySchemes", "key", key) for key in ("description", "x-environment", "scheme")),
    *((*_POST, key) for key in ("summary", "description", "operationId")),
    (*_POST, "responses", "200", "description"),
    (*_POST, "requestBody", "description"),
    *((*_THING, key) for key in ("title", "description", "$comment")),
    *((*_THING, "properties", name, "description") for name in ("name", "kind", "count", "picture")),
    *((*_THING, "properties", "kind", "enum", index) for index in (0, 1)),
    (*_THING, "properties", "name", "default"),
    (*_THING, "properties", "name", "x-known-values"),
    (*_THING, "properties", "name", "x-source"),
    ("components", "schemas", "Made", "properties", "id", "description"),
    ("components", "schemas", "Made", "properties", "id", "enum"),
    ("paths", "/things/{id}", "get", "parameters", 1, "name"),
    ("paths", "/things/{id}", "get", "parameters", 1, "description"),
)
_LISTS = frozenset(("x-known-values", "enum"))
_NUMBERS: tuple[Place, ...] = (
    (*_THING, "properties", "name", "maxLength"),
    (*_THING, "properties", "name", "minLength"),
    *((*_THING, "properties", "count", key) for key in ("minimum", "maximum", "multipleOf", "default")),
    *((*_THING, "properties", "tags", key) for key in ("minItems", "maxItems")),
    (*_THING, "properties", "picture", "x-image", "maxBytes"),
    (*_THING, "properties", "size", "x-total-pixels", "maximum"),
)
_KEYS: tuple[Place, ...] = (
    (*_THING, "properties", "name"),
    (*_THING, "properties", "tags"),
    ("components", "schemas", "Made", "properties", "id"),
    ("components", "securitySchemes", "key"),
    (*_POST, "requestBody", "content", "application/json"),
    (*_POST, "responses", "200"),
    ("paths", "/things"),
    ("x-documents", "guess"),
    (*_POST, "requestBody", "content", "application/json", "examples", "page"),
)


def document(dice: Dice) -> Json:
    """A whole spec."""
    return _planted([_change(dice) for _ in range(dice.choice((1, 2, 3, 4)))])


def _change(dice: Dice) -> tuple[str, Place, Json]:
    kind = dice.choice(("text", "text", "text", "number", "key", "pattern", "tag"))
    if kind == "number":
        return kind, dice.choice(_NUMBERS), dice.number()
    if kind == "key":
        return kind, dice.choice(_KEYS), dice.text()
    if kind == "pattern":
        return kind, (*_THING, "properties", "size", "pattern"), dice.pattern()
    if kind == "tag":
        return kind, (*_POST, "tags"), [dice.text()]
    return kind, dice.choice(_TEXTS), dice.text()


def _planted(changes: list[tuple[str, Place, Json]]) -> Json:
    data = copy.deepcopy(_SMALL)
    for kind, place, value in changes:
        node = data
        for part in place[:-1]:
            node = node[cast("Any", part)] if isinstance(node, list) else node.get(part)
            if not isinstance(node, dict | list):
                break
        last = cast("Any", place[-1])
        if isinstance(node, list):
            node[last] = value
        elif isinstance(node, dict) and kind == "key":
            if last in node:
                node[value] = node.pop(last)
        elif isinstance(node, dict):
            node[last] = [value] if last in _LISTS and isinstance(value, str) else value
    return data
