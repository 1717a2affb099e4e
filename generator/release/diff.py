"""Which rules differ between two versions of a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.release.changes import Change, Direction, Kind
from generator.release.directions import direction
from generator.spec import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract, Json, Operation, Rule


def diff_rules(old: Contract, new: Contract) -> list[Change]:
    """Which rules differ between two versions of a spec, and whom that breaks.

    Args:
        old: The spec as it was.
        new: The spec as it is.

    Returns:
        The changes, operation by operation in the new version's order, what was removed last. An operation or request
        shape that came or went as a whole is one change.
    """
    before = {operation.id: operation for operation in old.operations}
    after = {operation.id: operation for operation in new.operations}
    changes: list[Change] = []
    for name, operation in after.items():
        if name in before:
            changes += _operation_changes(before[name], operation)
        else:
            changes.append(_whole(name, name, "operation", None, f"{operation.method} {operation.path}"))
    for name, operation in before.items():
        if name not in after:
            changes.append(_whole(name, name, "operation", f"{operation.method} {operation.path}", None))
    return changes


def _whole(operation: str, rule: str, what: str, old: Json, new: Json) -> Change:
    """What can be asked for now has to be served; what can't any more is missed by those who asked for it."""
    kind = Kind.ADDED if old is None else Kind.REMOVED
    return Change(operation, rule, kind, what, old, new, kind is Kind.REMOVED, kind is Kind.ADDED)


def _operation_changes(old: Operation, new: Operation) -> Iterator[Change]:
    was, now = (f"{operation.method} {operation.path}" for operation in (old, new))
    if was != now:
        yield Change(new.id, new.id, Kind.CHANGED, "path", was, now, breaks_callers=True, breaks_gateways=True)
    before, after = [{shape.name: shape.media_type for shape in operation.shapes} for operation in (old, new)]
    came, went = after.keys() - before.keys(), before.keys() - after.keys()
    for name in [*after, *before]:
        if name in came | went:
            yield _whole(new.id, f"{new.id}/{name}", "shape", before.get(name), after.get(name))
    yield from _RuleDiff(old, new).changes(without=came | went)


class _RuleDiff:
    """The rules of one operation, before and after."""

    def __init__(self, old: Operation, new: Operation) -> None:
        self.old = {rule.id: rule for rule in old.rules}
        self.new = {rule.id: rule for rule in new.rules}
        self.old_fields = {_field(rule) for rule in old.rules}
        self.new_fields = {_field(rule) for rule in new.rules}

    def changes(self, *, without: set[str]) -> Iterator[Change]:
        """The changes, apart from those of request shapes that came or went as a whole."""
        for rule in self.new.values():
            if rule.shape not in without:
                yield from self._changed(self.old[rule.id], rule) if rule.id in self.old else [self._added(rule)]
        for rule in self.old.values():
            if rule.id not in self.new and rule.shape not in without:
                yield self._removed(rule)

    def _added(self, rule: Rule) -> Change:
        callers, gateways = _broken(rule, Direction.TIGHTER)
        if _field(rule) not in self.old_fields and rule.keyword != "required":
            # A new field: nobody sends it yet, and a gateway must know it; an answer that has it harms nobody.
            callers, gateways = False, rule.place is not Place.RESPONSE
        return Change(rule.operation, rule.id, Kind.ADDED, "value", None, rule.value, callers, gateways)

    def _removed(self, rule: Rule) -> Change:
        callers, gateways = _broken(rule, Direction.LOOSER)
        if _field(rule) not in self.new_fields:
            # The field is gone: those who send it or read it miss it, and it is nobody's duty any more.
            callers, gateways = True, False
        return Change(rule.operation, rule.id, Kind.REMOVED, "value", rule.value, None, callers, gateways)

    def _changed(self, old: Rule, new: Rule) -> Iterator[Change]:
        if (found := direction(new.keyword, old.value, new.value)) or old.value != new.value:
            breaks = _broken(new, found)
            yield Change(new.operation, new.id, Kind.CHANGED, "value", old.value, new.value, *breaks)
        if old.source != new.source:
            was, now = (f"{rule.source} ({rule.level.value})" for rule in (old, new))
            breaks = (False, False)
            yield Change(new.operation, new.id, Kind.CHANGED, "source", was, now, *breaks)


def _broken(rule: Rule, found: Direction) -> tuple[bool, bool]:
    """Whether callers and gateways break.

    What a request may hold is the callers' duty to keep and the gateways' duty to take; of answers it is the other way
    round.
    """
    tighter, looser = bool(found & Direction.TIGHTER), bool(found & Direction.LOOSER)
    return (looser, tighter) if rule.place is Place.RESPONSE else (tighter, looser)


def _field(rule: Rule) -> tuple[str, str, str]:
    """What tells a field from others: where it is, in which shape or answer, and its path."""
    group = rule.id.split("/")[1]
    return rule.place.value, group, rule.field
