"""The request model `ImageContent`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from .._runtime.types import UNSET, FileInput, Unset


@frozen(kw_only=True)
class ImageContent(Request):
    """An image or a text.

    Attributes:
        image: The image.
        text: What to do with the images.
        additional_properties: Fields that the API doesn't document, sent as they are.
    """

    image: str | FileInput | Unset = UNSET
    text: str | Unset = UNSET
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
