"""Adapts parameters of every kind: in path, query, headers and cookies, in any style."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.spec.foreign.findings import CutError
from generator.spec.foreign.naming import class_name
from generator.spec.foreign.schemas import SchemaAdapter, Side
from generator.spec.foreign.upgrade import as_text
from generator.spec.foreign.words import readable
from generator.spec.media_types import is_json

if TYPE_CHECKING:
    from generator.spec.foreign.files import Spot
    from generator.spec.model import Json

IN_PATH: Final = re.compile(r"\{([^{}/]+)\}")
_RESERVED_HEADERS: Final = frozenset(
    ("accept", "authorization", "connection", "content-length", "content-type", "host", "transfer-encoding")
)
_PLACES: Final = frozenset({"path", "query", "header", "cookie"})
_DEFAULT_STYLES: Final = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_STYLES: Final = {
    "path": {"simple", "label", "matrix"},
    "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
    "header": {"simple"},
    "cookie": {"form"},
}
TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


class ParameterAdapter:
    """Adapts the parameters of one document.

    Args:
        schemas: Adapts their schemas.
    """

    def __init__(self, schemas: SchemaAdapter) -> None:
        self._schemas = schemas
        self._findings, self._files = schemas.findings, schemas.files

    def adapt(self, lists: list[tuple[Json, Spot]], path: str, spot: Spot, hint: str) -> list[dict[str, Json]]:
        """Adapt an operation's parameters.

        Args:
            lists: Those of the path and those of the operation, which win.
            path: The path template.
            spot: Where the operation stands.
            hint: What the operation's classes begin with.
        """
        found: dict[tuple[str, str], dict[str, Json]] = {}
        for nodes, place in lists:
            for index, node in enumerate(nodes if isinstance(nodes, list) else ()):
                try:
                    adapted = self._one(*self._files.target(node, place / index), hint)
                except CutError as cut:
                    self._findings.cut(cut.spot, cut.code, f"{cut} This parameter is left out.")
                    continue
                if adapted is not None:
                    found[key_of(adapted["in"], adapted["name"])] = adapted
        wanted = list(dict.fromkeys(IN_PATH.findall(path)))
        for key in [key for key in found if key[0] == "path" and key[1] not in wanted]:
            self._findings.note(
                spot, "path-parameter", f"The path has no {key[1]!r}, so that this parameter is left out."
            )
            del found[key]
        for name in wanted:
            if ("path", name) not in found:
                self._findings.note(
                    spot, "path-parameter", f"The path's {name!r} is no parameter. It is taken for a text."
                )
                found["path", name] = {
                    "name": name,
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string"},
                    "x-style": "simple",
                }
        return list(found.values())

    def _one(self, node: Json, spot: Spot, hint: str) -> dict[str, Json] | None:
        if not isinstance(node, dict) or not isinstance(node.get("name"), str) or str(node.get("in")) not in _PLACES:
            raise CutError(
                spot,
                "no-parameter",
                "A parameter has a `name`, and says what it is `in`: path, query, header or cookie.",
            )
        name, place = node["name"], node["in"]
        if place == "header" and name.lower() in _RESERVED_HEADERS:
            self._findings.note(
                spot, "reserved-header", f"{name!r} is no parameter: the client sends this header itself."
            )
            return None
        if place in {"header", "cookie"} and not TOKEN.fullmatch(name):
            raise CutError(spot, "no-parameter", f"{name!r} is no name that a {place} can have.")
        schema, style = self._schema(node, spot, f"{hint}{class_name(name, 'Parameter')}")
        found: dict[str, Json] = {"name": name, "in": place, "schema": schema, "x-style": style}
        if place == "path" or node.get("required") is True:
            found["required"] = True
        if isinstance(node.get("description"), str):
            found["description"] = readable(node["description"])
        if node.get("deprecated") is True:
            found["schema"] = {**schema, "deprecated": True}
        return found

    def _schema(self, node: dict[str, Json], spot: Spot, hint: str) -> tuple[Json, str]:
        """The parameter's schema and style."""
        content = node.get("content")
        if isinstance(content, dict) and content:
            media_type = next(iter(content))
            below = content[media_type] if isinstance(content[media_type], dict) else {}
            schema = self._schemas.adapt(
                below.get("schema", {}), spot.below("content", media_type, "schema"), Side.REQUEST, hint
            )
            return schema, "json" if is_json(media_type) else "simple"
        schema = self._schemas.adapt(node.get("schema", {}), spot / "schema", Side.REQUEST, hint)
        schema = as_text(schema)
        place = node["in"]
        style = str(node.get("style", _DEFAULT_STYLES[place]))
        if style not in _STYLES[place]:
            self._findings.note(
                spot / "style",
                "unknown-style",
                f"A parameter in the {place} has no style {style!r}. It is sent in the usual one.",
            )
            style = _DEFAULT_STYLES[place]
        explode = node.get("explode", style == "form")
        return schema, f"{style}*" if explode is True and style != "deepObject" else style


def key_of(place: str, name: str) -> tuple[str, str]:
    """What no two parameters have in common; a header's letters may be of either case."""
    return place, name.lower() if place == "header" else name
