"""The request model `ImageInput`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from ._image_message import ImageMessage


@frozen(kw_only=True)
class ImageInput(Request):
    """The message that carries the images and says what to do with them.

    Attributes:
        messages: Exactly one message.
        additional_properties: Fields that the API doesn't document, sent as they are.
    """

    messages: Sequence[ImageMessage | Mapping[str, Any]]
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
