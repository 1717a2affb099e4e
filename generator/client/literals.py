"""Text of a spec as Python source. Spec text is untrusted: it enters code through here, or as a docstring, or not."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING

from openapi_python_client.strings import safe_for_docstring

if TYPE_CHECKING:
    from generator.spec import Json

_LONGEST_LINE = 108
_LONGEST_TEXT = 50_000
"""Longer texts are cut: nobody reads them, and to wrap them takes seconds."""
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What turns the direction of text, so that code seems to stand elsewhere than it does, and halves of characters."""
_PROMPT = ">>>"
"""Behind it stands what doctest runs."""
_QUOTES = re.compile(r'(?<!\\)"(?="|\Z)')


def literal(value: Json) -> str:
    """A JSON value as a Python literal.

    Args:
        value: None, bool, int, float, str, list or dict.

    Returns:
        Source that evaluates to the value, plain ASCII where the value has unprintable characters.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    raise TypeError(f"A JSON value was expected, not {type(value).__name__}.")


def _text(value: str) -> str:
    """`repr`, in double quotes, or raw where a backslash would be written twice."""
    if "\\" in value and value.isprintable() and '"' not in value and not value.endswith("\\"):
        return f'r"{value}"'
    source = repr(value)
    if source[0] == '"':
        return source
    return '"' + source[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'


@lru_cache(maxsize=4096)  # large documents say the same of a parameter in each of a thousand operations
def prose(text: str, *, indent: int = 0, lead: int = 0) -> str:
    """Text for a docstring: escaped and wrapped, paragraphs kept.

    Args:
        text: Any text of a spec.
        indent: Spaces before each line but the first.
        lead: Columns that are taken on the first line.
    """
    text = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} …"
    paragraphs = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    wrapped = [
        textwrap.wrap(
            _quoted(safe_for_docstring(_UNSEEN.sub("", paragraph.replace(_PROMPT, "> > >")))),
            width=_LONGEST_LINE - indent,
            initial_indent="" if number else " " * lead,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for number, paragraph in enumerate(paragraphs)
        if paragraph
    ]
    return f"\n\n{' ' * indent}".join(f"\n{' ' * indent}".join(lines) for lines in wrapped)[lead:]


def _quoted(text: str) -> str:
    """Text in which no quotation marks end a docstring, whatever it is put together with."""
    return _QUOTES.sub('\\"', text)
