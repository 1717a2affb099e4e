"""Adapts answers: each status with what may come with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.spec.foreign.findings import CutError
from generator.spec.foreign.media_types import is_texts, plain_name
from generator.spec.foreign.schemas import SchemaAdapter, Side
from generator.spec.foreign.upgrade import BINARY
from generator.spec.foreign.words import readable
from generator.spec.media_types import bare, is_json

if TYPE_CHECKING:
    from generator.spec.foreign.files import Spot
    from generator.spec.model import Json

_STATUS: Final = re.compile(r"[1-5]([0-9]{2}|XX)|default|[6-9][0-9]{2}")
_GOOD: Final = re.compile(r"2([0-9]{2}|xx|XX)|default")
_MAY_BE_JSON: Final = frozenset({"*/*", "application/*", "text/json"})
_BODILESS: Final = frozenset({"204", "205", "304"})


class AnswerAdapter:
    """Adapts the answers of one document.

    Args:
        schemas: Adapts their schemas.
    """

    def __init__(self, schemas: SchemaAdapter) -> None:
        self._schemas = schemas
        self._findings, self._files = schemas.findings, schemas.files

    def adapt(self, node: Json, spot: Spot, hint: str, *, has_bodies: bool) -> dict[str, Json]:
        """Adapt an operation's answers.

        Args:
            node: The value of `responses`.
            spot: Where it stands.
            hint: What the operation's classes begin with.
            has_bodies: Whether the method's answers have bodies.
        """
        found: dict[str, Json] = {}
        if not any(map(_GOOD.fullmatch, node if isinstance(node, dict) else ())):
            found["2XX"] = {"description": ""}  # what comes is taken, and nothing of it is known
        for key, answer in node.items() if isinstance(node, dict) else ():
            status = key.upper() if key.lower() != "default" else "default"
            if key.startswith("x-"):
                continue
            if not _STATUS.fullmatch(status):
                self._findings.note(
                    spot / key, "unknown-status", f"{key!r} is no status. What comes with it isn't read."
                )
                continue
            try:
                target, place = self._files.target(answer, spot / key)
            except CutError as cut:
                self._findings.cut(cut.spot, cut.code, f"{cut} This answer is read as anything.")
                target, place = {"content": {"*/*": {}}}, spot / key
            with_body = has_bodies and status not in _BODILESS and not status.startswith("1")
            found[status] = self._answer(
                target, place, f"{hint}Answer{status.title() if status == 'default' else status}", with_body=with_body
            )
        return found

    def _answer(self, node: Json, spot: Spot, hint: str, *, with_body: bool) -> dict[str, Json]:
        node = node if isinstance(node, dict) else {}
        description = node.get("description")
        content = node.get("content")
        found: dict[str, Json] = {}
        for name, child in content.items() if with_body and isinstance(content, dict) else ():
            schema = child.get("schema", {}) if isinstance(child, dict) else {}
            named, place = plain_name(name), spot.below("content", name, "schema")
            found.setdefault(named, {"schema": self._body(named, schema, place, hint)})
        return {
            "description": readable(description) if isinstance(description, str) else "",
            **({"content": found} if found else {}),
        }

    def _body(self, media_type: str, schema: Json, spot: Spot, hint: str) -> Json:
        if media_type.lower().startswith("image/"):
            return {"type": "string", "format": BINARY}
        if is_json(media_type) or bare(media_type) in _MAY_BE_JSON:
            adapted = self._schemas.adapt(schema, spot, Side.ANSWER, hint)
            if is_json(media_type) and adapted.get("format") == BINARY:
                return {"type": "string"}
            return adapted
        return {"type": "string"} if is_texts(media_type) else {"type": "string", "format": BINARY}
