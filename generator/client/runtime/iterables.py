"""What a user gives for an array that is no list, such as a generator."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from collections.abc import Iterator, MappingView, Sequence
from typing import Any, Final

from .files import is_file

_ORDERED: Final = (Iterator, Sequence, MappingView)


def listed(value: Any) -> Any:
    """A generator or another iterable whose order is known, as a list: a request is judged before it is sent.

    Args:
        value: What is given for a field.

    Returns:
        A list; of texts, files, objects, sets and what else is no such iterable, the value itself.
    """
    if isinstance(value, (str, list, tuple)) or is_file(value):
        return value
    items: Any = value
    return list(items) if isinstance(value, _ORDERED) else value
