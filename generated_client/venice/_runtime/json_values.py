"""JSON's own notions of type and equality, where Python's differ."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import math
from typing import Any, TypeGuard


def is_number(value: Any) -> TypeGuard[int | float]:
    """Whether a value is a number that JSON can carry. A boolean is none, and neither are NaN and the infinities."""
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and (isinstance(value, int) or math.isfinite(value))
    )


def is_integer(value: Any) -> bool:
    """Whether a value is an integer, as JSON Schema means it: 9.0 is one."""
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def comparable(value: Any) -> Any:
    """A value that is hashable, and equal to another's exactly if JSON Schema takes the two for equal.

    So 1 is 1.0 but not true, and the order of an object's members doesn't matter.

    Args:
        value: Made of dicts, lists and scalars.
    """
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, dict):
        return "object", frozenset((key, comparable(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "array", tuple(comparable(item) for item in value)
    if isinstance(value, (str, int, float)) or value is None:
        return value
    return "other", id(value)
