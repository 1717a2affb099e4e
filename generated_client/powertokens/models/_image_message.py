"""The request model `ImageMessage`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from ._image_content import ImageContent
from ._image_message_role import ImageMessageRole


@frozen(kw_only=True)
class ImageMessage(Request):
    """A message of the user, made of images and texts.

    Attributes:
        role: Who speaks.
        content: The images, in order, and the texts.
        additional_properties: Fields that the API doesn't document, sent as they are.
    """

    role: ImageMessageRole
    content: Sequence[ImageContent | Mapping[str, Any]]
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
