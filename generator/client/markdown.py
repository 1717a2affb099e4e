"""Text of a spec as Markdown. It may use Markdown, but put no HTML, script, picture or fence of its own on a page."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_FENCE = re.compile(r"`{3,}|~{3,}")
_PICTURE = re.compile(r"!\[")
_DEFINITION = re.compile(r"\]:")
# A link to an address of another kind than these, or one that is disguised.
_ODD_LINK = re.compile(r"\]\((?!https?://)(?=\s*<|[^)]*[:&\\])", re.IGNORECASE)


def flat(text: str) -> str:
    """Text for Markdown: one line a paragraph, as it stands in no docstring.

    Args:
        text: Text that was escaped for a docstring.
    """
    return "\n\n".join(" ".join(harmless(part).split()) for part in text.split("\n\n")).replace("\\\\", "\\")


def cell(text: str) -> str:
    """Text as a cell of a Markdown table.

    Args:
        text: Text that was escaped for a docstring.
    """
    return " ".join(harmless(text).split()).replace("\\\\", "\\").replace("|", "\\|")


def code(text: str) -> str:
    """Text between backticks.

    Args:
        text: Any text.
    """
    return " ".join(harmless(text).replace("`", "'").split())


def harmless(text: str) -> str:
    """Text without what a reader of Markdown would run, fetch or be misled by.

    Args:
        text: Any text.
    """
    text = _TAG.sub("&lt;", text)
    text = _FENCE.sub(lambda match: f"&#{ord(match[0][0])};" * len(match[0]), text)
    text = _PICTURE.sub("!&#91;", text)
    text = _DEFINITION.sub("]&#58;", text)
    return _ODD_LINK.sub("]&#40;", text)
