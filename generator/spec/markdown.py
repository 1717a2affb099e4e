"""Text of a spec as Markdown, in which it means nothing, and back."""

from __future__ import annotations

import re
from urllib.parse import quote

from generator.printable import printable

_MARKS = frozenset("\\`*_[]<>~&$")
"""What has a meaning in the midst of a line, on GitHub too."""
_BACKTICKS = re.compile(r"`+")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_IN_AN_ADDRESS = ":/?#@!$&'*+,;=%~"


def code(text: str) -> str:
    """Text as a code span, in one line; the fence is longer than any run of backticks in it.

    Args:
        text: Any text.
    """
    line = _one_line(text)
    if not line:
        return ""
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(line)), default=0) + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def plain(text: str) -> str:
    """Text as it stands, in one line: what has a meaning in Markdown loses it. No line may begin with it.

    Args:
        text: Any text.
    """
    return "".join(f"\\{mark}" if mark in _MARKS else mark for mark in _one_line(text))


def link(words: str, address: str) -> str:
    """Words that lead to a web page; the words alone where the address is none of a web page.

    Args:
        words: Markdown.
        address: Any text.
    """
    if not is_web(address):
        return words
    quoted = quote(address, safe=_IN_AN_ADDRESS, errors="replace").replace("&", "&amp;")
    return f"[{words}]({quoted})"


def is_web(address: str) -> bool:
    """Whether an address is that of a web page."""
    return _WEB.match(address) is not None


def cell(words: str) -> str:
    """Markdown as a cell of a table."""
    return words.replace("|", "\\|")


def unmarked(words: str) -> str:
    """What a reader sees of words that hold code spans and no other marks."""
    return _SPAN.sub(lambda span: _inside(span[2]), words)


def shortened(words: str, longest: int) -> str:
    """Words that hold code spans and no other marks, cut short; no span is left open.

    Args:
        words: The words.
        longest: Characters to keep, at most.
    """
    if len(words) <= longest:
        return words
    for span in _SPAN.finditer(words):
        if span.start() < longest < span.end():
            return f"{words[: span.start()].rstrip()} …"
    return f"{words[:longest]}…"


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))


def _inside(span: str) -> str:
    """A code span's text, without the spaces that keep backticks apart from the fence."""
    return span[1:-1] if span.startswith(" ") else span
