"""Reads JSON that others wrote, who may mean harm."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.spec import Json

_DEEPEST = 500
_MARK = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


class TooDeepError(ValueError):
    """Arrays and objects stand in each other deeper than any answer needs."""


def read_json(text: bytes, parse_constant: Callable[[str], Json] | None = None) -> Json:
    """The value of a JSON text.

    Python's own reader leaves what is nested too deep to the recursion limit. Libraries raise that for themselves, so
    far that the stack ends before it and the whole process with it.

    Args:
        text: The text.
        parse_constant: What to make of ``NaN`` and ``Infinity``, which JSON lacks; the numbers if None.

    Raises:
        ValueError: It is no JSON, or nested too deep.
    """
    if text.count(b"[") + text.count(b"{") > _DEEPEST and _depth(text) > _DEEPEST:
        raise TooDeepError("nested too deep")
    try:
        return json.loads(text, parse_constant=parse_constant)
    except RecursionError as error:
        raise TooDeepError("nested too deep") from error


def _depth(text: bytes) -> int:
    depth = deepest = 0
    for mark in _MARK.finditer(text):
        match text[mark.start() : mark.start() + 1]:
            case b"[" | b"{":
                depth += 1
                deepest = max(deepest, depth)
            case b"]" | b"}":
                depth -= 1
    return deepest
