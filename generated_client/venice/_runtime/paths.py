"""Paths into a value: ``messages[].role`` is the role of each message, ``prices{}`` each value of an object."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import frozen

from .files import is_file

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"\.?(?:(?P<items>\[\])|\{(?P<known>(?:\\.|[^}\\])*)\}|(?P<name>(?:\\.|[^.\[{\\])+))")
_ESCAPED = re.compile(r"\\(.)")
_LISTED = re.compile(r"(?:\\.|[^,\\])+")


@frozen
class Items:
    """The step into each item of an array; a file that stands alone for a list of them counts as its item."""


@frozen
class Values:
    """The step into each value of an object.

    Attributes:
        known: The properties that are not meant, since the schema describes them apart.
    """

    known: tuple[str, ...] = ()


Step = str | Items | Values
Place = tuple[str, Any]
"""Where a value was found, e.g. ``input.messages[0].role``, and the value."""


def parse(path: str) -> tuple[Step, ...]:
    r"""The steps of a path.

    Args:
        path: Names separated by dots; ``[]`` for the items of an array, ``{}`` for the values of an object and
            ``{a,b}`` for those beside a and b. A name's own ``.``, ``[``, ``{`` and ``\`` stand behind a ``\``.

    Raises:
        ValueError: It is no such path.
    """
    steps: list[Step] = []
    at = 0
    while at < len(path):
        token = _TOKEN.match(path, at)
        if token is None:
            raise ValueError(f"{path!r} is no path: character {at + 1} is out of place")
        at = token.end()
        if token["items"]:
            steps.append(Items())
        elif token["known"] is not None:
            steps.append(Values(tuple(_unescaped(name) for name in _LISTED.findall(token["known"]))))
        else:
            steps.append(_unescaped(token["name"]))
    return tuple(steps)


def walk(value: Any, steps: tuple[Step, ...], place: str = "") -> Iterator[Place]:
    """Every value at a path, with its place. Where a value is of another kind than a step needs, nothing is there.

    Args:
        value: The value to walk into, as plain dicts and lists.
        steps: The path.
        place: The place of the value itself.
    """
    if not steps:
        yield place, value
        return
    step, rest = steps[0], steps[1:]
    for inner_place, inner in _enter(value, step, place):
        yield from walk(inner, rest, inner_place)


def _enter(value: Any, step: Step, place: str) -> Iterator[Place]:
    if isinstance(step, str):
        if isinstance(value, dict) and step in value:
            yield below(place, step), value[step]
    elif isinstance(step, Items):
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield f"{place}[{index}]", item
        elif is_file(value):
            yield place, value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in step.known:
                yield below(place, str(name)), item


def below(place: str, name: str) -> str:
    """The place of an object's property."""
    return f"{place}.{name}" if place else name


def _unescaped(name: str) -> str:
    return _ESCAPED.sub(r"\1", name)
