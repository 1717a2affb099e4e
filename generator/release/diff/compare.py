"""Compares what two versions of a spec state of one operation, fact by fact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attrs import evolve

from generator.release.diff.changes import DOCUMENTATION, NOBODY, Change, Direction, Kind, Step, Verdict, verdict
from generator.release.diff.conditions import implies
from generator.release.diff.directions import DIRECTIONS, bound_direction, direction, without_words
from generator.release.diff.effects import effect
from generator.release.diff.facts import WHOLE, answer_group, is_below
from generator.release.diff.renames import field_hint, renamed_shapes
from generator.release.diff.words import level_sentence, sentence, value_in_words
from generator.spec import Level, Place
from generator.spec.media_types import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.release.diff.facts import Fact, Facts
    from generator.spec import Json

_BOUNDS = {
    "minimum": max,
    "exclusiveMinimum": max,
    "minLength": max,
    "minItems": max,
    "minProperties": max,
    "maximum": min,
    "exclusiveMaximum": min,
    "maxLength": min,
    "maxItems": min,
    "maxProperties": min,
}
"""Of two bounds on one field, which binds."""
_TWINS = {
    "minimum": "exclusiveMinimum",
    "exclusiveMinimum": "minimum",
    "maximum": "exclusiveMaximum",
    "exclusiveMaximum": "maximum",
}
_SCHEMAS = frozenset(("anyOf", "oneOf", "not"))
"""The rules whose value is made of schemas."""


def compare(old: Facts, new: Facts) -> list[Change]:
    """What differs between two lists of facts about one operation, or about the whole API.

    Args:
        old: What was stated.
        new: What is stated.

    Returns:
        The changes, in the new version's order, what was removed last. What came or went as a whole is one change.
    """
    names = renamed_shapes(old, new)
    if not names:
        return list(_Comparison(old, new).changes())
    aligned = [evolve(fact, group=names.get(fact.group, fact.group)) for fact in old.values()]
    told = [change for pair in names.items() for change in _renaming(old, new, *pair)]
    return [*told, *_Comparison({fact.key: fact for fact in aligned}, new).changes()]


def _renaming(old: Facts, new: Facts, before: str, after: str) -> Iterator[Change]:
    """Of a shape with another name, which no exchange shows."""
    came, gone = new[after, "", "shape", ""], old[before, "", "shape", ""]
    words = sentence(None, came, several_shapes=True)
    yield _change(None, came, words, NOBODY, f"Likely `{before}`, renamed: nothing that is sent shows the name.")
    words = sentence(gone, None, several_shapes=True)
    yield _change(gone, None, words, NOBODY, f"Likely renamed to `{after}`: nothing that is sent shows the name.")


class _Side:
    """One version's facts, and what of them the other version lacks as a whole."""

    def __init__(self, facts: Facts, other: Facts) -> None:
        self.facts = facts
        self.whole: Facts = {}
        self._gone: dict[str, list[str]] = {}
        for fact in facts.values():
            if fact.keyword in WHOLE and fact.key not in other and not self.covers(fact):
                self.whole[fact.key] = fact
                for group, field in self._below(fact, other):
                    self._gone.setdefault(group, []).append(field)

    def covers(self, fact: Fact) -> bool:
        """Whether a fact is about something that the other version lacks as a whole, and so isn't told by itself."""
        return any(not field or is_below(fact.field, field) for field in self._gone.get(fact.group, ()))

    def of_field(self, fact: Fact, keyword: str) -> list[Fact]:
        """The facts of one keyword about the field that a fact is about, under whatever conditions."""
        same = (each for each in self.facts.values() if each.keyword == keyword)
        return [each for each in same if (each.group, each.field) == (fact.group, fact.field)]

    def _below(self, fact: Fact, other: Facts) -> set[tuple[str, str]]:
        if fact.keyword in {"field", "scheme"}:
            return {(fact.group, fact.field)}
        if fact.keyword == "shape":
            return {(fact.group, "")}
        if fact.keyword == "answer":
            groups = {each.group for each in self.facts.values()}
            return {(name, "") for name in groups if name == fact.group or name.startswith(f"{fact.group}-")}
        if fact.place is not Place.RESPONSE:
            shapes = (each for each in self.facts.values() if each.keyword == "shape" and each.value == fact.value)
            return {(each.group, "") for each in shapes if each.key not in other}
        return {(answer_group(fact.group.removesuffix("-content"), fact.value), "")}


