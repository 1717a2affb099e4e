"""What a change of a spec does to the Python code that uses the client: griffe compares the generated symbols."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import griffe
from attrs import field, frozen

from generator.release.diff.annotations import takes_less
from generator.release.diff.changes import Kind, one_line
from generator.release.diff.renames import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.release.diff.symbols import Symbol, Symbols


@frozen
class SymbolChange:
    """One difference of the generated package's public names.

    Attributes:
        symbol: The name as a user writes it, e.g. ``client.images.generate``.
        kind: Whether it was added, removed or changed.
        words: The change in a sentence.
        hint: What else may explain it, e.g. a rename; "" if nothing.
        breaks: Whether code that uses the old package may fail with the new one.
    """

    symbol: str
    kind: Kind
    words: str = field(converter=one_line)
    hint: str = field(converter=one_line)
    breaks: bool


def compare_symbols(old: Symbols, new: Symbols) -> list[SymbolChange]:
    """How the packages differ that two versions of a spec give.

    Args:
        old: The public names of the old package.
        new: Those of the new one.

    Returns:
        What is gone or changed, then what is new.
    """
    first, second = _aligned(old, new)
    found = [*_gone_or_changed(first, second), *_annotations(first, second), *_new(first, second)]
    return list(dict.fromkeys(found))


def _aligned(old: Symbols, new: Symbols) -> tuple[dict[str, Symbol], dict[str, Symbol]]:
    """Both versions with one symbol a name: of a method's several forms, those that are most alike are one."""
    first: dict[str, Symbol] = {}
    second: dict[str, Symbol] = {}
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, []), new.get(name, [])
        several = len(before) > 1 or len(after) > 1
        for one, other in _paired(before, after):
            told = one or other
            form = f" ({_telling(told)})" if several and told else ""
            key = f"{name}{form}"
            while key in first or key in second:
                key += "*"
            first |= {key: one} if one else {}
            second |= {key: other} if other else {}
    return first, second


def _paired(old: list[Symbol], new: list[Symbol]) -> list[tuple[Symbol | None, Symbol | None]]:
    left = list(new)
    pairs: list[tuple[Symbol | None, Symbol | None]] = []
    for symbol in old:
        twin = max(left, key=partial(_likeness, symbol), default=None)
        pairs.append((symbol, twin))
        left = [each for each in left if each is not twin]
    return [*pairs, *((None, symbol) for symbol in left)]


def _telling(symbol: Symbol) -> str:
    """A form of a method by what it must be given."""
    if not isinstance(symbol, griffe.Function):
        return symbol.name
    needed = [each.name for each in symbol.parameters if each.required and each.name != "self"]
    return ", ".join(needed) or "all optional"


def _likeness(one: Symbol, other: Symbol) -> float:
    first, second = (_names(each) for each in (one, other))
    return len(first & second) / (len(first | second) or 1)


def _names(symbol: Symbol) -> set[str]:
    if not isinstance(symbol, griffe.Function):
        return {symbol.name}
    return {f"{each.name}{': ' + str(each.annotation) if each.required else ''}" for each in symbol.parameters}


def _gone_or_changed(old: dict[str, Symbol], new: dict[str, Symbol]) -> Iterator[SymbolChange]:
    for name, symbol in old.items():
        before, after = griffe.Module("client"), griffe.Module("client")
        before.members[name] = symbol
        if name in new:
            after.members[name] = new[name]
        for breakage in griffe.find_breaking_changes(before, after):
            kind = Kind.REMOVED if breakage.kind is griffe.BreakageKind.OBJECT_REMOVED else Kind.CHANGED
            hint = _renamed(name, new, old) if kind is Kind.REMOVED else ""
            yield SymbolChange(name, kind, _words(name, breakage), hint, breaks=True)


