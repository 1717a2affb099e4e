"""The request model `TextInput`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from ._text_message import TextMessage


@frozen(kw_only=True)
class TextInput(Request):
    """The message that describes the image.

    Attributes:
        messages: Exactly one message.
        additional_properties: Fields that the API doesn't document, sent as they are.
    """

    messages: Sequence[TextMessage | Mapping[str, Any]]
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
