"""Checks that examples, defaults and known values keep the schemas they stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs

from generator.spec.pictures import image_breach, total_pixels_breach
from generator.spec.places import Kind, places
from generator.spec.problems import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved

Stated = tuple["Pointer", "Json"]


class _Keyword:
    """One of our keywords, as jsonschema-rs wants it."""

    breach: Callable[[Json, Json], str | None]

    def __init__(self, parent: Json, value: Json, path: list[str | int]) -> None:
        del parent, path
        self.value = value

    def validate(self, instance: Json) -> None:
        """Raise ValueError, in words, if the instance breaks the keyword."""
        if (message := type(self).breach(self.value, instance)) is not None:
            raise ValueError(message)


class _TotalPixels(_Keyword):
    breach = staticmethod(total_pixels_breach)


class _Image(_Keyword):
    breach = staticmethod(image_breach)


def example_problems(document: Document, resolved: Resolved) -> list[Problem]:
    """Examples, defaults and known values that break their own schema.

    Args:
        document: The document as read; it has passed the lint.
        resolved: The same without references.
    """
    problems: list[Problem] = []
    for at, node, kind in places(resolved.data):
        if kind is Kind.SCHEMA:
            problems += _judge(document, resolved, at, node, _of_schema(node))
        elif kind is Kind.OBJECT and "schema" in node:
            for below, value in _of_media_type(node):
                problems += _judge(document, resolved, at, _meant(node["schema"], value), iter([(below, value)]))
    return list(dict.fromkeys(problems))


def _of_schema(node: Json) -> Iterator[Stated]:
    for keyword in ("default", "example"):
        if keyword in node:
            yield (keyword,), node[keyword]
    for keyword in ("examples", "x-known-values"):
        for index, value in enumerate(node.get(keyword, ())):
            yield (keyword, index), value
    for key, value in node.get("x-default-from", {}).get("values", {}).items():
        yield ("x-default-from", "values", key), value


def _of_media_type(node: Json) -> Iterator[Stated]:
    if "example" in node:
        yield ("example",), node["example"]
    for name, example in node.get("examples", {}).items():
        if "value" in example:
            yield ("examples", name, "value"), example["value"]


def _meant(schema: Json, value: Json) -> Json:
    """Of several request shapes the one that an example means, so that its breaches are told one by one."""
    shapes = [branch for branch in schema.get("anyOf", ()) if "x-shape" in branch] if isinstance(schema, dict) else []
    keys = value if isinstance(value, dict) else {}
    told = [shape for shape in shapes if shape["x-shape"].get("present") in keys]
    rest = [shape for shape in shapes if "present" not in shape["x-shape"]]
    return next(iter(told + rest), schema)


def _judge(
    document: Document, resolved: Resolved, at: Pointer, schema: Json, stated: Iterator[Stated]
) -> Iterator[Problem]:
    validator = None
    for below, value in stated:
        validator = validator or jsonschema_rs.Draft202012Validator(
            schema, keywords={"x-total-pixels": _TotalPixels, "x-image": _Image}
        )
        for error in validator.iter_errors(value):
            message = f"What `{below[0]}` gives breaks its own schema: {shortened(error.message)}. Mend one of the two."
            where = (*resolved.origin((*at, *below)), *error.instance_path)
            yield document.problem(where, "example-breaks-schema", message)
