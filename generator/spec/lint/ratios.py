"""Finds unquoted ratios: to a YAML 1.1 parser 16:9 is the number 969."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.problems import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.document import Document
    from generator.spec.problems import Problem


def ratio_problems(document: Document) -> Iterator[Problem]:
    """Keys and values such as 16:9 that stand without quotes.

    Args:
        document: The document as read.
    """
    for at, text in document.ratios.items():
        shown = shortened(text, 40)
        message = f'Some parsers read {shown} as a number in base 60 ({_base_60(text)}). Quote it: "{shown}".'
        yield document.problem(at, "unquoted-ratio", message)


def _base_60(text: str) -> str:
    whole, _, fraction = text.lstrip("+-").partition(".")
    parts = whole.split(":")
    if any(len(part) > 9 for part in parts) or len(parts) > 9:  # noqa: PLR2004  nobody needs the figure
        return "a large one"
    value = 0
    for part in parts:
        value = value * 60 + int(part)
    return f"{value}.{fraction}" if fraction else str(value)
