"""Finds and changes values in a decoded body: JSON, or a form as a mapping of its parts."""

from __future__ import annotations

import copy
from typing import Any

Json = Any

ABSENT: Any = object()
"""There is no such value."""


def parts_of(pointer: str) -> list[str]:
    """The keys and indexes of a JSON Pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def value_at(body: Json, pointer: str) -> Json:
    """The value at a JSON Pointer; `ABSENT` if there is none."""
    for part in parts_of(pointer):
        if isinstance(body, dict) and part in body:
            body = body[part]
        elif isinstance(body, list) and part.isdecimal() and int(part) < len(body):
            body = body[int(part)]
        else:
            return ABSENT
    return body


def with_value(body: Json, pointer: str, value: Json) -> Json:
    """A copy with a value put in at a JSON Pointer, or taken out with `ABSENT`.

    Args:
        body: The body. Where it has no place for the value, the copy is like it.
        pointer: Where; ``-`` as its last part appends to a list, ``*`` stands for each item of a list.
        value: The value.
    """
    return _with(copy.deepcopy(body), parts_of(pointer), value)


def places(body: Json, pointer: str) -> list[str]:
    """The pointers that a pointer with ``*`` for each item of a list stands for in a body."""
    found = [""]
    for part in pointer.split("/")[1:]:
        if part != "*":
            found = [f"{place}/{part}" for place in found]
            continue
        lists = [(place, value_at(body, place)) for place in found]
        found = [f"{place}/{index}" for place, items in lists if isinstance(items, list) for index in range(len(items))]
    return found


def _with(node: Json, parts: list[str], value: Json) -> Json:
    if not parts:
        return node if value is ABSENT else value
    head, rest = parts[0], parts[1:]
    if isinstance(node, dict):
        if rest and head in node:
            node[head] = _with(node[head], rest, value)
        elif value is ABSENT:
            node.pop(head, None)
        elif not rest:
            node[head] = value
    elif isinstance(node, list):
        _into_list(node, head, rest, value)
    return node


def _into_list(node: list[Json], head: str, rest: list[str], value: Json) -> None:
    if head == "-" and not rest:
        node.append(value)
    elif head.isdecimal() and int(head) < len(node):
        if rest:
            node[int(head)] = _with(node[int(head)], rest, value)
        elif value is ABSENT:
            del node[int(head)]
        else:
            node[int(head)] = value
