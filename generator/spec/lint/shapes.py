"""Finds request shapes that can't be told apart, and `x-shape` where there is no request body."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.spec.keywords import ANNOTATIONS
from generator.spec.places import Kind, places
from generator.spec.roles import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved

_BESIDE_SHAPES = {"anyOf", "x-source", *ANNOTATIONS}


def shape_problems(document: Document, resolved: Resolved) -> list[Problem]:
    """Request shapes that can't be told apart or that nobody reads.

    Args:
        document: The document as read.
        resolved: The same without references.
    """
    problems: list[Problem] = []
    read: set[Pointer] = set()
    for at, content in _bodies(resolved.data):
        names: Counter[str] = Counter()
        for media_type, node in content.items():
            here = (*at, "content", media_type, "schema")
            schema = node.get("schema", {})
            shapes = _shapes(schema)
            read |= {resolved.origin((*here, *below)) for below, _ in shapes}
            names.update(shape["x-shape"]["name"] for _, shape in shapes)
            problems += [document.problem(resolved.origin(here), "shapes", said) for said in _mixed(schema, shapes)]
        for name in (name for name, count in names.items() if count > 1):
            message = f"Two shapes of this operation are named {name!r}. Rename one: their rules are named after it."
            problems.append(document.problem(at, "shape-names", message))
    for at, node, kind in places(document.data):
        if kind is Kind.SCHEMA and "x-shape" in node and at not in read:
            message = "`x-shape` is read in a request body's schema, or in a branch of its `anyOf`. Remove it here."
            problems.append(document.problem((*at, "x-shape"), "misplaced-keyword", message))
    return problems


def _bodies(data: Json) -> Iterator[tuple[Pointer, Json]]:
    for path, item in data.get("paths", {}).items():
        for method in METHODS:
            if body := item.get(method, {}).get("requestBody"):
                yield ("paths", path, method, "requestBody"), body["content"]


def _shapes(schema: Json) -> list[tuple[Pointer, Json]]:
    if not isinstance(schema, dict):
        return []
    branches = [(("anyOf", index), branch) for index, branch in enumerate(schema.get("anyOf", ()))]
    found: list[tuple[Pointer, Json]] = [((), schema), *branches]
    return [(below, node) for below, node in found if isinstance(node, dict) and "x-shape" in node]


def _mixed(schema: Json, shapes: list[tuple[Pointer, Json]]) -> Iterator[str]:
    """What keeps the shapes of one body from being told apart, in words."""
    if not any(below for below, _ in shapes):
        if not shapes and isinstance(schema, dict) and ("anyOf" in schema or "oneOf" in schema):
            yield "A body of several forms is an `anyOf` whose branches each have an `x-shape`. Write it so."
        return
    if len(shapes) != len(schema["anyOf"]) or any(not below for below, _ in shapes):
        yield "Give an `x-shape` to each branch of the `anyOf`, and to nothing else here."
    if odd := [key for key in schema if key not in _BESIDE_SHAPES]:
        yield f"Nobody honours {', '.join(odd)} beside an `anyOf` of shapes. State it in each of them."
    present = [shape["x-shape"].get("present") for _, shape in shapes]
    if len(set(present)) != len(present):
        yield "Two shapes can't be told apart. Give each but one a `present` of its own, a field that only it has."
