"""A grammar of hostile schemas of documents that nobody here wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .texts import Dice

Json = Any

COMPONENTS = ("A", "B", "C")
REFERENCES = (
    *(f"#/components/schemas/{name}" for name in COMPONENTS),
    *("#/components/schemas/None", "#", "#/", "#A", "#/paths/0", "#/servers/" + "9" * 5_000),
    *("#/components/schemas/A/properties/a", "#/components/schemas/A%", "#/components/schemas/~2", "#/info/title"),
    *("../secret.yaml", "link.yaml", "linked/secret.yaml", "pipe", "%2e%2e/secret.yaml", "./sub/../../secret.yaml"),
    *(
        "sub",
        "ring",
        "loop.yaml",
        "other.yaml",
        "other.yaml#/round",
        "other.yaml#/good",
        "sub/../other.yaml#/../x",
        "?x#/",
    ),
    *("/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x", "//127.0.0.1:9/x", "HTTPS://127.0.0.1:9/x"),
    *("C:\\x", "\\\\127.0.0.1\\x", "~/x", "spec.json", "spec.json#/components/schemas/A", "\0", "a" * 5_000),
)
_KINDS = ("string", "integer", "number", "boolean", "array", "object", "null")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_FORMATS = ("binary", "byte", "date-time", "date", "uuid", "uri", "int64", "password")


def schema(dice: Dice, depth: int) -> Json:
    """A schema of so many levels."""
    if depth == 0 or dice.chance(3):
        return _leaf(dice)
    kind = dice.choice(("object", "object", "union", "array", "all", "rare"))
    if kind == "object":
        return _object(dice, depth)
    if kind == "array":
        items = {"type": "array", "items": schema(dice, depth - 1)}
        return {**items, **dice.among(dict.fromkeys(_COUNTS, dice.number), 6), **_words(dice)}
    if kind == "rare":
        return _rare(dice, depth)
    if kind == "all":
        parts = dice.several(lambda: _object(dice, depth - 1) if depth > 1 else _leaf(dice), 3, 1)
        return {"allOf": [*parts, {"$ref": f"#/components/schemas/{dice.choice(COMPONENTS)}"}], **_words(dice)}
    union: Json = {dice.choice(("oneOf", "anyOf", "allOf")): dice.several(lambda: schema(dice, depth - 1), 3, 1)}
    if dice.chance(2):
        mapping = {dice.text(): dice.choice((*REFERENCES, dice.text()))}
        union["discriminator"] = {"propertyName": dice.text(), **dice.among({"mapping": lambda: mapping}, 2)}
    return union


def _object(dice: Dice, depth: int) -> Json:
    names = dice.several(lambda: dice.choice(("a", "b", "class", dice.text(), dice.text())), 3, 1)
    return {
        "type": "object",
        "properties": {name: schema(dice, depth - 1) for name in names},
        **_words(dice),
        **dice.among(
            {
                "required": lambda: names[:2],
                "additionalProperties": lambda: schema(dice, depth - 1),
                "patternProperties": lambda: {dice.pattern(): schema(dice, depth - 1)},
                "minProperties": dice.number,
                "x-class": dice.text,
            },
            4,
        ),
    }


def _words(dice: Dice) -> Json:
    return dice.among(
        {
            "description": dice.text,
            "title": dice.text,
            "default": dice.value,
            "example": dice.value,
            "examples": lambda: [dice.value()],
            "deprecated": lambda: True,
            "externalDocs": lambda: {"url": dice.text(), "description": dice.text()},
            "$comment": dice.text,
            f"x-{dice.text()}": dice.value,
            "xml": lambda: {"name": dice.text(), "namespace": dice.text()},
            dice.choice(("readOnly", "writeOnly", "nullable")): lambda: True,
        },
        6,
    )


def _rare(dice: Dice, depth: int) -> Json:
    """Keywords that few documents have."""

    def below() -> Json:
        return schema(dice, depth - 1)

    found = dice.among(
        {
            "not": below,
            "if": below,
            "then": below,
            "else": below,
            "contains": below,
            "propertyNames": below,
            "unevaluatedProperties": below,
            "prefixItems": lambda: [below()],
            "dependentRequired": lambda: {dice.text(): [dice.text()]},
            "dependentSchemas": lambda: {dice.text(): below()},
            "$defs": lambda: {dice.text(): below()},
            "$id": dice.text,
            "$anchor": dice.text,
            "$schema": dice.text,
            "$dynamicRef": lambda: dice.choice(REFERENCES),
            "contentMediaType": dice.text,
            "contentEncoding": lambda: dice.choice(("base64", dice.text())),
            "uniqueItems": lambda: True,
        },
        4,
    )
    return {"type": dice.choice((*_KINDS, ["string", "null"], list(_KINDS))), **found, **_words(dice)}


def _leaf(dice: Dice) -> Json:
    words = _words(dice)
    kind = dice.choice(("reference", "plain", "plain", "plain", "enum", "const", "odd"))
    if kind == "reference":
        return {"$ref": dice.choice(REFERENCES), **words}
    if kind == "enum":
        named = {"x-enum-varnames": lambda: dice.several(dice.text, 4), "x-enum-descriptions": lambda: [dice.text()]}
        typed = {"type": lambda: dice.choice(_KINDS)}
        return {"enum": dice.several(dice.value, 4), **words, **dice.among(named), **dice.among(typed, 2)}
    if kind == "const":
        return {"const": dice.value(), **words}
    if kind == "odd":
        return dice.choice((True, False, None, "x", 1))
    bounds = dice.among(dict.fromkeys((*_COUNTS, *_BOUNDS), dice.number), 6)
    texts = dice.among({"pattern": dice.pattern, "format": lambda: dice.choice((*_FORMATS, dice.text()))})
    return {"type": dice.choice(_KINDS), **words, **bounds, **texts}
