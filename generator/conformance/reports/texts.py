"""Text from outside, made fit to be shown: what a gateway sends may be meant to mislead whoever reads it."""

from __future__ import annotations

import re

# Control characters steer a terminal; marks of direction let a text read otherwise than it is; half a surrogate pair
# can't be written down at all.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LONGEST = 1000
_LINE = re.compile(r"[\n\t]")


def visible(text: str) -> str:
    """A text in which what can't be seen is written out as Python writes it; line feeds and tabs stay."""
    return _UNFIT.sub(_escaped, text)


def written_out(text: str) -> str:
    r"""JSON in which what can't be seen is escaped as JSON does it, so that a terminal may show the file.

    Half a surrogate pair, of which strict readers make an error, becomes the text ``\ud800``.

    Args:
        text: The JSON, with line feeds and tabs between its values alone.
    """
    return _UNFIT.sub(_in_json, text)


def one_line(text: str, longest: int = 0) -> str:
    """A text on one line, with what can't be seen written out.

    Args:
        text: The text.
        longest: How much of it to tell, in characters; 0 for all.
    """
    # Only as much is written out as is told: a gateway may say megabytes.
    line = visible(_LINE.sub(_escaped, text[:longest] if longest else text))
    is_whole = not longest or max(len(text), len(line)) <= longest
    return line if is_whole else f"{line[:longest]}… ({len(text):,} characters)"


def cut(text: str, longest: int) -> str:
    """The beginning of a text that is longer than that, in characters, with its length told."""
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"


def brief(text: str) -> str:
    """What is said in a report, cut short where it holds what a gateway said at great length."""
    return cut(text, _LONGEST)


def plural(count: int, noun: str) -> str:
    """A count with its noun, e.g. "1 request", "1,200 requests"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _escaped(found: re.Match[str]) -> str:
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    code = ord(found[0])
    return named.get(found[0]) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")  # noqa: PLR2004  one byte


def _in_json(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\\\u{code:04x}" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"  # noqa: PLR2004  half a surrogate pair
