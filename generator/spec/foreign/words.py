"""Makes descriptions readable where lines are wrapped anew: HTML as Markdown, and each item of a list by itself."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 50_000
"""So much of a text is looked at; nobody reads more."""
_MOST_CODE: Final = 2
"""Samples of so many lines are kept, each as code in a line; longer ones are left out."""
_TOLD_BY_LAYOUT: Final = re.compile(r"[<&#|`~\r\t]|^ {0,8}([*+-]|\d+[.)]) |^ {0,3}(=+|-+) *$", re.MULTILINE)
_ENTITY: Final = re.compile(r"&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,20});")
_COMMENT: Final = re.compile(r"<!--.{0,1000}?-->", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,12})(?:\s[^<>]{0,2000})?/?>")
_LINK: Final = re.compile(
    r"""<a\s[^<>]{0,500}?href\s?=\s?["']?(https?://[^"'\s<>()]+)[^<>]{0,500}>(.{0,500}?)</a>""",
    re.IGNORECASE | re.DOTALL,
)
_BLOCKS: Final = frozenset(
    ("p", "div", "section", "blockquote", "ul", "ol", "dl", "dd", "dt", "table", "thead", "tbody", "hr", "br", "figure")
)
_ROWS: Final = frozenset(("td", "th"))
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary"))
_MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`"}
_DROPPED: Final = frozenset(
    ("span", "font", "small", "big", "u", "a", "sup", "sub", "details", "center", "img", "nobr")
)
_FENCE: Final = re.compile(r"^ {0,8}(`{3,}|~{3,})")
_HEADING: Final = re.compile(r"^ {0,3}#{1,6} +(.*)$")
_UNDERLINE: Final = re.compile(r"^ {0,3}(=+|-{2,}) *$")
_RULER: Final = re.compile(r"^ {0,3}([*_-] *){3,}$")
_ITEM: Final = re.compile(r"^ *([*+-]|\d{1,9}[.)]) +")
_BETWEEN_ROWS: Final = re.compile(r"^[ |:-]+$")


@lru_cache(maxsize=4096)
def readable(text: str) -> str:
    """A description as paragraphs, between which stand empty lines; what is in one paragraph may be wrapped anew.

    Args:
        text: Markdown or HTML, as the document has it.
    """
    if not _TOLD_BY_LAYOUT.search(text[:_LONGEST]):
        return text
    plain = text[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if "<" in plain:
        plain = _LINK.sub(r"[\2](\1)", _COMMENT.sub("", plain))
        plain = _TAG.sub(_markdown, plain)
    plain = _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\xa0", " "), plain)
    return "\n\n".join(_paragraphs(plain.split("\n"))) + (" …" if len(text) > _LONGEST else "")


def beginning(text: str, most: int = 1_200) -> str:
    """The first paragraphs of a long description, of which the document itself has the rest.

    Args:
        text: A readable description.
        most: How many characters are taken at most, as long as that is a paragraph.
    """
    kept: list[str] = []
    for paragraph in text.split("\n\n"):
        if kept and sum(map(len, kept)) + len(paragraph) > most:
            break
        kept.append(paragraph)
    while len(kept) > 1 and (_is_heading(kept[-1]) or kept[-1].endswith(":")):
        kept.pop()
    return "\n\n".join(kept)


def _is_heading(paragraph: str) -> bool:
    return paragraph.startswith("**") and paragraph.endswith("**")


def _markdown(match: re.Match[str]) -> str:
    closing, name = match[1], match[2].lower()
    if name in _BLOCKS:
        return "\n\n"
    if name in _HEADINGS:
        return "\n\n" if closing else "\n\n# "
    if name == "li":
        return "" if closing else "\n\n* "
    if name == "tr":
        return "|\n" if closing else "\n| "
    if name in _ROWS:
        return " | " if closing else ""
    if name == "pre":
        return "\n```\n"
    return _MARKS.get(name, "" if name in _DROPPED else match[0])


def _paragraphs(lines: list[str]) -> Iterator[str]:
    waiting: list[str] = []
    code: list[str] | None = None
    for line in lines:
        if _FENCE.match(line):
            yield from _joined(waiting)
            if code is not None:
                yield from _sample(code)
            code = [] if code is None else None
        elif code is not None:
            code.append(line)
        elif heading := _HEADING.match(line):
            yield from _joined(waiting)
            yield from _title(heading[1])
        elif len(waiting) == 1 and _UNDERLINE.match(line) and not _ITEM.match(waiting[0]):
            yield from _title(waiting.pop())
        elif not line.strip() or _RULER.match(line) or (_BETWEEN_ROWS.match(line) and "|" in line):
            yield from _joined(waiting)
        elif line.lstrip().startswith("|"):
            yield from _joined(waiting)
            yield from _cells(line)
        else:
            if _ITEM.match(line):
                yield from _joined(waiting)
            waiting.append(line)
    yield from _joined(waiting)
    yield from _sample(code or [])


def _joined(waiting: list[str]) -> Iterator[str]:
    text = " ".join(" ".join(waiting).split())
    waiting.clear()
    if text and text not in {"*", "-", "+"}:
        yield text


def _title(text: str) -> Iterator[str]:
    bare = text.rstrip().rstrip("#")
    words = " ".join((bare if bare.endswith(" ") else text).replace("*", "").split())
    if words:
        yield f"**{words}**"


def _cells(row: str) -> Iterator[str]:
    cells = [" ".join(cell.split()) for cell in row.split("|")]
    if told := [cell for cell in cells if cell]:
        yield f"* {': '.join((told[0], ', '.join(told[1:]))) if len(told) > 1 else told[0]}"


def _sample(lines: list[str]) -> Iterator[str]:
    told = [" ".join(line.split()) for line in lines if line.strip()]
    if len(told) <= _MOST_CODE:
        yield from (line if "`" in line else f"`{line}`" for line in told)
