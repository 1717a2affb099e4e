"""Says simple regular expressions in words: those that are a row of letters, classes, repeats and alternatives."""

from __future__ import annotations

import importlib
import re
import warnings
from itertools import product
from typing import TYPE_CHECKING, Any

from generator.spec.markdown import code

if TYPE_CHECKING:
    from collections.abc import Sequence

# The standard library's only parser of patterns, private there and unknown to type checkers.
_constants: Any = importlib.import_module("re._constants")
_parser: Any = importlib.import_module("re._parser")

_LONGEST = 200
"""Characters of words beyond which the expression itself is easier to read."""
_MOST_TEXTS = 8
"""As many texts as are listed one by one."""
_CLASSES = {
    "0-9": "digit",
    "a-z": "small letter",
    "A-Z": "capital letter",
    "A-Z a-z": "letter",
    "0-9 a-z": "digit or small letter",
    "0-9 A-Z": "digit or capital letter",
    "0-9 A-Z a-z": "letter or digit",
    "0-9 A-F a-f": "hexadecimal digit",
}
"""Classes that have a name of their own, by their ranges."""

_Items = list[tuple[Any, Any]]


class _NoWordsError(Exception):
    """A part of a pattern that is not said in words."""


def pattern_words(pattern: str) -> str:
    """What a text must do to match, e.g. "be one or more digits, then `%`".

    Args:
        pattern: A regular expression, as JSON Schema has them.

    Returns:
        The words, as Markdown with code spans; "" for an expression that is better read as it stands.
    """
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # of brackets in a class, say
            tree = _parser.parse(pattern)
        if tree.state.flags & ~re.UNICODE:
            return ""
        items = list(tree)
        begins, ends = _is_at(items[:1], "AT_BEGINNING"), _is_at(items[-1:], "AT_END")
        words = _row(items[begins : len(items) - ends])
    except (re.error, OverflowError, RecursionError, _NoWordsError):
        return ""
    if not words and begins and ends:
        return "be empty"
    verb = {(True, True): "be", (True, False): "begin with", (False, True): "end with"}.get((begins, ends), "contain")
    return f"{verb} {words}" if words and len(words) <= _LONGEST else ""


def _is_at(items: _Items, where: str) -> bool:
    return bool(items) and items[0][0] is _constants.AT and items[0][1] is getattr(_constants, where)


def _row(items: _Items) -> str:
    """Items one after the other."""
    if (texts := _texts(items)) and all(texts):
        return _alternatives([_literal(text) for text in texts])
    if len(items) == 1:
        return _one(*items[0])
    parts: list[str] = []
    while items:
        taken, words = _next(items)
        parts.append(words)
        items = items[taken:]
    return ", then ".join(parts)


def _next(items: _Items) -> tuple[int, str]:
    """What the first items say together, and how many these are."""
    digits = [_repeat_of(item) for item in items[:3]]
    if digits == [(0, "`0`"), (1, "1-9"), (0, "0-9")]:
        return 3, "a whole number above 0"
    if digits[:2] == [(1, "1-9"), (0, "0-9")]:
        return 2, "a whole number above 0 (not beginning with a zero)"
    literals = 0
    while literals < len(items) and items[literals][0] is _constants.LITERAL:
        literals += 1
    if literals:
        return literals, _literal("".join(chr(value) for _, value in items[:literals]))
    words = _one(*items[0])
    grouped = items[0][0] is _constants.SUBPATTERN and (", " in words or "; " in words)
    return 1, f"({words})" if grouped else words


def _repeat_of(item: tuple[Any, Any]) -> tuple[int, str]:
    """The least number of times that a class of characters comes, if it may come any more times or comes once."""
    kind, value = item
    least = 1
    if kind is _constants.MAX_REPEAT and value[0] == 0 and value[1] is _constants.MAXREPEAT and len(value[2]) == 1:
        least, (kind, value) = 0, value[2][0]
    if kind is _constants.LITERAL:
        return least, _literal(chr(value))
    return least, _ranges(value) if kind is _constants.IN else ""


