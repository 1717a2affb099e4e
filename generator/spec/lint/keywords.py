"""Finds keywords that nobody honours, and keywords whose value is not of their form."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import jsonschema_rs

from generator.spec.foreign.patterns import trouble
from generator.spec.keywords import EXTENSION_PLACES, EXTENSIONS, SCHEMA_KEYWORDS
from generator.spec.places import SUBSCHEMAS, Kind, places
from generator.spec.problems import shortened
from generator.spec.roles import role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem

_VALUES = {name: jsonschema_rs.Draft202012Validator(dict(schema)) for name, schema in EXTENSIONS.items()}


def keyword_problems(document: Document) -> list[Problem]:
    """Keywords that nobody knows or that stand where nobody reads them, values of the wrong form, schemas `false`.

    Args:
        document: The document as read.
    """
    problems: list[Problem] = []
    for at, node, kind in places(document.data):
        problems += _extensions(document, at, node, role(at, kind))
        if kind is Kind.SCHEMA:
            problems += _unknown(document, at, node)
            problems += _false_schemas(document, at, node)
    return problems


def pattern_problems(document: Document) -> Iterator[Problem]:
    """Patterns that are no regular expression, or not one for both of the engines that judge by them.

    Args:
        document: The document as read.
    """
    for at, node, kind in places(document.data):
        if kind is not Kind.SCHEMA or "pattern" not in node:
            continue
        try:
            jsonschema_rs.Draft202012Validator({"pattern": node["pattern"]})
            re.compile(node["pattern"])
        except (jsonschema_rs.ValidationError, re.error, OverflowError, RecursionError) as error:
            reason = shortened(str(error))
            message = f"Rust and Python don't both know this regular expression: {reason}. Say it more plainly."
            yield document.problem((*at, "pattern"), "bad-pattern", message)
            continue
        if why := trouble(node["pattern"]):
            message = f"This regular expression isn't fit to judge by: {why}. Say it more plainly."
            yield document.problem((*at, "pattern"), "bad-pattern", message)


def _extensions(document: Document, at: Pointer, node: Json, here: str) -> Iterator[Problem]:
    if here == "names" and not _holds_extensions(at):
        return
    for key, value in node.items():
        if not key.startswith("x-"):
            continue
        wanted = EXTENSION_PLACES.get(key, ("schema",))
        if key not in EXTENSIONS:
            message = f"Nobody honours the keyword {key!r}. {_hint(key, EXTENSIONS)}"
            yield document.problem((*at, key), "unknown-keyword", message)
        elif here not in wanted:
            message = f"Nobody reads {key!r} here. It belongs in: {', '.join(wanted)}."
            yield document.problem((*at, key), "misplaced-keyword", message)
        else:
            for error in _VALUES[key].iter_errors(value):
                message = f"The value of {key!r} is not of its form: {shortened(error.message)}. See openapi/README.md."
                yield document.problem((*at, key, *error.instance_path), "keyword-value", message)


def _holds_extensions(at: Pointer) -> bool:
    """Whether `x-` keys in a map of names are extensions: they are among paths and an operation's responses."""
    return at == ("paths",) or (at[-1:] == ("responses",) and at[0] == "paths")


def _unknown(document: Document, at: Pointer, node: Json) -> Iterator[Problem]:
    for key in node:
        if not key.startswith("x-") and key not in SCHEMA_KEYWORDS:
            hint = _hint(key, SCHEMA_KEYWORDS)
            message = f"Nobody honours the keyword {key!r}: it would be dropped quietly. {hint}"
            yield document.problem((*at, key), "unknown-keyword", message)


def _hint(key: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(key[:100], known, n=1, cutoff=0.75)
    return f"Did you mean {close[0]!r}?" if close else "The known ones are listed in openapi/README.md."


def _false_schemas(document: Document, at: Pointer, node: Json) -> Iterator[Problem]:
    refused: list[Pointer] = [(key,) for key in SUBSCHEMAS - {"additionalProperties"} if node.get(key) is False]
    refused += [("properties", name) for name, child in node.get("properties", {}).items() if child is False]
    refused += [(key, i) for key in ("allOf", "anyOf", "oneOf") for i, v in enumerate(node.get(key, ())) if v is False]
    for below in refused:
        message = "Nobody honours a schema `false`. Leave it out, or say `additionalProperties: false` above it."
        yield document.problem((*at, *below), "false-schema", message)
