"""Tells of a request in one line: what was asked, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.mock.journal.entry import Entry


def line_of(entry: Entry) -> str:
    """A request in a line, e.g. ``POST /v1/images/generations generateImages -> 200, answered, 3 ms``."""
    return " ".join(part for part in (entry.method, entry.path, entry.operation, _outcome(entry)) if part)


def _outcome(entry: Entry) -> str:
    status = f"-> {entry.status or 'no answer'}"
    if not entry.finished:
        return f"{status}, {entry.outcome}"
    took = datetime.fromisoformat(entry.finished) - datetime.fromisoformat(entry.received)
    return f"{status}, {entry.outcome}, {took.total_seconds() * 1000:.0f} ms"
