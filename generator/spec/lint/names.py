"""Finds names that name nothing: documents, properties, credentials; and components that nobody names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.keywords import SOURCED
from generator.spec.places import Kind, places
from generator.spec.roles import role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved


def name_problems(document: Document, resolved: Resolved) -> list[Problem]:
    """Names that name nothing, and components that nothing points to.

    Args:
        document: The document as read, its keywords' values of the right form.
        resolved: The same without references.
    """
    problems: list[Problem] = [*_unused(document, resolved)]
    for at, node, kind in places(document.data):
        here = role(at, kind)
        if here != "names":
            problems += _documents(document, at, node)
        if here in {"document", "operation", "response"}:
            problems += _credentials(document, at, node)
    for at, node, kind in places(resolved.data):
        if kind is Kind.SCHEMA:
            problems += _properties(document, resolved.origin(at), node, in_part=_is_part(at))
    return list(dict.fromkeys(problems))


def _documents(document: Document, at: Pointer, node: Json) -> Iterator[Problem]:
    source = node.get("x-source", {})
    known = document.data.get("x-documents", {})
    overrides = source.get("keywords", {})
    named: list[tuple[Pointer, Json]] = [(("x-source",), source)]
    named += [(("x-source", "keywords", key), part) for key, part in overrides.items()]
    for below, part in named:
        if "document" in part and part["document"] not in known:
            message = f"`x-documents` has no {part['document']!r}. It has: {', '.join(known) or 'nothing'}."
            yield document.problem((*at, *below, "document"), "unknown-document", message)
    for key in overrides:
        if key not in SOURCED:
            message = f"{key!r} is no keyword that states a rule, so that it needs no source. Remove it."
            yield document.problem((*at, "x-source", "keywords", key), "unknown-keyword", message)


def _credentials(document: Document, at: Pointer, node: Json) -> Iterator[Problem]:
    known = document.data.get("components", {}).get("securitySchemes", {})
    named = [(("security", index), name) for index, each in enumerate(node.get("security", ())) for name in each]
    named += [(("x-for-credentials", index), name) for index, name in enumerate(node.get("x-for-credentials", ()))]
    for below, name in named:
        if name not in known:
            message = f"`securitySchemes` has no {name!r}. It has: {', '.join(known) or 'nothing'}."
            yield document.problem((*at, *below), "unknown-credential", message)


def _unused(document: Document, resolved: Resolved) -> Iterator[Problem]:
    for section, named in document.data.get("components", {}).items():
        for name in named if section != "securitySchemes" else ():
            place = ("components", section, name)
            if not any(target[: len(place)] == place for target in resolved.targets):
                message = "Nothing points to this component, so that nobody honours it. Remove it, or point to it."
                yield document.problem(place, "unused-component", message)


def _is_part(at: Pointer) -> bool:
    """Whether a schema is a part of another one, which has the properties."""
    return any(part in {"if", "then", "else", "not", "allOf", "anyOf", "oneOf"} for part in at[-2:])


def _properties(document: Document, origin: Pointer, node: Json, *, in_part: bool) -> Iterator[Problem]:
    """Keywords that name a property of the same schema."""
    properties = node.get("properties", {})
    named: list[tuple[Pointer, str]] = []
    if "properties" in node and "allOf" not in node and not in_part:
        named += [(("required", index), name) for index, name in enumerate(node.get("required", ()))]
        for name, needed in node.get("dependentRequired", {}).items():
            named += [(("dependentRequired", name), part) for part in (name, *needed)]
    if "present" in node.get("x-shape", {}):
        named.append((("x-shape", "present"), node["x-shape"]["present"]))
    named += [(("x-image-from", key), name) for key, name in node.get("x-image-from", {}).items()]
    for name, child in properties.items():
        if not isinstance(child, dict):
            continue
        if "x-replaced-by" in child:
            named.append((("properties", name, "x-replaced-by"), child["x-replaced-by"]))
        if "x-default-from" in child:
            named.append((("properties", name, "x-default-from", "property"), child["x-default-from"]["property"]))
    for below, name in named:
        if name not in properties:
            message = f"The schema has no property {name!r}. Add it to `properties`, or mend the name."
            yield document.problem((*origin, *below), "unknown-property", message)
