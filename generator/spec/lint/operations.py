"""Finds operations without a name of their own, and parameters that don't fit their path."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from generator.spec.roles import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_IN_PATH = re.compile(r"\{([^{}]*)\}")


def operation_id_problems(document: Document) -> Iterator[Problem]:
    """Operations without an operationId, with one that makes no name, or with another's.

    Args:
        document: The document as read, valid OpenAPI or not.
    """
    first: dict[str, str] = {}
    for at, node in _operations(document.data):
        name, here = node.get("operationId"), f"{str(at[2]).upper()} {at[1]}"
        if not isinstance(name, str) or not _ID.fullmatch(name):
            message = f"{here} has no operationId of letters, digits, - and _. Give it one: all else is named after it."
            yield document.problem((*at, "operationId"), "no-operation-id", message)
        elif name in first:
            message = f"The operationId {name!r} names both {first[name]} and {here}. Rename one."
            yield document.problem((*at, "operationId"), "duplicate-operation-id", message)
        else:
            first[name] = here


def parameter_problems(document: Document, resolved: Resolved) -> Iterator[Problem]:
    """Parameters given twice, those that are asked for and missing, and parts of a path without their parameter.

    Args:
        document: The document as read.
        resolved: The same without references.
    """
    for at, node in _operations(resolved.data):
        parameters = node.get("parameters", ())
        given = Counter((parameter["in"], parameter["name"]) for parameter in parameters)
        for index, parameter in enumerate(parameters):
            if given[parameter["in"], parameter["name"]] > 1:
                message = f"The parameter {parameter['name']!r} is given twice. Remove one."
                yield document.problem((*at, "parameters", index), "duplicate-parameter", message)
        wanted = set(_IN_PATH.findall(str(at[1])))
        stated = {name for place, name in given if place == "path"}
        for name in sorted(wanted ^ stated):
            message = f"{name!r} stands in the path or in its parameters, but not in both. Add the other, or mend it."
            yield document.problem(at, "path-parameter", message)
        asked = node.get("x-model-list", {}).get("query", {})
        for name in sorted(asked.keys() - {name for place, name in given if place == "query"}):
            message = f"{name!r} is asked for here, and is no parameter of the query. Add it, or ask by another."
            yield document.problem((*at, "x-model-list", "query", name), "unknown-parameter", message)


def _operations(data: Json) -> Iterator[tuple[Pointer, Json]]:
    paths = data.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method, node in item.items() if isinstance(item, dict) else ():
            if method in METHODS and isinstance(node, dict):
                yield ("paths", path, method), node
