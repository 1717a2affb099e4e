"""Finds request bodies that nobody can make or judge: neither a JSON object, nor a form, nor a file by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.keywords import ANNOTATIONS
from generator.spec.media_types import is_form, is_json, may_be_file
from generator.spec.roles import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved

_OF_FILES = frozenset({"type", "x-image", "x-source", *ANNOTATIONS})
"""The keywords that a file may have which is a body by itself."""


def body_problems(document: Document, resolved: Resolved) -> Iterator[Problem]:
    """Request bodies that are no object with fields, and files by themselves of which too much is said.

    Args:
        document: The document as read.
        resolved: The same without references.
    """
    for at, media_type, schema in _bodies(resolved.data):
        if is_json(media_type) or is_form(media_type):
            for below, shape in _shapes(schema):
                if not _has_fields(shape):
                    message = "A body is an object with fields. Give it `type: object` and `properties`."
                    yield document.problem(resolved.origin((*at, "schema", *below)), "body-without-fields", message)
        elif may_be_file(media_type) and _is_file(schema):
            for keyword, message in _beyond_files(schema):
                yield document.problem(resolved.origin((*at, "schema", keyword)), "body-of-a-file", message)
        else:
            message = (
                f"Nobody sends {media_type}. A body is application/json, multipart/form-data with what is to be sent "
                "as a field, or a file by itself. The schema of such a file is {type: string, format: binary}."
            )
            yield document.problem(at, "body-media-type", message)


def _bodies(data: Json) -> Iterator[tuple[Pointer, str, Json]]:
    for path, item in data.get("paths", {}).items():
        for method in METHODS:
            for media_type, content in item.get(method, {}).get("requestBody", {}).get("content", {}).items():
                at = ("paths", path, method, "requestBody", "content", media_type)
                yield at, media_type, content.get("schema", {})


def _shapes(schema: Json) -> list[tuple[Pointer, Json]]:
    """The forms that a body may take, below its schema; of a union that has no shapes others tell."""
    if not isinstance(schema, dict) or not schema.keys() & {"anyOf", "oneOf"}:
        return [((), schema)]
    branches = enumerate(schema.get("anyOf", ()))
    return [
        (("anyOf", index), branch) for index, branch in branches if isinstance(branch, dict) and "x-shape" in branch
    ]


def _has_fields(schema: Json) -> bool:
    if not isinstance(schema, dict) or schema.get("type", "object") != "object":
        return False
    return bool(schema.get("properties") or schema.get("allOf")) or isinstance(schema.get("additionalProperties"), dict)


def _is_file(schema: Json) -> bool:
    """Whether a schema is a file's: a string in binary, or nothing that says what is in it."""
    if not isinstance(schema, dict):
        return False
    if "type" in schema:
        return bool(schema["type"] == "string" and schema.get("format") == "binary")
    return not schema.keys() & {"properties", "items", "allOf", "anyOf", "oneOf"}


def _beyond_files(schema: Json) -> Iterator[tuple[str, str]]:
    """The keywords that nobody honours of a file, and why."""
    for keyword in schema:
        if keyword not in _OF_FILES:
            words = f"Nobody honours {keyword!r} of a body that is a file by itself. Leave it out"
            yield keyword, f"{words}; what an image must be is said with `x-image`."
    if schema.get("x-image", {}).get("forms", ["file"]) != ["file"]:
        yield "x-image", "A body that is a file by itself comes in no other form. Say `forms: [file]`."
