"""Adapts enums: of one type or of several, with values twice, or with values that their type doesn't allow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.spec.foreign.merging import Merged
    from generator.spec.model import Json

_KINDS: Final = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
)


def kind_of(value: Json) -> str:
    """The JSON type of a value."""
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "null")


def identity(value: Json) -> tuple[str, str]:
    """What two values have in common only if they are one, true and 1 being two."""
    return type(value).__name__, json.dumps(value, sort_keys=True)


def values_of(merged: Merged) -> dict[str, Json]:
    """The schema of an enum: each value once, null apart.

    Values that the stated type doesn't allow, such as the text "1" in an enum of integers, are what the author wrote,
    so that they stay, and the type goes.

    Args:
        merged: The schema, which has an enum.
    """
    first: dict[tuple[str, str], Json] = {}
    for value in merged.enum or ():
        first.setdefault(identity(value), value)
    values = list(first.values())
    if None in values:
        merged.nullable = True
    kept = [value for value in values if value is not None]
    if not kept:
        return {"type": "null"}
    kinds = list(dict.fromkeys(map(kind_of, kept)))
    return {"type": kinds[0] if len(kinds) == 1 else kinds, "enum": kept}


def typed_enum(schema: Json) -> str:
    """The one type, text or whole number, of an enum's values; "" if there are several or others."""
    kinds = {kind_of(value) for value in schema["enum"] if value is not None}
    return kinds.pop() if kinds in ({"string"}, {"integer"}) else ""
