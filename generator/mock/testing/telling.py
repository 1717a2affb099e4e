"""Tells of the journal in lines that fit into the report of a failed test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from generator.mock.journal.request_line import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.mock.journal.entry import Entry

NOTHING: Final = "Nothing came in."

_LONGEST: Final = 300  # characters of a value
_MOST: Final = 30  # requests, the last ones


def told(value: object) -> str:
    """A value as one short line."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = f"{len(value)} bytes" if isinstance(value, bytes) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def lines_of(numbered: Sequence[tuple[int, Entry]]) -> str:
    """Requests, what was sent, and what became of each.

    Args:
        numbered: The requests, each with its number.
    """
    if not numbered:
        return NOTHING
    earlier = len(numbered) - _MOST
    first = [f"({earlier} before these)"] if earlier > 0 else []
    return "\n".join([*first, *(line for number, entry in numbered[-_MOST:] for line in _lines(number, entry))])


def _lines(number: int, entry: Entry) -> Iterator[str]:
    yield f"{number}. {line_of(entry)}"
    if entry.body is not None:
        yield f"    sent: {told(entry.body)}"
    for breach in entry.verdict:
        yield f"    refused: {breach['field']}: {breach['message']} ({breach['rule']}, {breach['document']})"
    if entry.refused_because:
        yield f"    refused: {entry.refused_because}"
    for remark in entry.remarks:
        yield f"    remark: {remark}"
    if entry.fault:
        yield f"    fault: {told(entry.fault)}"
    for image in entry.images:
        yield f"    image: {image}"
