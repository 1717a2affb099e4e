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


_Step = tuple[str, bool | None]
"""A part of a target, with whether an array stands there, or else an object; None for the value itself."""


@frozen
class _Move:
    """One field's way: from a place in the body to a place in the upstream request.

    Attributes:
        source: The place in the body.
        target: The place in the request.
        before: The target's parts up to where the fields' ways part: what stands there is one for all of them.
        steps: How to get from there to the target.
        spreads: Whether each item of an array gets an entry of its own.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    before: tuple[_Step, ...]
    steps: tuple[_Step, ...]
    spreads: bool

    @classmethod
    def of(cls, source: tuple[str, ...], target: tuple[str, ...]) -> _Move:
        steps, spreads = _steps(target), _NEXT in target
        shared = target.index(_NEXT) if spreads else len(target) - 1
        return cls(source, target, steps[:shared], steps[shared:], spreads)


class UpstreamMap:
    """Maps bodies of one shape to upstream requests.

    A field with ``x-upstream`` goes where that JSON Pointer says. A ``-`` in the pointer appends to an array: one entry
    for a value, one for each item of an array. Constants are set first, then the fields in the spec's order; objects
    inside of a field, such as ``extra.input``, are merged in last, key by key.
    """

    def __init__(self, shape: Shape) -> None:
        constants: Mapping[str, Json] = shape.schema.get("x-upstream-constants", {})
        self._constants = [(_steps(_parts(pointer)), value) for pointer, value in constants.items()]
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
        for steps, value in self._constants:
            _put(request, steps, value)
        reached: dict[tuple[_Step, ...], Json] = {}
        for move in self._moves:
            if move.source[0] in body:
                if move.before not in reached:
                    reached[move.before] = _reach(request, move.before)
                value = _copy(body[move.source[0]])
                for item in value if move.spreads and isinstance(value, list) else (value,):
                    _put(reached[move.before], move.steps, item)
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
            yield _Move.of((*at, name), _parts(prop["x-upstream"]))
        else:
            yield from _moves(prop, (*at, name))


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def _reach(node: Json, steps: tuple[_Step, ...]) -> Json:
    """What stands at the end of these steps; the objects and arrays on the way are made."""
    for part, makes_array in steps:
        if isinstance(node, list):
            index = len(node) if part == _NEXT else int(part)
            if index == len(node):
                node.append([] if makes_array else {})
            node = node[index]
        else:
            node = node.setdefault(part, [] if makes_array else {})
    return node


def _put(node: Json, steps: tuple[_Step, ...], value: Json) -> None:
    """Set a value at the end of these steps."""
    if len(steps) > 1:
        node = _reach(node, steps[:-1])
    part = steps[-1][0]
    if not isinstance(node, list):
        node[part] = value
    elif part == _NEXT or int(part) == len(node):
        node.append(value)
    else:
        node[int(part)] = value


def _steps(target: tuple[str, ...]) -> tuple[_Step, ...]:
    follows = [part == _NEXT or part.isdecimal() for part in target[1:]]
    return tuple(zip(target, (*follows, None), strict=True))


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
