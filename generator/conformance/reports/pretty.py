"""JSON for reading: what is short on one line, what is long indented, in colours."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from generator.conformance.reports.texts import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Json

_WIDTH: Final = 72  # columns, as far as a list or an object in another is written on one line
_MARK: Final = re.compile(
    r'(?P<name>"(?:[^"\\]|\\.)*")(?=:)|(?P<text>"(?:[^"\\]|\\.)*")|(?P<literal>\b(?:true|false|null)\b|-?\d[\d.eE+-]*)'
)


def pretty(value: Json) -> Markup:
    """A body for reading: JSON indented and coloured, text as it is, with what can't be seen written out.

    Args:
        value: What `bodies` makes of it: not deep and not long.
    """
    if value is None:
        return Markup()
    if isinstance(value, str):
        return escape(visible(value))
    return _coloured(visible(indented(value)))


def indented(value: Json) -> str:
    """A JSON value as text.

    Args:
        value: The value. The time that this takes grows with its depth times its length.
    """
    return "\n".join(_lines(value, _WIDTH, is_whole=True))


def _lines(value: Json, width: int, *, is_whole: bool = False) -> list[str]:
    if not isinstance(value, dict | list) or not value:
        return [_text(value)]
    if isinstance(value, dict):
        items = [_named(name, _lines(item, width - 2)) for name, item in value.items()]
        opening, closing = "{}"
    else:
        items = [_lines(item, width - 2) for item in value]
        opening, closing = "[]"
    # A request reads best with a field a line, however short it is.
    if not is_whole and all(len(item) == 1 for item in items):
        line = f"{opening}{', '.join(item[0] for item in items)}{closing}"
        if len(line) <= width:
            return [line]
    return [opening, *_indented(items), closing]


def _indented(items: list[list[str]]) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        *before, last = item
        yield from (f"  {line}" for line in before)
        yield f"  {last}{',' if number < len(items) else ''}"


def _named(name: str, lines: list[str]) -> list[str]:
    return [f"{_text(name)}: {lines[0]}", *lines[1:]]


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _coloured(text: str) -> Markup:
    escaped = html.escape(text, quote=False)
    return Markup(_MARK.sub(_span, escaped))  # noqa: S704  escaped, and the spans are ours


def _span(found: re.Match[str]) -> str:
    return f'<span class="{found.lastgroup}">{found[0]}</span>'