def _words(name: str, breakage: griffe.Breakage) -> str:
    parameter = getattr(breakage.old_value, "name", "") or getattr(breakage.new_value, "name", "")
    kinds = griffe.BreakageKind
    told = {
        kinds.OBJECT_REMOVED: f"`{name}` is gone.",
        kinds.PARAMETER_REMOVED: f"`{name}` no longer has the argument `{parameter}`.",
        kinds.PARAMETER_ADDED_REQUIRED: f"`{name}` has the new argument `{parameter}`, which must be given.",
        kinds.PARAMETER_CHANGED_REQUIRED: f"`{name}` must be given `{parameter}`.",
    }
    return told.get(breakage.kind, f"`{name}`: {breakage.kind.value.lower()}{f', `{parameter}`' if parameter else ''}.")


def _annotations(old: dict[str, Symbol], new: dict[str, Symbol]) -> Iterator[SymbolChange]:
    """What griffe doesn't compare: the types of arguments, of answers' attributes, and of what is returned."""
    aliases = {**_aliases(new), **_aliases(old)}
    for name in (name for name in old if name in new):
        before, after = old[name], new[name]
        if isinstance(before, griffe.Function) and isinstance(after, griffe.Function):
            yield from _signatures(name, before, after, aliases)
        elif isinstance(before, griffe.Attribute) and isinstance(after, griffe.Attribute):
            yield from _attributes(name, str(before.annotation), str(after.annotation))


def _aliases(found: dict[str, Symbol]) -> dict[str, str]:
    """The lists of values that have a name of their own."""
    named = ((name, each) for name, each in found.items() if isinstance(each, griffe.Attribute))
    return {
        name.removeprefix("models."): str(each.annotation) for name, each in named if "Literal" in str(each.annotation)
    }


def _signatures(
    name: str, old: griffe.Function, new: griffe.Function, aliases: dict[str, str]
) -> Iterator[SymbolChange]:
    given = {each.name: each for each in new.parameters}
    for each in old.parameters:
        less = takes_less(str(each.annotation), str(given[each.name].annotation), aliases) if each.name in given else []
        if left := [member for member in less if member != "Unset"]:  # that it must be given is told by griffe
            words = f"`{each.name}` of `{name}` no longer takes {_listed(left)}."
            yield SymbolChange(name, Kind.CHANGED, words, "", breaks=True)
    known = {each.name for each in old.parameters}
    for each in new.parameters:
        if each.name not in known and not each.required:
            words = f"`{name}` has the new argument `{each.name}`."
            yield SymbolChange(name, Kind.ADDED, words, "", breaks=False)
    if more := takes_less(str(new.returns), str(old.returns), aliases):
        yield SymbolChange(name, Kind.CHANGED, f"`{name}` may now return {_listed(more)}.", "", breaks=True)


def _attributes(name: str, old: str, new: str) -> Iterator[SymbolChange]:
    if "Literal" in old + new:
        gone, came = takes_less(old, new), takes_less(new, old)
        if gone:
            yield SymbolChange(name, Kind.CHANGED, f"`{name}` no longer holds {_listed(gone)}.", "", breaks=True)
        if came:
            yield SymbolChange(name, Kind.CHANGED, f"`{name}` also holds {_listed(came)}.", "", breaks=False)
    elif more := takes_less(new, old):
        yield SymbolChange(name, Kind.CHANGED, f"`{name}` may now be {_listed(more)}.", "", breaks=True)


def _new(old: dict[str, Symbol], new: dict[str, Symbol]) -> Iterator[SymbolChange]:
    for name in new:
        if name not in old:
            yield SymbolChange(name, Kind.ADDED, f"`{name}` is new.", _renamed(name, old, new), breaks=False)


def _renamed(name: str, others: dict[str, Symbol], own: dict[str, Symbol]) -> str:
    holder = name.rpartition(".")[0]
    beside = [each for each in others if each not in own and each.rpartition(".")[0] == holder]
    like = closest(name, beside)
    return f"See `{like}`." if like else ""


def _listed(members: list[str]) -> str:
    return ", ".join(f"`{member}`" for member in members)
