"""Whether a document is OpenAPI 3.1 at all, as the specification's own schema judges it."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema_rs

from generator.spec.places import Kind, places
from generator.spec.problems import shortened

if TYPE_CHECKING:
    from generator.spec.document import Document, Pointer
    from generator.spec.problems import Problem

_META = jsonschema_rs.Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"})


def validity_problems(document: Document) -> list[Problem]:
    """What makes a document invalid as OpenAPI 3.1.

    Args:
        document: The document as read.

    Returns:
        The problems, each at its place; none if the document is valid.
    """
    version = document.data.get("openapi")
    if not isinstance(version, str) or not version.startswith("3.1."):
        message = f"The document says `openapi: {version}`. This tool reads OpenAPI 3.1: begin with `openapi: 3.1.1`."
        return [document.problem(("openapi",), "not-openapi-3.1", message)]
    problems = []
    for error in _openapi().iter_errors(document.data):
        message = f"This is not OpenAPI 3.1: {shortened(error.message)}."
        problems.append(document.problem(tuple(error.instance_path), "not-openapi-3.1", message))
    return problems or _schema_problems(document)


@cache
def _openapi() -> jsonschema_rs.Draft202012Validator:
    """The validator of the OpenAPI Initiative's schema, a copy of which comes with openapi-spec-validator."""
    package = find_spec("openapi_spec_validator")  # not imported: that takes a third of a second
    if package is None or package.origin is None:
        message = "openapi-spec-validator is missing. Install image-contract[generator]."
        raise ModuleNotFoundError(message, name="openapi_spec_validator")
    path = Path(package.origin).parent / "resources" / "schemas" / "v3.1" / "schema.json"
    return jsonschema_rs.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def _schema_problems(document: Document) -> list[Problem]:
    """Schema Objects that are no JSON Schema, which OpenAPI's own schema does not look into."""
    problems = []
    roots: set[Pointer] = set()
    for at, node, kind in places(document.data):
        if kind is not Kind.SCHEMA or any(at[:length] in roots for length in range(len(at))):
            continue
        roots.add(at)
        for error in _META.iter_errors(node):
            message = f"This is no JSON Schema: {shortened(error.message)}."
            problems.append(document.problem((*at, *error.instance_path), "not-json-schema", message))
    return problems
