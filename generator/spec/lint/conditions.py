"""Finds conditions (`if`, `then`, `else`) said in a way that not everybody can honour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.keywords import ANNOTATIONS, ASSERTIONS
from generator.spec.places import Kind, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved

_OF_A_FIELD = frozenset(ASSERTIONS) - {"anyOf", "oneOf", "not", "dependentRequired", "x-image", "x-total-pixels"}


def condition_problems(document: Document, resolved: Resolved) -> list[Problem]:
    """Conditions said in a way that generated code has no words for.

    Where a condition may stand at all depends on who points to its schema; that is told when the rules are listed.

    Args:
        document: The document as read.
        resolved: The same without references.
    """
    problems: list[Problem] = []
    for at, node, kind in places(document.data):
        if kind is not Kind.SCHEMA:
            continue
        for keyword in ("then", "else"):
            if keyword in node and "if" not in node:
                message = f"{keyword!r} does nothing without an `if` beside it. Add one, or remove it."
                problems.append(document.problem((*at, keyword), "no-if", message))
        if "if" in node and not {"then", "else"} & node.keys():
            message = "An `if` does nothing without `then` or `else`. Add one, or remove it."
            problems.append(document.problem((*at, "if"), "no-then", message))
        if "if" in node:
            problems += _form(document, at, _at(resolved.data, at))
    return problems


def _form(document: Document, at: Pointer, node: Json) -> Iterator[Problem]:
    condition, here = node["if"], (*at, "if")
    if not isinstance(condition, dict) or not condition.get("properties", condition.get("required")):
        message = "A condition names fields, with `properties` and `required`. Say it so."
        yield document.problem(here, "condition-form", message)
        return
    for key in condition:
        if key not in {"properties", "required", *ANNOTATIONS}:
            message = f"A condition is said with `properties` and `required`, not with {key!r}."
            yield document.problem((*here, key), "condition-form", message)
    for name, schema in condition.get("properties", {}).items():
        stated = schema if isinstance(schema, dict) else {}
        if not stated or any(key not in {*_OF_A_FIELD, *ANNOTATIONS} for key in stated):
            message = f"Nobody honours this condition on {name!r}. Say it with keywords such as `const` and `enum`."
            yield document.problem((*here, "properties", name), "condition-form", message)
    for name in (*condition.get("properties", ()), *condition.get("required", ())):
        if "properties" in node and name not in node["properties"]:
            message = f"The schema has no property {name!r}. Add it to `properties`, or mend the condition."
            yield document.problem(here, "unknown-property", message)


def _at(data: Json, pointer: Pointer) -> Json:
    for part in pointer:
        data = data[part]
    return data
