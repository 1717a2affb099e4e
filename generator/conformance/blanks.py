"""Fields that a form leaves blank. Many servers take them as left out, as browsers send whatever isn't filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec import Json, Shape


def is_left_blank(shape: Shape, body: Mapping[str, Json], name: str) -> bool:
    """Whether a form has a field that is an empty text and might as well not be there.

    Args:
        shape: The request shape.
        body: The body.
        name: The field's name.
    """
    return shape.is_multipart and body.get(name) == "" and name not in shape.schema.get("required", ())
