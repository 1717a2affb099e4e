"""Which regular expressions of a foreign document can be enforced: Python must know them, and none may blow up."""

from __future__ import annotations

import re
from re import _constants as constants
from re import _parser as parser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER = "\x80"
"""Stands for all letters beyond the first 128."""
_ASCII = [*map(chr, range(128)), _OTHER]
_LONGEST = 2_000
_LENGTH = 1_000
"""The text's length for which the work is estimated."""
_MOST_STEPS = 10_000_000
"""Patterns that may take more steps than this on such a text aren't enforced: it would be seconds."""
_MANY = 50
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)
_ASSERTIONS = (constants.ASSERT, constants.ASSERT_NOT)
_SINGLE = (constants.LITERAL, constants.NOT_LITERAL, constants.IN, constants.ANY)


def trouble(pattern: str) -> str:
    """Why a pattern isn't enforced, in words; "" if it is.

    Args:
        pattern: As the document writes it, in the manner of ECMAScript.
    """
    if len(pattern) > _LONGEST:
        return "it is very long"
    if r"\p{" in pattern or r"\P{" in pattern:
        return r"Python knows no \p{…}"
    try:
        tree = parser.parse(pattern.replace("(?<", "(?P<") if _names_groups(pattern) else pattern)
        re.compile(pattern if not _names_groups(pattern) else re.sub(r"\(\?<(?![=!])", "(?P<", pattern))
    except (re.error, OverflowError, RecursionError, ValueError) as error:
        return f"Python can't take it: {error}"
    try:
        return "a text could be made on which it takes for ever" if _blows_up(tree) else ""
    except RecursionError:
        return "it is too deep"


def _names_groups(pattern: str) -> bool:
    return re.search(r"\(\?<(?![=!])", pattern) is not None


def _blows_up(tree: Any) -> bool:
    anchored = bool(tree) and tree[0] == (constants.AT, constants.AT_BEGINNING)
    return _ways(list(tree)) * (1 if anchored else _LENGTH) > _MOST_STEPS


def _ways(items: list[Any]) -> float:
    """In how many ways, at the most, a text of some length could be read by items in a row.

    Repeats next to each other share the text in as many ways as the product of theirs, unless something stands between
    them that none of those before can match.
    """
    most = product = 1.0
    loose: frozenset[str] = frozenset()
    for item in _flat(items):
        letters = _letters([item])
        if item[0] in _SINGLE:
            if letters and letters.isdisjoint(loose):
                most, product, loose = max(most, product), 1.0, frozenset()
            continue
        ways = _ways_of(*item)
        if item[0] in _ASSERTIONS:
            most = max(most, ways)
        elif ways > 1:
            product *= ways
            loose |= letters
    return max(most, product)


def _ways_of(operator: Any, argument: Any) -> float:
    if operator in _REPEATS:
        return _ways_of_repeat(*argument)
    if operator is constants.BRANCH:
        below = [_ways(list(branch)) for branch in argument[1]]
        return sum(below) if _overlaps(argument[1]) else max(below)
    if operator in (constants.GROUPREF, constants.GROUPREF_EXISTS):
        return _LENGTH
    return max((_ways(list(below)) for below in _below(operator, argument)), default=1.0)


def _ways_of_repeat(least: int, most: int, inner: Any) -> float:
    below = _ways(list(inner))
    lengths = float(min(most, _LENGTH) - min(least, _LENGTH) + 1)
    if most > 1 and below > 1 and _is_ambiguous(inner):
        return min(below, _LENGTH) ** min(most, _MANY)
    return max(lengths, below) if most > 1 else lengths * below


def _below(operator: Any, argument: Any) -> Iterator[Any]:
    if operator in _REPEATS:
        yield argument[2]
    elif operator is constants.SUBPATTERN:
        yield argument[3]
    elif operator is constants.BRANCH:
        yield from argument[1]
    elif operator in _ASSERTIONS:
        yield argument[1]
    elif getattr(constants, "ATOMIC_GROUP", None) is operator:
        yield argument


def _is_ambiguous(inner: Any) -> bool:
    """Whether what is repeated without bounds can match one text in several ways."""
    items = _flat(inner)
    repeated = [_letters([item]) for item in items if item[0] in _REPEATS and item[1][0] != item[1][1]]
    repeated += [_letters([item]) for item in items if item[0] in _REPEATS and _ways_of(*item) > 1]
    if any(operator is constants.BRANCH and _overlaps(argument[1]) for operator, argument in items):
        return True
    if any(operator in (constants.GROUPREF, constants.GROUPREF_EXISTS) for operator, _ in items):
        return True
    if not repeated:
        return False
    loose = frozenset().union(*repeated)
    fences = [_letters([item]) for item in items if item[0] in (constants.LITERAL, constants.NOT_LITERAL, constants.IN)]
    return not any(fence and fence.isdisjoint(loose) for fence in fences)


def _overlaps(branches: Any) -> bool:
    seen: frozenset[str] = frozenset()
    for branch in branches:
        items = _flat(branch)
        first = _letters(items[:1])
        if not items or not first.isdisjoint(seen) or items[0][0] in _REPEATS:
            return True
        seen |= first
    return False


def _flat(tree: Any) -> list[Any]:
    """The items in a row, groups without a choice opened."""
    found = []
    for operator, argument in tree:
        if operator is constants.SUBPATTERN:
            found += _flat(argument[3])
        else:
            found.append((operator, argument))
    return found


def _letters(items: Any) -> frozenset[str]:
    """The letters, as small ones, that stand anywhere in what these items match."""
    return frozenset(letter.lower() if letter.isascii() else _OTHER for letter in _signs(items))


def _signs(items: Any) -> set[str]:
    found: set[str] = set()
    for operator, argument in items:
        if operator is constants.LITERAL:
            found.add(chr(argument))
        elif operator is constants.NOT_LITERAL:
            found.update(letter for letter in _ASCII if ord(letter) != argument)
        elif operator is constants.ANY:
            found.update(_ASCII)
        elif operator is constants.IN:
            found.update(_of_set(argument))
        else:
            for below in _below(operator, argument):
                found |= _signs(below)
    return found


def _of_set(members: Any) -> set[str]:
    negated = members[0][0] is constants.NEGATE
    found: set[str] = set()
    for operator, argument in members:
        if operator is constants.LITERAL:
            found.add(chr(argument))
        elif operator is constants.RANGE:
            found.update(letter for letter in _ASCII if argument[0] <= ord(letter) <= argument[1])
            found.update(_OTHER if argument[1] > ord(_OTHER) else "")
        elif operator is constants.CATEGORY:
            test = {"DIGIT": str.isdigit, "WORD": lambda c: c.isalnum() or c == "_", "SPACE": str.isspace}
            _, _, name = str(argument).rpartition("_")
            within = {letter for letter in _ASCII if letter.isascii() and test[name](letter)}
            found |= set(_ASCII) - within if "_NOT_" in str(argument) else within
            found.update(_OTHER if name == "SPACE" else "")
    return (set(_ASCII) - found) | {_OTHER} if negated else found
