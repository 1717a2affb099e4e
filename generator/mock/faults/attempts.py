"""What callers tried, one line an attempt, with the times that the server saw."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.mock.journal.entry import Entry


@frozen
class Attempt:
    """One request, seen as an attempt to get something done. Times are the real clock's, in UTC.

    Attributes:
        id: The request id.
        operation: The operationId; "" where none was meant.
        path: The path, with the query.
        status: The answer's status; 0 if there was none.
        outcome: "answered", "cut", "reset", "caller gone" or "under way".
        fault: The fault that it met, by name or by its fields; "" for none.
        received: When its headers had arrived.
        body_read: When its body had arrived; None if that wasn't read.
        first_byte: When the answer began; None if it didn't.
        finished: When it ended; None while it is under way.
        pause: How long after the end of the attempt before it began, in seconds; None for the first, and for one that
            began before the other's end.
    """

    id: str
    operation: str
    path: str
    status: int
    outcome: str
    fault: str
    received: datetime
    body_read: datetime | None
    first_byte: datetime | None
    finished: datetime | None
    pause: float | None

    def __str__(self) -> str:
        took = f"{(self.finished - self.received).total_seconds():.3f} s" if self.finished else "under way"
        pause = f"{self.pause:.3f} s later" if self.pause is not None else ""
        what = f"{self.status or 'no answer'}, {self.outcome}, {took}"
        parts = (f"{self.received:%H:%M:%S.%f}", pause, self.operation or self.path, what, self.fault)
        return "  ".join(part for part in parts if part)


def attempts_of(entries: Iterable[Entry]) -> tuple[Attempt, ...]:
    """The attempts that the journal tells of.

    Args:
        entries: The journal's entries, in the order in which the requests came.
    """
    attempts: list[Attempt] = []
    ended: datetime | None = None
    for entry in entries:
        received = datetime.fromisoformat(entry.received)
        pause = (received - ended).total_seconds() if ended and ended <= received else None
        ended = _time(entry.finished)
        attempts.append(
            Attempt(
                id=entry.id,
                operation=entry.operation,
                path=entry.path,
                status=entry.status,
                outcome=entry.outcome,
                fault=_name(entry),
                received=received,
                body_read=_time(entry.body_read),
                first_byte=_time(entry.first_byte),
                finished=ended,
                pause=pause,
            )
        )
    return tuple(attempts)


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _name(entry: Entry) -> str:
    fault = entry.fault or {}
    what = {name: value for name, value in fault.items() if name not in {"name", "times", "key"}}
    return str(fault.get("name") or " ".join(f"{name}={value}" for name, value in what.items()))
