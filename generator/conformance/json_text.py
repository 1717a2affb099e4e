"""Reads JSON that others wrote, who may mean harm."""

from __future__ import annotations

import json
import math
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.spec import Json

_DEEPEST = 500
_MOST_MARKS = 2_000_000
"""How many brackets, commas and quotes may stand in a text: each value takes many times its text in memory."""
_DIGITS = 4000
"""How many digits of an integer are read; Python itself refuses some more."""
# Without going back: else a text of many megabytes takes as many steps back, each with its memory.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class UnreadableError(ValueError):
    """It may be JSON, but of a kind that would only harm who reads it."""


class TooDeepError(UnreadableError):
    """Arrays and objects stand in each other deeper than any answer needs."""


class TooManyError(UnreadableError):
    """There are more values than any answer needs."""


def read_json(text: bytes, *, exact: bool = False) -> Json:
    """The value of a JSON text.

    Python's own reader leaves what is nested too deep to the recursion limit. Libraries raise that for themselves, so
    far that the stack ends before it and the whole process with it.

    Args:
        text: The text.
        exact: Whether to refuse numbers that are larger than Python reads; else the largest it reads stand for them.

    Raises:
        UnreadableError: It is nested too deep, or has too many values.
        ValueError: It is no JSON. ``NaN`` and ``Infinity`` are none.
    """
    brackets = text.count(b"[") + text.count(b"{")
    if brackets + text.count(b",") + text.count(b'"') > _MOST_MARKS:
        raise TooManyError("too many values")
    if brackets > _DEEPEST and _is_too_deep(text):
        raise TooDeepError("nested too deep")
    try:
        return json.loads(
            text,
            parse_constant=_no_json,
            parse_float=_exact_float if exact else _near_float,
            parse_int=int if exact else _near_int,
        )
    except RecursionError as error:
        raise TooDeepError("nested too deep") from error


def _is_too_deep(text: bytes) -> bool:
    depth = 0
    for bracket in _STRING.sub(b"", text).translate(None, _NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > _DEEPEST:
            return True
    return False


def _near_float(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else math.copysign(sys.float_info.max, value)


def _exact_float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError("too large a number")
    return value


def _near_int(text: str) -> int:
    return int(text[:_DIGITS])


def _no_json(constant: str) -> Json:
    raise ValueError(f"{constant} is no JSON")
