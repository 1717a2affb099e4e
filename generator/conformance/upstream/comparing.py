"""Whether what arrived upstream is what was sent."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from generator.conformance.pictures import read_picture
from generator.conformance.upstream.mapping import NEXT, found_at
from generator.spec.boundary.steps import Each, schema_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.conformance.upstream.mapping import Field
    from generator.spec import Json


def arrived(field: Field, sent: Json, request: Json) -> bool | None:
    """Whether a field arrived as it was sent.

    Args:
        field: The field.
        sent: What was sent.
        request: The request that arrived upstream.

    Returns:
        None if that can't be told: the gateway may keep an image elsewhere and send a link to it on.
    """
    found = found_at(request, field.target)
    if not field.spreads:
        return len(found) == 1 and _same(sent, found[0], field.schema)
    values = sent if isinstance(sent, list) else [sent]
    schema = schema_at(field.schema, (Each.ITEM,)) if isinstance(sent, list) else field.schema
    return len(found) == len(values) and _all(
        _same(one, other, schema) for one, other in zip(values, found, strict=True)
    )


def same_json(one: Json, other: Json) -> bool:
    """Whether two values are the same JSON: ``true`` is not 1, but 1.0 is."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same_json(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_json(value, other[key]) for key, value in one.items())
    return type(one) is type(other) and bool(one == other)


def same_image(sent: bytes, came: bytes) -> bool:
    """Whether two files are the same image, as far as their sizes tell: it may have been written anew."""
    if sent == came:
        return True
    one, other = read_picture(sent), read_picture(came)
    return one is not None and other is not None and (one.width, one.height) == (other.width, other.height)


def image_data(value: Json) -> bytes | None:
    """The image that a value is, as base64 data or a data URI; None for a link or anything else."""
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        return None
    text = value.partition(",")[2] if value.startswith("data:") else value
    try:
        return base64.b64decode("".join(text.split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def place_of(field: Field) -> str:
    """A field's place upstream, as a JSON Pointer."""
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in field.target).removesuffix(f"/{NEXT}")


def _same(sent: Json, came: Json, schema: Mapping[str, Json]) -> bool | None:
    """Whether a value holds what was sent; an object may hold more, for others may have been merged into it."""
    merged = schema_at(schema, ())
    if "x-image" in merged and isinstance(sent, str | bytes):
        return _same_picture(sent, came)
    if isinstance(sent, dict):
        if not isinstance(came, dict) or not sent.keys() <= came.keys():
            return False
        return _all(_same(value, came[name], schema_at(merged, (name,))) for name, value in sent.items())
    if isinstance(sent, list):
        if not isinstance(came, list) or len(sent) != len(came):
            return False
        below = schema_at(merged, (Each.ITEM,))
        return _all(_same(one, other, below) for one, other in zip(sent, came, strict=True))
    return same_json(sent, came)


def _same_picture(sent: Json, came: Json) -> bool | None:
    if same_json(sent, came):
        return True
    data, other = image_data(sent), image_data(came)
    if data is not None and other is not None:
        return same_image(data, other)
    return None if isinstance(came, str) and came else False


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    found = list(verdicts)
    return False if False in found else None if None in found else True
