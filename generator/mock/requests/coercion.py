"""Turns text into values by a schema, where the wire knows only text: form parts and query parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_BOOLEANS = {"true": True, "false": False}


def types_of(schema: Mapping[str, Json]) -> tuple[str, ...]:
    """The JSON types that a schema allows; none for a schema that states no type."""
    stated = schema.get("type", ())
    return (stated,) if isinstance(stated, str) else tuple(stated)


def coerce(text: str, schema: Mapping[str, Json]) -> Json:
    """The value that a text means under a schema.

    Args:
        text: The text as sent.
        schema: The schema of the field.

    Returns:
        An integer, a number or a boolean where the schema allows it and the text reads as one. Otherwise the text as
        it is, so that the schema's own `type` refuses it.
    """
    for name in types_of(schema):
        if name == "string":
            return text
        if name == "boolean" and text in _BOOLEANS:
            return _BOOLEANS[text]
        if (name == "integer" and _INTEGER.fullmatch(text)) or (name == "number" and _NUMBER.fullmatch(text)):
            return _number(text)
    return text


def _number(text: str) -> int | float | str:
    """The number; the text itself where it has more digits than Python reads or is beyond every float."""
    try:
        number = int(text) if _INTEGER.fullmatch(text) else float(text)
    except ValueError:
        return text
    return text if number in (float("inf"), float("-inf")) else number
