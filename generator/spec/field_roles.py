"""What a request's fields ask for, told by ``x-role``, so that nobody has to know a field by its name."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.model import Json

ITEMS: Final = "[]"
"""Stands in a path for any item of an array."""


class Role(StrEnum):
    """What a field of a request asks for."""

    MODEL = "model"
    """Which model."""
    PROMPT = "prompt"
    """What the image shows; several texts make one prompt."""
    NEGATIVE_PROMPT = "negative-prompt"
    """What the image doesn't show."""
    COUNT = "count"
    """How many images."""
    SIZE = "size"
    """Which size, as ``W*H`` or as a tier."""
    TIER = "tier"
    """Which size, as a tier alone."""
    RATIO = "ratio"
    """Which ratio, as ``W:H``; another word leaves it to the input image."""
    FORMAT = "format"
    """Which file format."""
    DELIVERY = "delivery"
    """Whether the images come as links or as data: the name of the property that then holds them."""
    SEED = "seed"
    """The random seed."""
    SEQUENTIAL = "sequential"
    """Whether the images show one scene."""
    REWRITE = "rewrite"
    """Whether the prompt is rewritten first."""
    THINKING = "thinking"
    """Whether the model reasons first."""
    WATERMARK = "watermark"
    """Whether the image carries a watermark."""
    QUALITY = "quality"
    """How much is spent on the image."""
    SAFE_MODE = "safe-mode"
    """Whether images that offend are blurred."""
    BOXES = "boxes"
    """The regions to edit: per input image a list of boxes, each left, top, right, bottom."""
    PALETTE = "palette"
    """The colours that prevail: a list of objects."""
    COLOUR = "colour"
    """In a palette's item: the colour, as ``#`` and six hexadecimal digits."""
    SHARE = "share"
    """In a palette's item: its share, in percent."""


_TYPES: Final[Mapping[Role, str]] = {
    Role.COUNT: "integer",
    Role.SEED: "integer",
    Role.SEQUENTIAL: "boolean",
    Role.REWRITE: "boolean",
    Role.THINKING: "boolean",
    Role.WATERMARK: "boolean",
    Role.SAFE_MODE: "boolean",
    Role.BOXES: "array",
    Role.PALETTE: "array",
}

IN_PALETTE: Final = frozenset((Role.COLOUR, Role.SHARE))
"""The roles of what is in a palette's items. All others but the prompt stand at the top of a request shape."""


def wanted_type(role: Role) -> str:
    """The JSON type of a field's values, by its role."""
    return _TYPES.get(role, "string")


def field_of(schema: Mapping[str, Json], role: Role) -> str | None:
    """The name of the property, at the top of a resolved schema, that has a role; None if none has."""
    return next((name for name, prop in schema.get("properties", {}).items() if prop.get("x-role") == role), None)


def paths_of(schema: Mapping[str, Json], role: Role) -> Iterator[tuple[str, ...]]:
    """The paths of all fields of a resolved schema that have a role: ("input", "messages", "[]", "text")."""
    yield from (path for path, prop in fields_below(schema) if prop.get("x-role") == role)


def fields_below(schema: Mapping[str, Json]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Json]]]:
    """Every field of a resolved schema, and every item of a field, with its path and its own schema."""
    below = dict(schema.get("properties", {}))
    if isinstance(items := schema.get("items"), dict):
        below[ITEMS] = items
    for name, child in below.items():
        if isinstance(child, dict):
            yield (name,), child
            yield from (((name, *path), prop) for path, prop in fields_below(child))
