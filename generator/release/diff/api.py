"""Compares two versions of an API: the API as a whole, then its operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from generator.release.diff.changes import Change, Kind, Step, verdict
from generator.release.diff.compare import compare
from generator.release.diff.facts import contract_facts, operation_facts
from generator.release.diff.renames import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract, Operation


def diff(old: Contract | None, new: Contract | None) -> list[Change]:
    """What differs between two versions of a spec, in words, and whom it breaks.

    Args:
        old: The spec as it was; None if there was none.
        new: The spec as it is; None if there is none.

    Returns:
        The changes: of the whole API, then operation by operation in the new version's order, operations that are gone
        last. What came or went as a whole is one change.
    """
    changes: list[Change] = []
    if old and new:
        changes += compare(contract_facts(old), contract_facts(new))
    changes += _Operations(old, new).changes()
    if not changes and old and new and old.document.data != new.document.data:
        words = "The specs differ in words, order or places that nobody is bound by."
        changes.append(_whole("", Kind.CHANGED, words, step=Step.NONE))
    return changes


class _Operations:
    """The operations of both versions, paired by their ids, else by what they are called by."""

    def __init__(self, old: Contract | None, new: Contract | None) -> None:
        self.contracts = (old, new)
        self.old, self.new = ({each.id: each for each in side.operations} if side else {} for side in (old, new))
        calls = {_call(each): each for name, each in self.old.items() if name not in self.new}
        came = (each for name, each in self.new.items() if name not in self.old)
        self.renamed = {each.id: calls[_call(each)].id for each in came if _call(each) in calls}

    def changes(self) -> Iterator[Change]:
        """What differs, operation by operation."""
        for name, operation in self.new.items():
            if name in self.old:
                yield from self._compared(self.old[name], operation)
            elif name in self.renamed:
                yield from self._renamed(self.old[self.renamed[name]], operation)
            else:
                words = f"The operation is new: {_call(operation)}."
                yield _whole(
                    name, Kind.ADDED, words, gateways=True, hint=self._hint(name, Kind.ADDED), call=_call(operation)
                )
        for name, operation in self.old.items():
            if name not in self.new and name not in self.renamed.values():
                words = f"The operation is gone: {_call(operation)}."
                hint = self._hint(name, Kind.REMOVED)
                yield _whole(name, Kind.REMOVED, words, callers=True, hint=hint, call=_call(operation))

    def _compared(self, old: Operation, new: Operation) -> list[Change]:
        before, after = self.contracts
        if before is None or after is None:
            return []
        stated = operation_facts(before, old)
        if old.id != new.id:
            stated = {key: evolve(fact, operation=new.id) for key, fact in stated.items()}
        return compare(stated, operation_facts(after, new))

    def _renamed(self, old: Operation, new: Operation) -> Iterator[Change]:
        """Of one that is called as before: programs have its old name, gateways know nothing of names."""
        call = _call(new)
        hint = f"Likely renamed to `{new.id}`: it is called as before."
        yield _whole(old.id, Kind.REMOVED, f"The operation is gone: {call}.", callers=True, hint=hint, call=call)
        hint = f"Likely `{old.id}`, renamed: it is called as before."
        words = f"The operation is new: {call}."
        yield _whole(new.id, Kind.ADDED, words, step=Step.MINOR, hint=hint, call=call)
        yield from self._compared(old, new)

    def _hint(self, name: str, kind: Kind) -> str:
        added = kind is Kind.ADDED
        others = self.old.keys() - self.new.keys() if added else self.new.keys() - self.old.keys()
        like = closest(name, sorted(others - self.renamed.keys() - set(self.renamed.values())))
        if not like:
            return ""
        return f"Likely `{like}`, renamed." if added else f"Likely renamed to `{like}`."


def _call(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


def _whole(
    operation: str,
    kind: Kind,
    words: str,
    *,
    callers: bool = False,
    gateways: bool = False,
    step: Step = Step.PATCH,
    hint: str = "",
    call: str = "",
) -> Change:
    return Change(
        operation=operation,
        rule=operation,
        kind=kind,
        what="operation" if operation else "words",
        old=call or None if kind is Kind.REMOVED else None,
        new=call or None if kind is Kind.ADDED else None,
        words=words,
        hint=hint,
        verdict=verdict(callers=callers, gateways=gateways, step=step),
        source="",
        line=0,
    )