def _one(kind: Any, value: Any) -> str:
    match kind:
        case _constants.LITERAL:
            return _literal(chr(value))
        case _constants.ANY | _constants.IN | _constants.NOT_LITERAL:
            return f"a {_noun(kind, value)}"
        case _constants.BRANCH:
            return _either([_row(list(branch)) for branch in value[1]])
        case _constants.SUBPATTERN:
            _, added, removed, below = value
            if added or removed:
                raise _NoWordsError
            return _row(list(below))
        case _constants.MAX_REPEAT | _constants.MIN_REPEAT:
            return _repeated(value[0], value[1], list(value[2]))
        case _:
            raise _NoWordsError


def _repeated(least: int, most: Any, below: _Items) -> str:
    if (least, most) == (0, 1):
        return f"perhaps {_grouped(below)}"
    endless = most is _constants.MAXREPEAT
    times = str(least) if least == most else f"{least} or more" if endless else f"{least} to {most}"
    if len(below) > 1 or below[0][0] not in {_constants.ANY, _constants.IN, _constants.NOT_LITERAL}:
        return f"{_grouped(below)} ({times} times)"
    noun = _noun(*below[0])
    times = {"0 or more": "any number of", "1 or more": "one or more"}.get(times, times)
    return f"{times} {noun if times == '1' else _plural(noun)}"


def _grouped(below: _Items) -> str:
    words = _row(below)
    return f"({words})" if ", " in words or "; " in words or " or " in words else words


def _noun(kind: Any, value: Any) -> str:
    """A class of characters as a noun that has a plural."""
    if kind is _constants.ANY:
        return "character"
    if kind is _constants.NOT_LITERAL:
        return f"character but {_literal(chr(value))}"
    if value[0][0] is _constants.NEGATE:
        return f"character but {_members(value[1:])}"
    if name := _CLASSES.get(_ranges(value)):
        return name
    return f"character out of {_members(value)}"


def _members(items: _Items) -> str:
    """The members of a class, ranges as such."""
    said = []
    for kind, value in items:
        if kind is _constants.LITERAL:
            said.append(_literal(chr(value)))
        elif kind is _constants.RANGE:
            low, high = (_literal(chr(end)) for end in value)
            said.append(f"{low} to {high}")
        elif kind is _constants.CATEGORY and value is _constants.CATEGORY_DIGIT:
            said.append("the digits")
        else:
            raise _NoWordsError
    return _alternatives(said)


def _ranges(items: _Items) -> str:
    """A class as its ranges, in order, as in `_CLASSES`; "" if it has anything else."""
    found = []
    for kind, value in items:
        if kind is _constants.RANGE:
            found.append(f"{chr(value[0])}-{chr(value[1])}")
        elif kind is _constants.CATEGORY and value is _constants.CATEGORY_DIGIT:
            found.append("0-9")
        else:
            return ""
    return " ".join(sorted(found))


def _texts(items: _Items) -> list[str]:
    """All texts that match, if they are few; none if not."""
    options = [_options(kind, value) for kind, value in items]
    count = 1
    for option in options:
        count *= len(option)
    return ["".join(parts) for parts in product(*options)] if options and count <= _MOST_TEXTS else []


def _options(kind: Any, value: Any) -> list[str]:
    match kind:
        case _constants.LITERAL:
            return [chr(value)]
        case _constants.IN if all(each is _constants.LITERAL for each, _ in value):
            return [chr(each) for _, each in value]
        case _constants.BRANCH:
            branches = [_texts(list(branch)) for branch in value[1]]
            return [text for branch in branches for text in branch] if all(branches) else []
        case _constants.SUBPATTERN if not value[1] and not value[2]:
            return _texts(list(value[3]))
        case _:
            return []


def _either(rows: Sequence[str]) -> str:
    """Alternatives, each of which may have several parts."""
    if not all(rows):
        raise _NoWordsError
    return "; or ".join(rows) if any(", " in row for row in rows) else " or ".join(rows)


def _alternatives(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def _literal(text: str) -> str:
    """Characters as they are written; those that would not be seen in a code span have no words."""
    if text != text.strip() or "  " in text or not text.isprintable():
        if text == " ":
            return "a space"
        raise _NoWordsError
    return code(text)


def _plural(noun: str) -> str:
    first, but, rest = noun.partition(" but ") if " but " in noun else noun.partition(" out of ")
    return f"{' or '.join(f'{each}s' for each in first.split(' or '))}{but}{rest}"
