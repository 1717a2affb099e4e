"""Text from outside, made fit to be shown: what a gateway sends may be meant to mislead whoever reads it."""

from __future__ import annotations

import re

# Control characters steer a terminal; marks of direction let a text read otherwise than it is; half a surrogate pair
# can't be written down at all.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LINE = re.compile(r"[\n\t]")


def visible(text: str) -> str:
    """A text in which what can't be seen is written out as Python writes it; line feeds and tabs stay."""
    return _UNFIT.sub(_escaped, text)


def one_line(text: str, longest: int = 0) -> str:
    """A text on one line, with what can't be seen written out.

    Args:
        text: The text.
        longest: How much of it to tell, in characters; 0 for all.
    """
    line = visible(_LINE.sub(_escaped, text))
    return cut(line, longest) if longest else line


def cut(text: str, longest: int) -> str:
    """The beginning of a text that is longer than that, in characters, with its length told."""
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"


def plural(count: int, noun: str) -> str:
    """A count with its noun, e.g. "1 request", "1,200 requests"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _escaped(found: re.Match[str]) -> str:
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    code = ord(found[0])
    return named.get(found[0]) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")  # noqa: PLR2004  one byte
