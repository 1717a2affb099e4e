"""The request model `TextContent`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request


@frozen(kw_only=True)
class TextContent(Request):
    """A text.

    Attributes:
        text: The content, style and composition wanted.
        additional_properties: Fields that the API doesn't document, sent as they are.
    """

    text: str
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
