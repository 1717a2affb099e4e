"""The request that a gateway would send to the model provider, made from a request by the shape's ``x-upstream``."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.model import Json, Shape

_NEXT = "-"
"""In a JSON Pointer: the place behind an array's last item."""


@frozen
class _Move:
    """One field's way: from a place in the body to a place in the upstream request."""

    source: tuple[str, ...]
    target: tuple[str, ...]


class UpstreamMap:
    """Maps bodies of one shape to upstream requests.

    A field with ``x-upstream`` goes where that JSON Pointer says. A ``-`` in the pointer appends to an array: one entry
    for a value, one for each item of an array. Constants are set first, then the fields in the spec's order; objects
    inside of a field, such as ``extra.input``, are merged in last, key by key.
    """

    def __init__(self, shape: Shape) -> None:
        constants: Mapping[str, Json] = shape.schema.get("x-upstream-constants", {})
        self._constants = [(_parts(pointer), value) for pointer, value in constants.items()]
        moves = list(_moves(shape.schema, ()))
        self._moves = [move for move in moves if len(move.source) == 1]
        self._merges = [move for move in moves if len(move.source) > 1]

    def request(self, body: Json) -> Json:
        """The upstream request.

        Args:
            body: A body that keeps the shape's rules. It stays as it is.

        Returns:
            The request, holding what was given and nothing else; None where the spec maps no field.
        """
        if not self._moves and not self._merges:
            return None
        request: dict[str, Json] = {}
        for target, value in self._constants:
            _put(request, target, value)
        for move in self._moves:
            if move.source[0] in body:
                _spread(request, move.target, _copy(body[move.source[0]]))
        for move in self._merges:
            value = body
            for name in move.source:
                value = value.get(name) if isinstance(value, dict) else None
            if isinstance(value, dict):
                _merge(_container(request, move.target), deepcopy(value))
        return request


def _copy(value: Json) -> Json:
    """A copy where one is needed, so that merging into the request leaves the body alone."""
    return deepcopy(value) if isinstance(value, dict | list) else value


def _moves(schema: Mapping[str, Json], at: tuple[str, ...]) -> Iterator[_Move]:
    for name, prop in schema.get("properties", {}).items():
        if "x-upstream" in prop:
            yield _Move((*at, name), _parts(prop["x-upstream"]))
        else:
            yield from _moves(prop, (*at, name))


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def _spread(request: dict[str, Json], target: tuple[str, ...], value: Json) -> None:
    for item in value if _NEXT in target and isinstance(value, list) else [value]:
        _put(request, target, item)


def _put(request: dict[str, Json], target: tuple[str, ...], value: Json) -> None:
    """Set a value at a JSON Pointer, making the objects and arrays on the way."""
    node: Json = request
    for part, following in zip(target, (*target[1:], None), strict=True):
        inner: Json = value if following is None else [] if _is_index(following) else {}
        if isinstance(node, list):
            index = len(node) if part == _NEXT else int(part)
            if index == len(node):
                node.append(inner)
            elif following is None:
                node[index] = value
            node = node[index]
        elif following is None:
            node[part] = value
        else:
            node = node.setdefault(part, inner)


def _is_index(part: str) -> bool:
    return part == _NEXT or part.isdecimal()


def _container(request: dict[str, Json], target: tuple[str, ...]) -> dict[str, Json]:
    node = request
    for part in target:
        node = node.setdefault(part, {})
    return node


def _merge(into: dict[str, Json], more: Mapping[str, Json]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value
