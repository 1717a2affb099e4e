"""Adapts request bodies: JSON of any kind, forms of both kinds, texts, and files by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.spec.foreign.findings import CutError
from generator.spec.foreign.media_types import ANY_JSON, is_texts, plain_name
from generator.spec.foreign.naming import class_name
from generator.spec.foreign.references import COMPONENTS
from generator.spec.foreign.schemas import SchemaAdapter, Side
from generator.spec.foreign.upgrade import BINARY, as_text
from generator.spec.media_types import FORM, bare, is_json

if TYPE_CHECKING:
    from generator.spec.foreign.files import Spot
    from generator.spec.model import Json

URLENCODED: Final = "application/x-www-form-urlencoded"
_FORMS: Final = frozenset((FORM, "multipart/data", "multipart/*", "multipart/form", "multipart/x-www-form-urlencoded"))
"""What forms with files are called; all but the first are slips."""
_MOST_MEDIA_TYPES: Final = 50
_WORDS: Final = frozenset(("title", "description", "default", "deprecated"))


class BodyAdapter:
    """Adapts the request bodies of one document.

    Args:
        schemas: Adapts their schemas.
    """

    def __init__(self, schemas: SchemaAdapter) -> None:
        self._schemas = schemas
        self._findings, self._files = schemas.findings, schemas.files

    def adapt(self, node: Json, spot: Spot, hint: str) -> dict[str, Json] | None:
        """Adapt a request body.

        Args:
            node: The body.
            spot: Where it stands.
            hint: What the operation's classes begin with.

        Returns:
            The body; None if there is nothing in it.

        Raises:
            CutError: There is no media type that the client could send.
        """
        node, spot = self._files.target(node, spot)
        content = node.get("content") if isinstance(node, dict) else None
        if not isinstance(content, dict) or not content:
            self._findings.note(spot, "empty-body", "The body has no `content`, so that none is sent.")
            return None
        stated = {name: child if isinstance(child, dict) else {} for name, child in content.items()}
        if len(stated) > _MOST_MEDIA_TYPES:
            raise CutError(spot, "body-media-type", f"The body has more than {_MOST_MEDIA_TYPES} media types.")
        # JSON first: it is what is sent where the arguments fit several media types.
        ordered = sorted(stated, key=lambda name: not is_json(name))
        found: dict[str, Json] = {}
        for media_type in ordered:
            name = plain_name(media_type)
            try:
                kind, adapted = self._content(
                    name,
                    stated[media_type],
                    spot.below("content", media_type),
                    hint,
                    only=len(ordered) == 1 or not found,
                )
            except CutError as cut:
                self._findings.cut(cut.spot, cut.code, f"{cut} Bodies of this media type are left out.")
                continue
            if adapted is not None:
                as_json = kind in {"json", "value"} and not is_json(name)
                found.setdefault(ANY_JSON if as_json else FORM if kind == "form" else name, adapted)
        if not found:
            raise CutError(spot, "body-media-type", "There is no media type among the body's that could be sent.")
        found = self._one_of_a_kind(found, spot)
        return {"required": node.get("required") is True, "content": found}

    def _content(
        self, name: str, node: dict[str, Json], spot: Spot, hint: str, *, only: bool
    ) -> tuple[str, dict[str, Json] | None]:
        """What kind of body a media type means, and the body; None where it is left out."""
        schema, place = node.get("schema", {}), spot / "schema"
        named = bare(name)
        if named.startswith("multipart/") and named not in _FORMS:
            raise CutError(spot, "body-media-type", f"The client doesn't write {named}.")
        if named in _FORMS or named == URLENCODED:
            suffix = "Form" if named != URLENCODED else "Body"
            adapted = self._schemas.adapt(schema, place, Side.REQUEST, f"{hint}{suffix}")
            return self._form(named, adapted, node, spot, hint)
        if is_json(named) or named == "text/json" or ("*" in named and self._is_data(schema, place)):
            adapted = self._schemas.adapt(schema, place, Side.REQUEST, f"{hint}Body")
            return self._data(adapted, hint)
        if is_texts(named) and self._is_text(schema, place):
            return "text", {"schema": {"type": "string"}, "x-kind": "text", "x-class": self._class(hint, named)}
        if not only and self._is_data(schema, place):
            self._findings.note(
                spot, "body-media-type", f"The client doesn't write {named}. The body is sent as one of the others."
            )
            return "", None
        if self._is_data(schema, place):
            self._findings.note(
                spot, "body-media-type", f"The client doesn't write {named}: give the body's text or file as it is."
            )
        return "file", {
            "schema": {"type": "string", "format": BINARY},
            "x-kind": "file",
            "x-class": self._class(hint, named),
        }

    def _data(self, adapted: Json, hint: str) -> tuple[str, dict[str, Json]]:
        if self._is_model(adapted):
            return "json", {"schema": adapted, "x-kind": "json"}
        return "value", {"schema": adapted, "x-kind": "value", "x-class": self._class(hint, "value")}

    def _form(
        self, named: str, adapted: Json, node: dict[str, Json], spot: Spot, hint: str
    ) -> tuple[str, dict[str, Json] | None]:
        if adapted.get("anyOf"):
            adapted = self._joined(adapted, hint)
        if not self._is_model(adapted):
            if adapted.get("type", "object") != "object" or "anyOf" in adapted:
                words = f"A body of {named} has fields, and this one tells none. Give them as `additional_properties`."
                self._findings.note(spot, "form-without-fields", words)
            name = self._schemas.names.take(f"{hint}{'Body' if named == URLENCODED else 'Form'}")
            values = (
                {"additionalProperties": adapted["additionalProperties"]} if "additionalProperties" in adapted else {}
            )
            self._schemas.components[name] = {"type": "object", "properties": {}, **values}
            self._schemas.origins[name] = spot
            adapted = {"$ref": f"{COMPONENTS}{name}"}
        if named == URLENCODED:
            adapted = self._without_files(adapted, hint)
            return "urlencoded", {"schema": adapted, "x-kind": "urlencoded", **_deep(node)}
        return "form", {"schema": adapted, "x-kind": "form"}

    def _without_files(self, adapted: Json, hint: str) -> Json:
        """A form with texts where the document says files, which text can't carry: whoever calls knows how."""
        model = self._schemas.components[adapted["$ref"].removeprefix(COMPONENTS)]
        properties = {name: as_text(child) for name, child in model["properties"].items()}
        if properties == model["properties"]:
            return adapted
        name = self._schemas.names.take(f"{hint}Body", f"{hint}Fields")
        self._schemas.components[name] = {**model, "properties": properties}
        self._schemas.origins[name] = self._schemas.origins[adapted["$ref"].removeprefix(COMPONENTS)]
        return {**adapted, "$ref": f"{COMPONENTS}{name}"}

    def _joined(self, adapted: Json, hint: str) -> Json:
        """A form of several kinds as one with the fields of all, since its parts are told by their names alone."""
        members = [member for member in adapted["anyOf"] if self._is_model(member)]
        models = [self._schemas.components[member["$ref"].removeprefix(COMPONENTS)] for member in members]
        if not models or len(members) != len([m for m in adapted["anyOf"] if m.get("type") != "null"]):
            return adapted
        properties = {name: child for model in reversed(models) for name, child in model["properties"].items()}
        required = [
            name for name in models[0].get("required", ()) if all(name in m.get("required", ()) for m in models)
        ]
        name = self._schemas.names.take(f"{hint}Form")
        self._schemas.components[name] = {
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {}),
        }
        self._schemas.origins[name] = self._schemas.origins[members[0]["$ref"].removeprefix(COMPONENTS)]
        return {"$ref": f"{COMPONENTS}{name}"}

    def _one_of_a_kind(self, found: dict[str, Json], spot: Spot) -> dict[str, Json]:
        """Bodies that a caller can tell apart: of several kinds of JSON with one class the first is sent."""
        kept: dict[str, Json] = {}
        seen: list[tuple[str, Json]] = []
        for name, node in found.items():
            kind = (node["x-kind"], node["schema"].get("$ref", name))
            if node["x-kind"] == "json" and kind in seen:
                self._findings.note(
                    spot,
                    "body-media-type",
                    f"The same body could be sent as {name}. The client sends the first kind of JSON.",
                )
                continue
            seen.append(kind)
            kept[name] = node
        return kept

    def _is_model(self, adapted: Json) -> bool:
        reference = adapted.get("$ref")
        if not isinstance(reference, str) or adapted.keys() - _WORDS != {"$ref"}:
            return False
        return "enum" not in self._schemas.components[reference.removeprefix(COMPONENTS)]

    def _is_data(self, schema: Json, spot: Spot) -> bool:
        merged = self._schemas.merger.merged([(schema, spot)])
        return bool(
            merged.properties
            or merged.unions
            or merged.items
            or merged.values
            or set(merged.types or ()) & {"object", "array"}
        )

    def _is_text(self, schema: Json, spot: Spot) -> bool:
        merged = self._schemas.merger.merged([(schema, spot)])
        return not merged.properties and merged.stated.get("format") != BINARY and set(merged.types or ()) <= {"string"}

    def _class(self, hint: str, named: str) -> str:
        kind, _, name = named.partition("/")
        word = (
            ""
            if named == "value"
            else class_name(name if name not in {"*", ""} else kind, "File")
            if kind != "*"
            else "File"
        )
        return self._schemas.names.take(f"{hint}{word}Body", f"{hint}{word}Content")


def _deep(node: dict[str, Json]) -> dict[str, Json]:
    """The fields of a form that the document wants with brackets even where they are lists."""
    encoding = node.get("encoding")
    named = encoding.items() if isinstance(encoding, dict) else ()
    deep = [name for name, how in named if isinstance(how, dict) and how.get("style") == "deepObject"]
    return {"x-deep": deep} if deep else {}
