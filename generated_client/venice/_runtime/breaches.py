"""A breach: one rule that a request breaks."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from attrs import field as attribute
from attrs import frozen

_LONGEST = 60  # characters of a value that a message shows
_MOST_ITEMS = 5


def shortened(value: Any) -> str:
    """A value as a message shows it: long texts are cut, and of bytes only their number is told."""
    if isinstance(value, str):
        return repr(value) if len(value) <= _LONGEST else f"{value[:_LONGEST]!r}... ({len(value)} characters)"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"<{len(value)} bytes>"
    if isinstance(value, Mapping):
        shown = [f"{shortened(key)}: {shortened(item)}" for key, item in list(value.items())[:_MOST_ITEMS]]
        return "{" + ", ".join([*shown, "..."] if len(value) > _MOST_ITEMS else shown) + "}"
    if isinstance(value, (list, tuple, set, frozenset)):
        shown = [shortened(item) for item in islice(value, _MOST_ITEMS)]
        listed = ", ".join([*shown, "..."] if len(value) > _MOST_ITEMS else shown)
        return (
            f"[{listed}]" if isinstance(value, list) else f"({listed})" if isinstance(value, tuple) else f"{{{listed}}}"
        )
    text = _safe_repr(value)
    return text if len(text) <= _LONGEST * 4 else f"{text[: _LONGEST * 4]}..."


def _safe_repr(value: Any) -> str:
    try:
        return repr(value)
    except ValueError:  # an int of thousands of digits
        return f"<{type(value).__name__} too long to show>"


@frozen
class Breach:
    """One rule that a request breaks.

    Attributes:
        field: Where, e.g. ``input.messages[0].role``; "" for the request as a whole.
        rule: The rule's id.
        value: The value that breaks it; UNSET where it is missing.
        message: What the value must be, e.g. "must be at most 6".
        level: How certain the rule is: "documented", "published" or "assumed".
        source: The document that states the rule.
    """

    field: str
    rule: str
    value: Any = attribute(repr=shortened)
    message: str
    level: str
    source: str

    def __str__(self) -> str:
        got = "" if repr(self.value) == "UNSET" else f"; got {shortened(self.value)}"
        return f"{self.field or 'the request'}: {self.message}{got} [{self.level}: {self.source}; rule {self.rule}]"
