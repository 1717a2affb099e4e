"""Decodes the JSON of answers; a text that nests absurdly deep is refused before the parser sees it."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_DEPTH = 200
"""The deepest nesting of arrays and objects that is read."""

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


def decoded(raw: bytes | bytearray) -> Any:
    """The value of a JSON text.

    Python's own limit of nesting is not relied on: packages for wallets raise it so far that a deep text overflows the
    stack and ends the process.

    Args:
        raw: The text, in an encoding that JSON allows.

    Raises:
        ValueError: It is no JSON, or nests deeper than `MAX_DEPTH`.
    """
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _depth(raw) > MAX_DEPTH:
        raise ValueError(f"the JSON nests deeper than {MAX_DEPTH} arrays and objects")
    return json.loads(raw)


def _depth(raw: bytes | bytearray) -> int:
    """How deep a JSON text nests, found without parsing it."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest
