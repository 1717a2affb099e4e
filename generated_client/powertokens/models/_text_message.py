"""The request model `TextMessage`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from ._text_content import TextContent
from ._text_message_role import TextMessageRole


@frozen(kw_only=True)
class TextMessage(Request):
    """A message of the user, made of one text.

    Attributes:
        role: Who speaks.
        content: Exactly one text.
        additional_properties: Fields that the API doesn't document, sent as they are.
    """

    role: TextMessageRole
    content: Sequence[TextContent | Mapping[str, Any]]
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
