"""Says an `if` schema in words, and in a form that fits into a rule's id."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.spec.keywords import ANNOTATIONS
from generator.spec.model import Condition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

_NOT_IN_A_SLUG = re.compile(r"[^A-Za-z0-9_.]+")


def condition(schema: Mapping[str, Json], *, negated: bool) -> Condition:
    """The condition that an ``if`` states.

    Args:
        schema: The ``if`` schema, resolved.
        negated: True for the ``else`` branch.

    Returns:
        The condition, with its words: "when model is wan2.7-image-pro", "unless enable_sequential is true".
    """
    parts = [
        (name, *_verb(constraint, present=name in schema.get("required", ())))
        for name, constraint in schema.get("properties", {}).items()
    ]
    parts += [(name, "is given", "") for name in schema.get("required", ()) if name not in schema.get("properties", {})]
    link = "unless" if negated else "when"
    words = " and ".join(f"{name} {verb} {value}".strip() for name, verb, value in parts)
    slug = "-".join([link, *(_slug(f"{name} {value}" if value else f"{name} {verb}") for name, verb, value in parts)])
    return Condition(schema=schema, negated=negated, words=f"{link} {words}", slug=slug)


def _verb(constraint: Mapping[str, Json], *, present: bool) -> tuple[str, str]:
    verb = "is" if present else "is absent or"
    stated = {keyword: value for keyword, value in constraint.items() if keyword not in ANNOTATIONS}
    match list(stated.items()):
        case [("const", value)]:
            return verb, _text(value)
        case [("enum", values)]:
            return f"{verb} one of", ", ".join(_text(value) for value in values)
        case _:
            return f"{verb} such that", json.dumps(stated, ensure_ascii=False, sort_keys=True)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _slug(text: str) -> str:
    return _NOT_IN_A_SLUG.sub("-", text).strip("-")
