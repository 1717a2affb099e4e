"""Tells whether a request is one that a mutation is about."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from tests.conformance.mutants.messages import Asked, header_of
from tests.conformance.mutants.notation import File
from tests.conformance.mutants.values import ABSENT, places, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_IMAGES = (b"\x89PNG", b"\xff\xd8", b"RIFF")
"""What files of images begin with."""
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "file": lambda value: isinstance(value, File),
}


def holds(when: Mapping[str, Any], asked: Asked) -> bool:
    """Whether a request is as described.

    Args:
        when: What must hold, all of it: ``method``, ``path`` (a pattern), ``query`` (a pattern), ``media_type``,
            ``content_type`` (a pattern), ``header`` (name to pattern, or to null for absent), ``readable`` (whether the
            body can be), ``empty`` (whether there is none), and ``fields`` (JSON Pointer to a value, or to tests; with
            ``*`` for any item of a list).
        asked: The request.
    """
    return all(_REQUEST_TESTS[name](asked, wanted) for name, wanted in when.items())


def _headers(asked: Asked, wanted: Mapping[str, str | None]) -> bool:
    given = {name: header_of(asked.headers, name) for name in wanted}
    return all(
        given[name] is None if pattern is None else re.search(pattern, given[name] or "") is not None
        for name, pattern in wanted.items()
    )


def _fields(asked: Asked, wanted: Mapping[str, Any]) -> bool:
    body = asked.decoded()
    return body is not None and all(
        any(_value_is(value_at(body, place), test) for place in places(body, pointer))
        for pointer, test in wanted.items()
    )


_REQUEST_TESTS: Mapping[str, Callable[[Asked, Any], bool]] = {
    "method": lambda asked, wanted: asked.method == wanted,
    "path": lambda asked, wanted: re.search(wanted, asked.path) is not None,
    "query": lambda asked, wanted: re.search(wanted, asked.query) is not None,
    "media_type": lambda asked, wanted: asked.media_type == wanted,
    "content_type": lambda asked, wanted: re.search(wanted, asked.content_type) is not None,
    "header": _headers,
    "readable": lambda asked, wanted: (asked.decoded() is not None) == wanted,
    "empty": lambda asked, wanted: (not asked.body) == wanted,
    "fields": _fields,
}


def _value_is(value: Any, test: Any) -> bool:
    if not isinstance(test, dict):
        return value is not ABSENT and value == test and type(value) is type(test)
    return all(_VALUE_TESTS[name](value, wanted) for name, wanted in test.items())


def _number(value: Any) -> float | None:
    """A value as a number, also where it stands in a form."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return float(value) if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value) else None


def _compares(value: Any, than: float, *, above: bool) -> bool:
    number = _number(value)
    return number is not None and (number > than if above else number < than)


def _units(value: Any, most: int, encoding: str, width: int) -> bool:
    return isinstance(value, str) and len(value.encode(encoding, "surrogatepass")) // width > most


def _found(value: Any, pattern: re.Pattern[str] | str, *, wanted: bool = True) -> bool:
    return (isinstance(value, str) and re.search(pattern, value) is not None) == wanted


def _sides(value: Any) -> list[int]:
    found = re.fullmatch(r"([0-9]+)\*([0-9]+)", value) if isinstance(value, str) else None
    return [int(side) for side in found.groups()] if found else []


def _is_upright(value: Any) -> bool:
    """Whether an image, a PNG file or its base64 text, is higher than wide."""
    try:
        data = value.data if isinstance(value, File) else base64.b64decode(str(value))
    except ValueError:
        return False
    width, height = (int.from_bytes(data[start : start + 4]) for start in (16, 20))
    return data.startswith(_IMAGES[0]) and height > width


_VALUE_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, wanted: _TYPES[wanted](value),
    "is_not": lambda value, wanted: value is not ABSENT and not _TYPES[wanted](value),
    "present": lambda value, wanted: (value is not ABSENT) == wanted,
    "above": lambda value, than: _compares(value, than, above=True),
    "below": lambda value, than: _compares(value, than, above=False),
    "one_of": lambda value, wanted: any(value == each and type(value) is type(each) for each in wanted),
    "one_of_or_absent": lambda value, wanted: value is ABSENT or value in wanted,
    "longer": lambda value, most: isinstance(value, str | list) and len(value) > most,
    "more_bytes": lambda value, most: _units(value, most, "utf-8", 1),
    "more_utf16_units": lambda value, most: _units(value, most, "utf-16-le", 2),
    "matches": _found,
    "astral": lambda value, wanted: _found(value, _ASTRAL, wanted=wanted),
    "chinese": lambda value, wanted: _found(value, _CHINESE, wanted=wanted),
    "side_above": lambda value, most: any(side > most for side in _sides(value)),
    "side_below": lambda value, least: any(side < least for side in _sides(value)),
    "side_not_of": lambda value, step: any(side % step for side in _sides(value)),
    "oblong": lambda value, wanted: bool(_sides(value)) and (len(set(_sides(value))) > 1) == wanted,
    "image": lambda value, wanted: isinstance(value, File) and value.data.startswith(_IMAGES) == wanted,
    "upright": lambda value, wanted: _is_upright(value) == wanted,
    "file_above": lambda value, most: isinstance(value, File) and len(value.data) > most,
}
