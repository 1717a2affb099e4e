"""Finds `x-role` where nobody reads it, on a field of another type than the role's, or twice in one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.field_roles import IN_PALETTE, ITEMS, Role, fields_below, wanted_type
from generator.spec.places import Kind, places
from generator.spec.roles import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved


def role_problems(document: Document, resolved: Resolved) -> list[Problem]:
    """Roles of fields that can't be filled.

    Args:
        document: The document as read, its keywords' values of the right form.
        resolved: The same without references.
    """
    problems: list[Problem] = []
    read: set[Pointer] = set()
    for at, shape in _shapes(resolved.data):
        filled: dict[str, str] = {}
        for path, prop in fields_below(shape):
            if "x-role" not in prop:
                continue
            here = resolved.origin((*at, *_pointer(path), "x-role"))
            read.add(here)
            role = Role(prop["x-role"])
            said = [*_misfits(role, path, prop, shape)]
            first = filled.setdefault(role, ".".join(path))
            if role is not Role.PROMPT and first != ".".join(path):
                said.append(f"The field {first!r} has the role {role.value!r} already. Give it to one of the two.")
            problems += [document.problem(here, "field-role", message) for message in said]
    for at, node, kind in places(document.data):
        if kind is Kind.SCHEMA and "x-role" in node and (*at, "x-role") not in read:
            message = "`x-role` is read of the fields of a request body. Remove it here."
            problems.append(document.problem((*at, "x-role"), "misplaced-keyword", message))
    return list(dict.fromkeys(problems))


def _shapes(data: Json) -> Iterator[tuple[Pointer, Json]]:
    for path, item in data.get("paths", {}).items():
        for method in METHODS:
            for media_type, content in item.get(method, {}).get("requestBody", {}).get("content", {}).items():
                schema = content.get("schema", {})
                at: Pointer = ("paths", path, method, "requestBody", "content", media_type, "schema")
                branches = [((*at, "anyOf", index), branch) for index, branch in enumerate(schema.get("anyOf", ()))]
                yield from (found for found in [(at, schema), *branches] if isinstance(found[1], dict))


def _pointer(path: tuple[str, ...]) -> Iterator[str]:
    for name in path:
        yield from ("items",) if name == ITEMS else ("properties", name)


def _misfits(role: Role, path: tuple[str, ...], prop: Json, shape: Json) -> Iterator[str]:
    wanted = wanted_type(role)
    if prop.get("type") != wanted:
        yield f"A field of the role {role.value!r} has the type {wanted}. Say `type: {wanted}`, or choose another role."
    if role in IN_PALETTE:
        holder = shape.get("properties", {}).get(path[0], {})
        if path[1:-1] != (ITEMS,) or holder.get("x-role") != Role.PALETTE:
            yield f"The role {role.value!r} is read in the items of a field with `x-role: palette`. Put it there."
    elif role is not Role.PROMPT and len(path) > 1:
        yield f"The role {role.value!r} is read at the top of a body, not further down. Put it there, or remove it."
