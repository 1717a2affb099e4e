"""Values for the fields that go upstream: telling ones, and those that a careless gateway takes for absent."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from generator.spec.boundary import sample
from generator.spec.boundary.images import as_form, usual_form
from generator.spec.boundary.png import png
from generator.spec.boundary.samples import samples
from generator.spec.boundary.steps import Each, schema_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec import Json

_NUMBERS = (4711, 2, 3, 4, 5, 1)
"""To take for a number, the first that fits: the first is nobody's default."""
_FREE = {"conformance": {"kept": False, "count": 0, "words": "as they are"}}
"""For an object whose keys are free."""
_WORDS = "Mist over the harbour, 水"
_SIDE, _STEP = 512, 16
"""Pixels of the first image's width, and how much wider each further one is, so that their order can be told."""
_SEVERAL = 2


def telling(schema: Mapping[str, Json]) -> Iterator[Json]:
    """Values of a field that are not what a gateway takes for an absent one; the most telling first.

    Args:
        schema: The field's resolved schema. Whether a value keeps all of its rules is for the caller to see.
    """
    merged = schema_at(schema, ())
    kind = _type(merged)
    told = [value for value in samples(merged) if "default" not in merged or value != merged["default"]]
    if kind == "boolean":
        yield True
    elif kind in {"integer", "number"}:
        yield from (value for value in (*_NUMBERS, merged.get("maximum")) if value not in (None, merged.get("default")))
    elif "x-image" in merged or is_image_list(merged):
        yield _image_list(merged)
    elif told:
        yield from told
    elif kind == "object" and not merged.get("properties"):
        yield _FREE
    elif kind == "string" and "enum" not in merged and "pattern" not in merged:
        yield _WORDS[: merged.get("maxLength", len(_WORDS))]
    else:
        yield sample(merged)


def empty(schema: Mapping[str, Json]) -> Iterator[Json]:
    """The values of a field that mean something, but are false or zero."""
    kind = _type(schema_at(schema, ()))
    if kind == "boolean":
        yield False
    elif kind in {"integer", "number"}:
        yield 0


def is_image_list(schema: Mapping[str, Json]) -> bool:
    """Whether a field takes several images."""
    return "x-image" in schema_at(schema, (Each.ITEM,))


def with_images_apart(value: Json, schema: Mapping[str, Json]) -> Json:
    """A copy of a value in which each image is another, so that their order can be told.

    Args:
        value: The value.
        schema: Its resolved schema.
    """
    return _apart(value, schema, count())


def _apart(value: Json, schema: Mapping[str, Json], numbers: Iterator[int]) -> Json:
    merged = schema_at(schema, ())
    if "x-image" in merged and isinstance(value, str | bytes):
        return _image(merged["x-image"], next(numbers), value)
    if isinstance(value, list):
        return [_apart(item, schema_at(merged, (Each.ITEM,)), numbers) for item in value]
    if isinstance(value, dict):
        return {name: _apart(item, schema_at(merged, (name,)), numbers) for name, item in value.items()}
    return value


def _image_list(merged: Mapping[str, Json]) -> Json:
    """As many images as show an order; one where the field takes no list."""
    limits = merged.get("items", {}).get("x-image")
    if limits is None:
        return sample(merged)
    one = sample(merged["items"])
    return [_image(limits, index, one) for index in range(_SEVERAL)]


def _image(limits: Mapping[str, Json], number: int, otherwise: Json) -> Json:
    """An image of its own size, if the limits leave room for it and it needs no server to fetch it from."""
    width = _SIDE + _STEP * number
    fits = limits.get("minPixels", 0) <= width * _SIDE <= limits.get("maxPixels", width * _SIDE)
    form = usual_form(limits)
    return as_form(png(width, _SIDE), form) if fits and form != "url" else otherwise


def _type(merged: Mapping[str, Json]) -> str:
    stated = merged.get("type", "")
    return stated if isinstance(stated, str) else str(next(iter(stated), ""))
