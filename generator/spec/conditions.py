"""Says an `if` schema in words, and in a form that fits into a rule's id."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.spec.keywords import ANNOTATIONS
from generator.spec.markdown import code, unmarked
from generator.spec.model import Condition
from generator.spec.phrases import schema_fact, shown

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
    return Condition(
        schema=schema,
        negated=negated,
        words=unmarked(condition_words(schema, negated=negated)),
        slug=_slug(schema, negated=negated),
    )


def condition_words(schema: Mapping[str, Json], *, negated: bool) -> str:
    """The same in words alone, as Markdown: what comes from the spec stands in code spans.

    Args:
        schema: The ``if`` schema, resolved.
        negated: True for the ``else`` branch.
    """
    required, properties = schema.get("required", ()), schema.get("properties", {})
    parts = [f"{code(name)} {_verb(constraint, present=name in required)}" for name, constraint in properties.items()]
    parts += [f"{code(name)} is given" for name in required if name not in properties]
    return f"{_link(negated=negated)} {' and '.join(parts)}"


def _verb(constraint: Mapping[str, Json], *, present: bool) -> str:
    absent = "" if present else "is absent or "
    match list(_stated(constraint).items()):
        case [("const", value)]:
            return f"{absent or 'is '}{shown(value)}"
        case [("enum", values)]:
            return f"{absent or 'is '}one of {', '.join(shown(value) for value in values)}"
        case _:
            return f"{absent}{schema_fact(constraint)}"


def _slug(schema: Mapping[str, Json], *, negated: bool) -> str:
    """The condition in a rule's id. It must never change: ids stand in reports and exceptions."""
    required, properties = schema.get("required", ()), schema.get("properties", {})
    parts = [f"{name} {_value(constraint)}" for name, constraint in properties.items()]
    parts += [f"{name} is given" for name in required if name not in properties]
    return "-".join([_link(negated=negated), *(_NOT_IN_A_SLUG.sub("-", part).strip("-") for part in parts)])


def _value(constraint: Mapping[str, Json]) -> str:
    stated = _stated(constraint)
    match list(stated.items()):
        case [("const", value)]:
            return _text(value)
        case [("enum", values)]:
            return ", ".join(_text(value) for value in values)
        case _:
            return json.dumps(stated, ensure_ascii=False, sort_keys=True)


def _stated(constraint: Mapping[str, Json]) -> dict[str, Json]:
    return {keyword: value for keyword, value in constraint.items() if keyword not in ANNOTATIONS}


def _link(*, negated: bool) -> str:
    return "unless" if negated else "when"


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
