"""Values that may keep the schema of a text, a number or a truth value; and whether they do."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import jsonschema_rs

from generator.spec.boundary.patterns import matching

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec import Json

_LONGEST: Final = 10_000
"""Of how many characters a text is at most."""
_FORMATS: Final[Mapping[str, str]] = {
    "date-time": "2026-01-02T03:04:05Z",
    "date": "2026-01-02",
    "time": "03:04:05Z",
    "duration": "P1D",
    "uuid": "8c6ef0f4-3f3f-4b3e-8a56-9f5f3a1f3f10",
    "email": "sample@example.com",
    "uri": "https://example.com/sample",
    "url": "https://example.com/sample",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "c2FtcGxl",
    "base64": "c2FtcGxl",
}
_OF_SCALARS: Final = frozenset(
    (
        *("type", "enum", "const", "minLength", "maxLength", "pattern"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    )
)


class NoSampleError(Exception):
    """No value was found that keeps a schema."""


def scalars(schema: Mapping[str, Json], kinds: list[str]) -> Iterator[Json]:
    """Values that may keep a schema, the likeliest first.

    Args:
        schema: The schema.
        kinds: The JSON types that it allows.

    Raises:
        NoSampleError: They would be too large to be written down.
    """
    for kind in kinds:
        match kind:
            case "string":
                yield from _texts(schema)
            case "integer" | "number":
                yield from _numbers(schema, kind)
            case "boolean":
                yield True
            case "null":
                yield None
    yield from (schema[key] for key in ("default",) if key in schema)


def is_valid(value: Json, schema: Mapping[str, Json]) -> bool:
    """Whether a value keeps what a schema states of scalars.

    Args:
        value: The value.
        schema: The schema.
    """
    stated = {key: part for key, part in schema.items() if key in _OF_SCALARS}
    try:
        return bool(jsonschema_rs.is_valid(stated, value))
    except ValueError:  # a pattern that this library can't read; no client holds it either
        stated.pop("pattern", None)
        return bool(jsonschema_rs.is_valid(stated, value))


def check_size(least: float, most: int) -> None:
    """Raise NoSampleError if what a schema asks for is too large.

    Args:
        least: How many characters or items it asks for.
        most: How many are written down at most.
    """
    if least > most:
        raise NoSampleError("what it asks for is too large to be written down")


def _texts(schema: Mapping[str, Json]) -> Iterator[str]:
    yield from schema.get("x-known-values", ())[:1]
    if schema.get("format") in _FORMATS:
        yield _FORMATS[schema["format"]]
    if "pattern" in schema:
        yield from matching(schema["pattern"])
        yield from _repeated(schema)
    least, most = schema.get("minLength", 0), schema.get("maxLength", 4)
    check_size(least, _LONGEST)
    yield ("text" * (least // 4 + 1))[: max(least, min(4, most))]
    yield from ("1", "a", "A", "sample-1", "#000000", "2026-01-02", "en", "EUR", "+15550100", "0x0")


def _repeated(schema: Mapping[str, Json]) -> Iterator[str]:
    """Texts for patterns of one class of characters, in the lengths that the schema allows."""
    lengths = {
        schema.get("minLength", 1),
        schema.get("maxLength", 1),
        *map(int, re.findall(r"\{(\d{1,3})", schema["pattern"])),
    }
    for length in sorted(each for each in lengths if each <= _LONGEST):
        for sign in ("a", "A", "1", "f"):
            yield sign * length


def _numbers(schema: Mapping[str, Json], kind: str) -> Iterator[int | float]:
    step = schema.get("multipleOf")
    low, high = (
        schema.get("minimum", schema.get("exclusiveMinimum")),
        schema.get("maximum", schema.get("exclusiveMaximum")),
    )
    yield from ([1.5, 1] if kind == "number" else [1])
    for bound in (low, high):
        if bound is None:
            continue
        if step and math.isfinite(bound / step):  # steps too small to be counted are none
            yield math.ceil(bound / step) * step
            yield (math.floor(bound / step) - 1) * step
            yield (math.floor(bound / step) + 1) * step
        whole = math.ceil(bound)
        yield from (whole, whole + 1, whole - 1)
        if kind == "number":
            yield from (bound, bound + 0.5, bound - 0.5)
    if low is not None and high is not None and kind == "number":
        yield (low + high) / 2
    if step:
        yield step
    yield 0
