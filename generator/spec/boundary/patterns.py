"""Strings that match a pattern, and strings that nearly do."""

from __future__ import annotations

import importlib
import re
from itertools import islice, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The standard library's only parser of patterns, private there and unknown to type checkers.
_constants: Any = importlib.import_module("re._constants")
_parser: Any = importlib.import_module("re._parser")

_MOST = 16
"""How many matching strings to look at, at most."""
_LONGEST = 10_000
"""How long each part of a matching string may be."""
_LIKELY = "1aA0_-. "
"""The characters to take from a class, the first that is in it; none of them: the class's own first."""

LENIENT = frozenset(
    (
        "with a line feed at its end",
        "with a space before it",
        "with a space in it",
        "with a zero before it",
        "in the other case",
        "in full-width digits",
    )
)
"""The near misses that a reader who is not strict takes for what they nearly are."""


class UnreadablePatternError(Exception):
    """A pattern has a part that no string is made for."""


def matching(pattern: str) -> list[str]:
    """Short strings that match a pattern, at least one for each alternative; none for what can't be read.

    Args:
        pattern: A regular expression, as JSON Schema has them.
    """
    try:
        found = list(islice(_strings(_parser.parse(pattern)), _MOST))
    except (re.error, OverflowError, RecursionError, UnreadablePatternError):
        return []
    return [text for text in dict.fromkeys(found) if re.search(pattern, text)]


def near_misses(text: str) -> list[tuple[str, str]]:
    """Small changes to a string that matches a pattern, each with its name; not all of them miss."""
    changes = [
        ("with a letter at its end", f"{text}x"),
        ("with a line feed at its end", f"{text}\n"),
        ("with a space before it", f" {text}"),
        ("empty", ""),
        ("without its first character", text[1:]),
        ("without its last character", text[:-1]),
        ("in the other case", text.swapcase()),
        ("cut at its first sign", re.split(r"[^0-9A-Za-z]", text, maxsplit=1)[0]),
        ("with other digits", re.sub("[0-9]", "8", text)),
        ("with another sign between", re.sub(r"[^0-9A-Za-z]", "x", text, count=1)),
        ("with a space in it", re.sub(r"([^0-9A-Za-z])", r" \1 ", text, count=1)),
        ("with a sign before it", f"-{text}"),
        ("with a zero before it", f"0{text}"),
        ("in full-width digits", re.sub("[0-9]", lambda digit: chr(ord(digit[0]) - ord("0") + ord("\uff10")), text)),
        ("twice", text + text),
    ]
    return [(name, changed) for name, changed in changes if changed != text]


def _strings(nodes: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for parts in product(*(list(islice(_options(kind, value), _MOST)) for kind, value in nodes)):
        yield "".join(parts)


def _options(kind: Any, value: Any) -> Iterator[str]:
    match kind:
        case _constants.LITERAL:
            yield chr(value)
        case _constants.AT:
            yield ""
        case _constants.ANY:
            yield "a"
        case _constants.IN:
            yield from _of_class(value)
        case _constants.BRANCH:
            for branch in value[1]:
                yield from _strings(branch)
        case _constants.SUBPATTERN:
            yield from _strings(value[-1])
        case _constants.MAX_REPEAT | _constants.MIN_REPEAT:
            least, most, below = value
            yield from _repeated(_strings(below), min(most, max(least, 1)))
        case _:
            raise UnreadablePatternError(str(kind))


def _repeated(texts: Iterable[str], times: int) -> Iterator[str]:
    for text in texts:
        if len(text) * times > _LONGEST:
            raise UnreadablePatternError("a very long string")
        yield text * times


def _of_class(items: list[tuple[Any, Any]]) -> Iterator[str]:
    if all(kind is _constants.LITERAL for kind, _ in items):
        yield from (chr(value) for _, value in items)
        return
    ranges = [value for kind, value in items if kind is _constants.RANGE]
    literals = {value for kind, value in items if kind is _constants.LITERAL}
    categories = [str(value) for kind, value in items if kind is _constants.CATEGORY]
    negated = items[0][0] is _constants.NEGATE
    for sign in _LIKELY:
        code = ord(sign)
        inside = code in literals or any(low <= code <= high for low, high in ranges) or _in_category(sign, categories)
        if inside is not negated:
            yield sign
            return
    if negated or not ranges:
        raise UnreadablePatternError("a class without a likely character")
    yield chr(ranges[0][0])


def _in_category(sign: str, categories: list[str]) -> bool:
    tests = {"DIGIT": sign.isdigit(), "WORD": sign.isalnum() or sign == "_", "SPACE": sign.isspace()}
    for category in categories:
        name = category.rpartition("_")[2]
        if name in tests and tests[name] is not ("_NOT_" in category):
            return True
    return False
