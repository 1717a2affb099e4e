"""JSON Pointers into answers: whether a documented answer has such a place, and what is put there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.mock.faults.fault import FaultError
from generator.mock.requests.coercion import types_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.spec.model import Json

UNKNOWN: Final = "mock_unknown_value"
"""The text, and the name of a field, that nobody knows."""

_INDEX: Final = re.compile(r"0|[1-9][0-9]*")
_WORD: Final = re.compile(r"[a-z]+(?:_[a-z]+)*")
_BRANCHES: Final = ("anyOf", "oneOf", "allOf")
_LISTS: Final = ("enum", "x-known-values")


def leads_somewhere(schema: Mapping[str, Json], pointer: str) -> bool:
    """Whether a value that the schema describes can have such a place.

    Args:
        schema: A resolved schema.
        pointer: A JSON Pointer.
    """
    return _leads(schema, _parts(pointer))


def _leads(schema: Mapping[str, Json], parts: Sequence[str]) -> bool:
    if not parts:
        return True
    first, rest = parts[0], parts[1:]
    properties = schema.get("properties", {})
    if first in properties:
        return _leads(properties[first], rest)
    if _INDEX.fullmatch(first) and isinstance(schema.get("items"), dict):
        return _leads(schema["items"], rest)
    more = schema.get("additionalProperties", True)
    if isinstance(more, dict):
        return _leads(more, rest)
    # An object of which nothing is documented may have any field.
    if more and not properties and "object" in types_of(schema):
        return True
    return any(_leads(branch, parts) for name in _BRANCHES for branch in schema.get(name, ()))


def put(value: Json, pointer: str, content: Json) -> None:
    """Put something into an answer.

    Args:
        value: The answer; it is changed.
        pointer: Where.
        content: What.

    Raises:
        FaultError: The answer has no such place.
    """
    *parents, last = _parts(pointer)
    place = value
    try:
        for part in parents:
            place = place[int(part)] if isinstance(place, list) else place[part]
        if isinstance(place, list):
            place[int(last)] = content
        else:
            place[last] = content
    except (KeyError, IndexError, TypeError, ValueError):
        raise FaultError(f"set: the answer to this request has no place {pointer}") from None


def with_unknown_values(value: Json, schema: Mapping[str, Json], asked: Json, upstream: Json) -> Json:
    """The answer, with a value that nobody knows in place of every text of which only some are known.

    These are the texts whose values the schema lists and, as few answers are described that closely, those that are one
    lower-case word, such as "stop" or "list", and didn't come with the request.

    Args:
        value: The answer.
        schema: Its schema.
        asked: The request's body.
        upstream: The request to the model provider, which the answer may show, and which stays as it is.
    """
    own = set(_texts(asked))

    def changed(inner: Json, known: Mapping[str, Json]) -> Json:
        if upstream is not None and inner == upstream:
            return inner
        if isinstance(inner, dict):
            properties = known.get("properties", {})
            return {name: changed(item, properties.get(name, {})) for name, item in inner.items()}
        if isinstance(inner, list):
            return [changed(item, known.get("items", {})) for item in inner]
        if not isinstance(inner, str):
            return inner
        is_listed = any(name in known for name in _LISTS)
        return UNKNOWN if is_listed or (_WORD.fullmatch(inner) and inner not in own) else inner

    return changed(value, schema)


def with_unknown_fields(value: Json) -> Json:
    """The answer, with one more field in each of its objects."""
    if isinstance(value, dict):
        return {**{name: with_unknown_fields(inner) for name, inner in value.items()}, UNKNOWN: UNKNOWN}
    return [with_unknown_fields(inner) for inner in value] if isinstance(value, list) else value


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
