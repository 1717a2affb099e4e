"""A grammar of hostile documents that nobody here wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .foreign_schemas import COMPONENTS, REFERENCES, schema
from .mutations import mutated

if TYPE_CHECKING:
    from .texts import Dice

Json = Any

_METHODS = ("get", "post", "put", "delete", "patch", "head", "options", "trace")
_MEDIA_TYPES = (
    *("application/json", "multipart/form-data", "application/x-www-form-urlencoded", "text/plain", "image/*", "*/*"),
    *("application/octet-stream", "application/xml", "text/event-stream", "multipart/mixed", "application/x+json"),
)
_STYLES = ("deepObject", "matrix", "pipeDelimited", "label", "form", "simple", "spaceDelimited")


def document(dice: Dice) -> dict[str, Json]:
    """A whole document, with an operation that can be generated among whatever else there is."""
    schemes = {dice.text(): _scheme(dice) for _ in range(dice.choice((0, 1, 2)))}
    paths = {
        f"/{dice.text()}": {
            **{dice.choice(_METHODS): _operation(dice) for _ in range(dice.choice((1, 2)))},
            **dice.among({"summary": dice.text, "parameters": lambda: [_parameter(dice)], "servers": lambda: [{}]}, 8),
        }
        for _ in range(dice.choice((1, 2)))
    }
    return {
        "openapi": dice.choice(("3.0.3", "3.1.0", "3.1.1")),
        "info": _info(dice),
        "servers": dice.several(lambda: _server(dice), 2),
        "tags": dice.several(lambda: _tag(dice), 2),
        "security": [{name: dice.several(dice.text, 1)} for name in schemes],
        "paths": {**mutated(dice, paths), "/good": _GOOD},
        "components": mutated(dice, _components(dice, schemes)),
        **dice.among(
            {"x-documents-of-others": dice.value, "externalDocs": lambda: _docs(dice), "webhooks": lambda: paths}
        ),
        **dice.among({"jsonSchemaDialect": dice.text, "$self": dice.text, "x-source": dice.value}, 6),
    }


_GOOD: Json = {
    "post": {
        "operationId": "good",
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}},
        "responses": {"200": {"description": "Good."}},
    },
    "get": {"operationId": "better", "responses": {"200": {"description": "Better."}}},
}


def _info(dice: Dice) -> Json:
    return {
        "title": dice.text(),
        "version": dice.text(),
        **dice.among(
            {
                "description": dice.text,
                "summary": dice.text,
                "termsOfService": dice.text,
                "license": lambda: {"name": dice.text(), "url": dice.text(), "identifier": dice.text()},
                "contact": lambda: {"name": dice.text(), "url": dice.text(), "email": dice.text()},
            }
        ),
    }


def _components(dice: Dice, schemes: Json) -> Json:
    return {
        "schemas": {name: schema(dice, 3) for name in COMPONENTS},
        "securitySchemes": schemes,
        **dice.among(
            {
                "parameters": lambda: {dice.text(): _parameter(dice)},
                "responses": lambda: {dice.text(): _answer(dice)},
                "requestBodies": lambda: {dice.text(): {"content": _content(dice)}},
                "headers": lambda: {dice.text(): {"schema": schema(dice, 1)}},
                "examples": lambda: {dice.text(): {"value": dice.value(), "externalValue": dice.text()}},
                "links": lambda: {dice.text(): {"operationId": dice.text()}},
                "pathItems": lambda: {dice.text(): {"get": _operation(dice)}},
            }
        ),
    }


def _tag(dice: Dice) -> Json:
    docs = {"externalDocs": lambda: _docs(dice)}
    return {"name": dice.text(), "description": dice.text(), **dice.among(docs)}


def _docs(dice: Dice) -> Json:
    return {"url": dice.text(), "description": dice.text()}


def _content(dice: Dice) -> Json:
    return {
        dice.choice((*_MEDIA_TYPES, dice.text(), f"application/json; x={dice.text()}")): {
            "schema": schema(dice, 3),
            **dice.among(
                {
                    "example": dice.value,
                    "examples": lambda: {dice.text(): {"value": dice.value(), "summary": dice.text()}},
                    "encoding": lambda: {
                        dice.text(): {"contentType": dice.text(), "style": dice.text(), "headers": {dice.text(): {}}}
                    },
                }
            ),
        }
        for _ in range(dice.choice((1, 2)))
    }


def _parameter(dice: Dice) -> Json:
    if dice.chance(8):
        return {"$ref": dice.choice((*REFERENCES, "#/components/parameters/x"))}
    return {
        "name": dice.text(),
        "in": dice.choice(("query", "header", "path", "cookie")),
        **dice.among({"content": lambda: _content(dice)}, 8),
        "schema": schema(dice, 2),
        **dice.among(
            {
                "description": dice.text,
                "required": lambda: True,
                "style": lambda: dice.choice((*_STYLES, dice.text())),
                "explode": lambda: dice.choice((True, False)),
                "allowReserved": lambda: True,
                "example": dice.value,
                "examples": lambda: {dice.text(): {"value": dice.value()}},
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
                "parameters": lambda: dice.several(lambda: _parameter(dice), 3),
                "requestBody": lambda: {
                    "content": _content(dice),
                    **dice.among({"description": dice.text, "required": lambda: True}),
                },
                "x-stem": dice.text,
                "x-class": dice.text,
            },
            2,
        ),
        **dice.among(
            {
                "deprecated": lambda: True,
                "servers": lambda: [_server(dice)],
                "security": lambda: [{dice.text(): [dice.text()]}, {}],
                "externalDocs": lambda: _docs(dice),
                "callbacks": lambda: {dice.text(): {dice.text(): {"post": {"summary": dice.text()}}}},
                f"x-{dice.text()}": dice.value,
            },
            5,
        ),
    }


def _answer(dice: Dice) -> Json:
    headers = {dice.text(): {"schema": schema(dice, 1), "description": dice.text()}}
    links = {dice.text(): {"operationId": dice.text(), "parameters": {dice.text(): dice.text()}}}
    return {
        "description": dice.text(),
        **dice.among({"content": lambda: _content(dice), "headers": lambda: headers, "links": lambda: links}, 2),
    }


def _scheme(dice: Dice) -> Json:
    kind = dice.choice(("http", "apiKey", "apiKey", "oauth2", "openIdConnect", dice.text()))
    words = dice.among({"description": dice.text, "x-environment": dice.text})
    if kind == "http":
        scheme = dice.choice(("bearer", "basic", dice.text()))
        return {"type": kind, "scheme": scheme, "bearerFormat": dice.text(), **words}
    if kind == "oauth2":
        flow = {"tokenUrl": dice.text(), "authorizationUrl": dice.text(), "scopes": {dice.text(): dice.text()}}
        return {"type": kind, "flows": {dice.choice(("password", "implicit", dice.text())): flow}, **words}
    if kind == "openIdConnect":
        return {"type": kind, "openIdConnectUrl": dice.text(), **words}
    return {"type": kind, "in": dice.choice(("header", "query", "cookie")), "name": dice.text(), **words}


def _server(dice: Dice) -> Json:
    form = dice.choice(("{}", "https://a.example/{}", "https://{{{}}}", "https://{}.example", "//{}"))
    variable = {"default": dice.text(), "enum": dice.several(dice.text, 2), "description": dice.text()}
    return {
        "url": form.format(dice.text()),
        **dice.among({"variables": lambda: {dice.text(): variable}, "description": dice.text}),
    }
