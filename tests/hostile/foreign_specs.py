"""A grammar of hostile documents that nobody here wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .texts import Dice

Json = Any

_SCHEMAS = ("A", "B", "C")
_REFERENCES = (
    *(f"#/components/schemas/{name}" for name in _SCHEMAS),
    *(
        "#/components/schemas/None",
        "#",
        "#/",
        "#/paths/0",
        "#/servers/" + "9" * 5_000,
        "#/components/schemas/A/properties/a",
    ),
    *(
        "../secret.yaml",
        "link.yaml",
        "linked/secret.yaml",
        "pipe",
        "%2e%2e/secret.yaml",
        "./sub/../../secret.yaml",
        "sub",
    ),
    *("/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x", "//127.0.0.1:9/x", "spec.json", "\0", "a" * 5_000),
)
_KINDS = ("string", "integer", "number", "boolean", "array", "object", "null")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_METHODS = ("get", "post", "put", "delete")
_MEDIA_TYPES = (
    "application/json",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "text/plain",
    "image/*",
    "*/*",
)


def document(dice: Dice) -> dict[str, Json]:
    """A whole document, with an operation that can be generated among whatever else there is."""
    schemes = {dice.text(): _scheme(dice) for _ in range(dice.choice((0, 1, 2)))}
    paths = {
        f"/{dice.text()}": {dice.choice(_METHODS): _operation(dice) for _ in range(dice.choice((1, 2)))}
        for _ in range(dice.choice((1, 2)))
    }
    return {
        "openapi": dice.choice(("3.0.3", "3.1.0")),
        "info": {
            "title": dice.text(),
            "version": dice.text(),
            **dice.among({"description": dice.text, "summary": dice.text}),
        },
        "servers": dice.several(lambda: _server(dice), 1),
        "tags": dice.several(lambda: {"name": dice.text(), "description": dice.text()}, 2),
        "security": [{name: []} for name in schemes],
        "paths": {**paths, "/good": {"post": {"operationId": "good", "responses": {"200": {"description": "Good."}}}}},
        "components": {"schemas": {name: _schema(dice, 3) for name in _SCHEMAS}, "securitySchemes": schemes},
        **dice.among({"x-documents-of-others": dice.value}),
    }


def _schema(dice: Dice, depth: int) -> Json:
    if depth == 0 or dice.chance(3):
        return _leaf(dice)
    kind = dice.choice(("object", "object", "union", "array"))
    if kind == "object":
        return _object(dice, depth)
    if kind == "array":
        items = {"type": "array", "items": _schema(dice, depth - 1)}
        return {**items, **dice.among(dict.fromkeys(_COUNTS, dice.number))}
    union: Json = {dice.choice(("oneOf", "anyOf", "allOf")): dice.several(lambda: _schema(dice, depth - 1), 3, 1)}
    if dice.chance(3):
        union["discriminator"] = {
            "propertyName": dice.text(),
            **dice.among({"mapping": lambda: {dice.text(): dice.text()}}),
        }
    return union


def _object(dice: Dice, depth: int) -> Json:
    names = dice.several(lambda: dice.choice(("a", "b", "class", dice.text(), dice.text())), 3, 1)
    return {
        "type": "object",
        "properties": {name: _schema(dice, depth - 1) for name in names},
        **dice.among(
            {
                "required": lambda: names[:2],
                "description": dice.text,
                "title": dice.text,
                "additionalProperties": lambda: _schema(dice, depth - 1),
                "patternProperties": lambda: {dice.pattern(): _schema(dice, depth - 1)},
                "minProperties": dice.number,
                "x-class": dice.text,
            }
        ),
    }


def _leaf(dice: Dice) -> Json:
    words = dice.among(
        {
            "description": dice.text,
            "title": dice.text,
            "default": dice.value,
            "example": dice.value,
            "deprecated": lambda: True,
        }
    )
    kind = dice.choice(("reference", "plain", "plain", "plain", "enum", "const", "odd"))
    if kind == "reference":
        return {"$ref": dice.choice(_REFERENCES), **words}
    if kind == "enum":
        return {"enum": dice.several(dice.value, 4), **words}
    if kind == "const":
        return {"const": dice.value(), **words}
    if kind == "odd":
        return dice.choice((True, False, None, "x", 1))
    bounds = dice.among(dict.fromkeys((*_COUNTS, *_BOUNDS), dice.number), 6)
    texts = dice.among({"pattern": dice.pattern, "format": lambda: dice.choice(("binary", "date-time", dice.text()))})
    return {"type": dice.choice(_KINDS), **words, **bounds, **texts}


def _content(dice: Dice) -> Json:
    return {
        dice.choice((*_MEDIA_TYPES, dice.text(), f"application/json; x={dice.text()}")): {
            "schema": _schema(dice, 3),
            **dice.among(
                {
                    "example": dice.value,
                    "examples": lambda: {dice.text(): {"value": dice.value()}},
                    "encoding": lambda: {dice.text(): {"contentType": dice.text()}},
                }
            ),
        }
        for _ in range(dice.choice((1, 2)))
    }


def _parameter(dice: Dice) -> Json:
    return {
        "name": dice.text(),
        "in": dice.choice(("query", "header", "path", "cookie")),
        "schema": _schema(dice, 2),
        **dice.among(
            {
                "description": dice.text,
                "required": lambda: True,
                "style": lambda: dice.choice(("deepObject", "matrix", "pipeDelimited", dice.text())),
                "example": dice.value,
            }
        ),
    }


def _operation(dice: Dice) -> Json:
    return {
        "responses": {
            dice.choice(("200", "4XX", "default", dice.text())): _answer(dice) for _ in range(dice.choice((0, 1, 2)))
        },
        **dice.among(
            {
                "operationId": dice.text,
                "summary": dice.text,
                "description": dice.text,
                "tags": lambda: [dice.text()],
                "deprecated": lambda: True,
                "parameters": lambda: dice.several(lambda: _parameter(dice), 3),
                "requestBody": lambda: {
                    "content": _content(dice),
                    **dice.among({"description": dice.text, "required": lambda: True}),
                },
                "servers": lambda: [{"url": dice.text()}],
                "x-stem": dice.text,
                "x-class": dice.text,
            },
            2,
        ),
    }


def _answer(dice: Dice) -> Json:
    headers = {dice.text(): {"schema": _schema(dice, 1)}}
    return {
        "description": dice.text(),
        **dice.among({"content": lambda: _content(dice), "headers": lambda: headers}, 2),
    }


def _scheme(dice: Dice) -> Json:
    if dice.chance(3):
        return {"type": "http", "scheme": dice.choice(("bearer", "basic", dice.text()))}
    place = dice.choice(("header", "query", "cookie"))
    return {"type": "apiKey", "in": place, "name": dice.text(), **dice.among({"description": dice.text})}


def _server(dice: Dice) -> Json:
    url = dice.choice(("{}", "https://a.example/{}", "https://{{{}}}")).format(dice.text())
    return {"url": url, **dice.among({"variables": lambda: {dice.text(): {"default": dice.text()}}})}
