"""The script of a bad day: which faults are still to come, and which requests they hit; the same for all workers."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from generator.mock.faults.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.mock.control.control import Control
    from generator.spec.model import Json

_CACHED: Final = "faults to come"
_TAKE: Final = (
    "UPDATE faults SET remaining = remaining - 1 WHERE seq = ? AND (remaining IS NULL OR remaining > 0) RETURNING seq"
)
_USES_KEPT: Final = 1000  # of each fault, the newest
_USES_TRIMMED: Final = 100  # are used between two looks at how many there are
_FORGET_USES: Final = """DELETE FROM fault_uses WHERE fault = ?1 AND seq <=
    (SELECT seq FROM fault_uses WHERE fault = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)"""
_COUNTS_KEPT: Final = 10_000  # the newest
_LARGEST: Final = 2**63 - 1


@frozen
class Step:
    """A fault of the script.

    Attributes:
        seq: Its number in the script.
        fault: The fault.
        left: How many requests it will still hit; None for all that come.
        uses: The last requests that it hit, each as {id, operation, time}, where time is when the server took them up.
    """

    seq: int
    fault: Fault
    left: int | None
    uses: tuple[Json, ...] = field(default=(), repr=False)

    def as_json(self) -> dict[str, Json]:
        """The step as JSON has values."""
        left = "always" if self.left is None else self.left
        return {"seq": self.seq, "fault": self.fault.as_json(), "left": left, "used": list(self.uses)}


class Script:
    """Faults in order. A request gets the first that is meant for it and isn't used up."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def add(self, faults: Iterable[Fault]) -> tuple[Step, ...]:
        """Add faults at the end, all or none."""
        added = []
        with self._control.transaction() as connection:
            for fault in faults:
                row = (fault.times, json.dumps(fault.as_json()))
                cursor = connection.execute("INSERT INTO faults(remaining, document) VALUES(?, ?)", row)
                added.append(Step(cursor.lastrowid or 0, fault, fault.times))
        return tuple(added)

    def steps(self) -> tuple[Step, ...]:
        """All steps, used ones too, in order."""
        uses: dict[int, list[Json]] = {}
        for fault, document in self._control.rows("SELECT fault, document FROM fault_uses ORDER BY seq"):
            uses.setdefault(fault, []).append(json.loads(document))
        rows = self._control.rows("SELECT seq, remaining, document FROM faults ORDER BY seq")
        return tuple(
            Step(seq, stored(document), remaining, tuple(uses.get(seq, ()))) for seq, remaining, document in rows
        )

    def remove(self, seq: int) -> bool:
        """Forget one step; returns whether there was one of this number."""
        if not 0 < seq <= _LARGEST:
            return False
        with self._control.transaction() as connection:
            connection.execute("DELETE FROM fault_uses WHERE fault = ?", (seq,))
            return bool(connection.execute("DELETE FROM faults WHERE seq = ? RETURNING seq", (seq,)).fetchall())

    def clear(self) -> None:
        """Forget all steps."""
        with self._control.transaction() as connection:
            connection.execute("DELETE FROM faults")
            connection.execute("DELETE FROM fault_uses")
            connection.execute("DELETE FROM fault_counts")

    def take(self, hits: Callable[[Fault], bool], request_id: str, operation: str) -> Fault | None:
        """Take the first fault that is meant for a request, so that no other request gets it.

        Args:
            hits: Whether a fault is meant for the request.
            request_id: The request's id.
            operation: Its operationId.

        Returns:
            The fault; None if there is none.
        """
        steps: list[tuple[int, Fault]] = self._control.cached(_CACHED, self._to_come)
        for seq, fault in steps:
            if hits(fault) and self._take(seq, request_id, operation):
                return fault
        return None

    def counts(self, what: str, times: int) -> bool:
        """Whether a request that asks for a fault itself, so many times, is among these; the one after them isn't.

        A request that is repeated carries what it asks for again, so that its repetitions have to be counted. After the
        one that is spared the count begins anew.

        Args:
            what: Tells the request from others.
            times: How many of its repetitions the fault hits.
        """
        digest = hashlib.sha256(what.encode(errors="replace")).hexdigest()
        with self._control.transaction() as connection:
            row = connection.execute("DELETE FROM fault_counts WHERE digest = ? RETURNING seen", (digest,)).fetchone()
            seen = int(row[0]) if row else 0
            if seen < times:
                added = connection.execute("INSERT INTO fault_counts(digest, seen) VALUES(?, ?)", (digest, seen + 1))
                last = added.lastrowid or 0
                connection.execute("DELETE FROM fault_counts WHERE seq <= ?", (last - _COUNTS_KEPT,))
        return seen < times

    def _to_come(self) -> list[tuple[int, Fault]]:
        statement = "SELECT seq, document FROM faults WHERE remaining IS NULL OR remaining > 0 ORDER BY seq"
        return [(seq, stored(document)) for seq, document in self._control.rows(statement)]

    def _take(self, seq: int, request_id: str, operation: str) -> bool:
        """Take one use of a fault. Another worker may have been quicker."""
        time = datetime.now(UTC).isoformat(timespec="microseconds")
        use = json.dumps({"id": request_id, "operation": operation, "time": time})
        with self._control.transaction() as connection:
            if not connection.execute(_TAKE, (seq,)).fetchall():
                return False
            added = connection.execute("INSERT INTO fault_uses(fault, document) VALUES(?, ?)", (seq, use))
            if (added.lastrowid or 0) % _USES_TRIMMED == 0:
                connection.execute(_FORGET_USES, (seq, _USES_KEPT))
        return True


def stored(document: str) -> Fault:
    """The fault that `Fault.as_json` wrote."""
    fields = json.loads(document)
    if fields.get("times") == "always":
        fields["times"] = None
    return Fault(**fields)
