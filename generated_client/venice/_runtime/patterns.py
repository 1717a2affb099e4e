"""Regular expressions as JSON Schema means them, in the manner of ECMAScript, for Python's `re`."""

from __future__ import annotations

import re
from functools import cache

_SPACE = r"\t\n\x0b\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_PIECE = re.compile(r"\\u\{[0-9A-Fa-f]+\}|\\.|\(\?<(?![=!])|[\[\]^$]|[^\\\[\]^$(]+|.", re.DOTALL)
_OUTSIDE = {
    r"\s": f"[{_SPACE}]",
    r"\S": f"[^{_SPACE}]",
    "$": r"\Z",
    "^": r"\A",
    "(?<": "(?P<",
}
_INSIDE = {r"\s": _SPACE, "[": r"\["}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern.

    ``$`` is the end of the text (not before a last newline), ``\d`` and ``\w`` are ASCII, ``\s`` is not, and a
    character is a code point.

    Args:
        pattern: As the spec writes it.

    Raises:
        re.error: Python can't take it.
    """
    parts: list[str] = []
    inside = False
    for piece in _PIECE.findall(pattern):
        table = _INSIDE if inside else _OUTSIDE
        parts.append(_code_point(piece) if piece.startswith(r"\u{") else table.get(piece) or piece)
        if piece in {"[", "]"}:
            inside = piece == "[" or (inside and piece != "]")
    return re.compile("".join(parts), re.ASCII)


def _code_point(piece: str) -> str:
    return f"\\U{int(piece[3:-1], 16):08x}"