class _Comparison:
    def __init__(self, old: Facts, new: Facts) -> None:
        self.old, self.new = _Side(old, new), _Side(new, old)
        shapes = {fact.group for side in (old, new) for fact in side.values() if fact.keyword == "shape"}
        self.several_shapes = len(shapes) > 1

    def changes(self) -> Iterator[Change]:
        """Everything that differs."""
        for fact in self.new.facts.values():
            if fact.key in self.new.whole:
                yield self._whole(fact, Kind.ADDED)
            elif fact.keyword not in WHOLE and not self.new.covers(fact):
                yield from self._of_new(fact)
        for fact in self.old.facts.values():
            if fact.key in self.old.whole:
                yield self._whole(fact, Kind.REMOVED)
            elif fact.key not in self.new.facts and not self.old.covers(fact):
                yield from self._of_gone(fact)

    def _whole(self, fact: Fact, kind: Kind) -> Change:
        added = kind is Kind.ADDED
        side, other = (self.new, self.old) if added else (self.old, self.new)
        required = side.of_field(fact, "required") if fact.keyword == "field" else []
        judged = _whole_verdict(fact, added=added, required=bool(required), other=other.facts)
        hint = field_hint(fact, kind, side.facts, other.facts, list(other.whole.values()))
        was, now = (None, fact) if added else (fact, None)
        words = sentence(was, now, several_shapes=self.several_shapes, required=required)
        return _change(was, now, words, judged, hint)

    def _of_new(self, fact: Fact) -> Iterator[Change]:
        if before := self.old.facts.get(fact.key):
            yield from self._changed(before, fact)
        elif fact.keyword not in DIRECTIONS:
            yield self._told(None, fact, effect(fact.keyword, fact.place, Kind.ADDED, None, fact.value))
        elif twin := _twin(fact, self.old.facts, self.new.facts):
            found = bound_direction((twin.keyword, twin.value), (fact.keyword, fact.value))
            yield self._told(twin, fact, _broken(fact, found))
        else:
            bound = _binding(fact, self.old.facts)
            found = direction(fact.keyword, bound.value, fact.value) if bound else Direction.TIGHTER
            # One that is looser than what always holds says nothing, as long as that holds.
            if found & Direction.TIGHTER or (found and _binding(fact, self.new.facts) is None):
                yield self._told(None, fact, _broken(fact, found), _instead_of(bound))

    def _of_gone(self, fact: Fact) -> Iterator[Change]:
        if fact.keyword not in DIRECTIONS:
            yield self._told(fact, None, effect(fact.keyword, fact.place, Kind.REMOVED, fact.value, None))
            return
        if _twin(fact, self.new.facts, self.old.facts):
            return  # told by the bound that stands there instead
        bound = _binding(fact, self.new.facts)
        found = direction(fact.keyword, fact.value, bound.value) if bound else Direction.LOOSER
        if found & Direction.LOOSER:
            yield self._told(fact, None, _broken(fact, found), self._still(fact))

    def _changed(self, old: Fact, new: Fact) -> Iterator[Change]:
        if new.keyword in DIRECTIONS:
            found = direction(new.keyword, _effective(old, self.old.facts), _effective(new, self.new.facts))
            if found or _differ(old, new):
                hint = self._still(new) if found & Direction.LOOSER else ""
                yield self._told(old, new, _broken(new, found), hint)
        elif _differ(old, new):
            yield self._told(old, new, effect(new.keyword, new.place, Kind.CHANGED, old.value, new.value))
        yield from self._source(old, new)

    def _source(self, old: Fact, new: Fact) -> Iterator[Change]:
        if old.source is None or new.source is None:
            return
        if old.source.level is not new.source.level:
            raised = new.source.level is Level.DOCUMENTED
            words = level_sentence(old, new, several_shapes=self.several_shapes)
            change = _change(old, new, words, verdict(gateways=raised))
            yield evolve(change, what="level", old=old.source.level.value, new=new.source.level.value)
        elif (old.source.document, old.source.field) != (new.source.document, new.source.field):
            words = f"That {new.id} holds is said by {new.source} now, before by {old.source}."
            change = _change(old, new, words, DOCUMENTATION)
            yield evolve(change, what="source", old=str(old.source), new=str(new.source))

    def _still(self, fact: Fact) -> str:
        """What holds on under conditions, where a rule that held always is gone or looser."""
        rest = [each for each in self.new.of_field(fact, fact.keyword) if each.when] if not fact.when else []
        told = (f"{value_in_words(each.keyword, each.value)} {each.when.words}" for each in rest if each.when)
        return f"But {', '.join(told)}." if rest else ""

    def _told(self, old: Fact | None, new: Fact | None, judged: Verdict, hint: str = "") -> Change:
        return _change(old, new, sentence(old, new, several_shapes=self.several_shapes), judged, hint)


