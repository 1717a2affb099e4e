"""Finds what OpenAPI offers but nobody here honours: callbacks, cookies, styles of parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.places import places
from generator.spec.roles import role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document
    from generator.spec.model import Json
    from generator.spec.problems import Problem

_AT_THE_OPERATION = "Write it at each operation."
_PLAIN = "Leave it out: a parameter is sent plainly, as text."
_ONE_FILE = "Leave it out: what these specs describe is a caller's own requests."
_UNHONOURED: dict[str, dict[str, str]] = {
    "document": {"webhooks": _ONE_FILE, "jsonSchemaDialect": "Leave it out: schemas are JSON Schema 2020-12."},
    "components": dict.fromkeys(("links", "callbacks", "pathItems"), _ONE_FILE),
    "server": {"variables": "Write the URL out."},
    "path": {"servers": "Write it at the top.", "parameters": _AT_THE_OPERATION, "$ref": "Write the path out."},
    "operation": {"callbacks": _ONE_FILE, "servers": "Write it at the top."},
    "parameter": {
        "content": "Give the parameter a `schema`.",
        **dict.fromkeys(("style", "explode", "allowReserved", "allowEmptyValue"), _PLAIN),
    },
    "header": {"content": "Give the header a `schema`.", "style": _PLAIN, "explode": _PLAIN},
    "media type": {"example": "Name it under `examples`, after the document that it stands in."},
    "encoding": dict.fromkeys(("headers", "style", "explode", "allowReserved"), "Only `contentType` is read."),
    "response": {"links": _ONE_FILE},
    "example": {"externalValue": "Give a `value`."},
}


def field_problems(document: Document) -> list[Problem]:
    """Fields of OpenAPI's objects that nobody honours.

    Args:
        document: The document as read.
    """
    problems: list[Problem] = []
    for at, node, kind in places(document.data):
        here = role(at, kind)
        for field, advice in _UNHONOURED.get(here, {}).items():
            if field in node:
                message = f"Nobody honours {field!r} in a {here}. {advice}"
                problems.append(document.problem((*at, field), "unknown-field", message))
        for field, message in _values(here, node):
            problems.append(document.problem((*at, field), "unknown-field", message))
    return problems


def _values(here: str, node: Json) -> Iterator[tuple[str, str]]:
    """Fields that are honoured, but not with every value."""
    if here == "parameter" and node.get("in") == "cookie":
        yield "in", "Nobody sends cookies. A parameter stands in the query, the path or a header."
    if here == "example" and "value" not in node and "$ref" not in node:
        yield "value", "An example without a `value` shows nothing. Give it one."
    if here == "security scheme" and "$ref" not in node:
        bearer = node.get("type") == "http" and str(node.get("scheme")).lower() == "bearer"
        if not bearer and (node.get("type"), node.get("in")) != ("apiKey", "header"):
            yield "type", "Two kinds of credentials are honoured: `http` with `bearer`, and `apiKey` in a `header`."
