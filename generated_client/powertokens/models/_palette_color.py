"""The request model `PaletteColor`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request


@frozen(kw_only=True)
class PaletteColor(Request):
    """A colour and its share of the image.

    Attributes:
        hex: The colour, as `#` and its red, green and blue in hexadecimal digits.
        ratio: The colour's share of the image, in percent.
        additional_properties: Fields that the API doesn't document, sent as they are.
    """

    hex: str
    ratio: str
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