def _change(old: Fact | None, new: Fact | None, words: str, judged: Verdict, hint: str = "") -> Change:
    fact, kind = (new, Kind.CHANGED if old else Kind.ADDED) if new else (old, Kind.REMOVED)
    if fact is None:
        raise ValueError("A change is of something that stood there, or stands there.")
    return Change(
        operation=fact.operation,
        rule=fact.id,
        kind=kind,
        what=fact.keyword,
        old=old.value if old else None,
        new=new.value if new else None,
        words=words,
        hint=hint,
        verdict=judged,
        source=f"{fact.source} ({fact.source.level.value})" if fact.source else "",
        line=fact.line,
    )


def _binding(fact: Fact, facts: Facts) -> Fact | None:
    """The fact of another key that binds wherever this one does: under a wider condition, or under none."""
    same = (each for each in facts.values() if each.key[:3] == fact.key[:3] and each.key != fact.key)
    found = [each for each in same if implies(fact.when, each.when)]
    return next((each for each in found if each.when), found[0] if found else None)


def _twin(fact: Fact, facts: Facts, own: Facts) -> Fact | None:
    """The bound that stood there, or stands there, instead: an exclusive one for an inclusive one, or the reverse."""
    key = (fact.group, fact.field, _TWINS.get(fact.keyword, ""), fact.key[3])
    return None if key in own else facts.get(key)


def _effective(fact: Fact, facts: Facts) -> Json:
    """A bound as it binds: one under a condition comes on top of the one that always holds."""
    always = facts.get((*fact.key[:3], "")) if fact.when else None
    tighter = _BOUNDS.get(fact.keyword)
    return tighter(fact.value, always.value) if always and tighter else fact.value


def _differ(old: Fact, new: Fact) -> bool:
    """Whether two values differ as JSON, in which 1 is not true; in schemas, words for readers apart."""
    values = [without_words(each.value) if each.keyword in _SCHEMAS else each.value for each in (old, new)]
    texts = [json.dumps(value, sort_keys=True) for value in values]
    return texts[0] != texts[1]


def _broken(fact: Fact, found: Direction) -> Verdict:
    """Whom a move of a rule breaks.

    What a request may hold is the callers' duty to keep and the gateways' duty to take; of answers it is the other way
    round.
    """
    tighter, looser = bool(found & Direction.TIGHTER), bool(found & Direction.LOOSER)
    if fact.place is Place.RESPONSE:
        return verdict(callers=looser, gateways=tighter)
    return verdict(callers=tighter, gateways=looser)


def _whole_verdict(fact: Fact, *, added: bool, required: bool, other: Facts) -> Verdict:
    if fact.keyword == "scheme":
        return verdict(step=Step.MINOR if added else Step.PATCH)  # what operations take is told by them
    if fact.place is Place.RESPONSE:
        return _answer_verdict(fact, added=added, required=required, other=other)
    if fact.keyword == "field":
        # What can be sent now has to be taken; what is gone is missed by those who send it.
        return verdict(callers=required or not added, gateways=required or added)
    bodies = (each.value for each in other.values() if each.keyword == "media type" and each.place is Place.BODY)
    if fact.keyword == "media type" and meant(bodies, fact.value):
        return NOBODY  # a range of the other version holds it
    return verdict(callers=not added, gateways=added)


def _answer_verdict(fact: Fact, *, added: bool, required: bool, other: Facts) -> Verdict:
    if fact.keyword == "field":
        # An answer that has more harms nobody, and promises nothing unless it is required.
        return verdict(callers=not added, gateways=added and required, step=Step.MINOR)
    statuses = [each.value for each in other.values() if each.keyword == "answer"]
    if fact.keyword == "answer" and _held(fact.value, statuses):
        return NOBODY
    # A program reads the answers of success by their form, and takes any other for a failure.
    succeeds = fact.group.removeprefix("answer-")[:1] in {"2", "3"}
    return verdict(callers=succeeds, gateways=not added, step=Step.MINOR)


def _held(status: str, stated: list[str]) -> bool:
    """Whether a status is held by a range, or by "default"."""
    return any(each == "default" or each.upper() == f"{status[:1]}XX" for each in stated)


def _instead_of(bound: Fact | None) -> str:
    if bound is None:
        return ""
    when = f" {bound.when.words}" if bound.when else ""
    return f"Before: {value_in_words(bound.keyword, bound.value)}{when}."
