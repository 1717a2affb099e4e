"""The request model `Extra`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from .._runtime.types import UNSET, Unset


@frozen(kw_only=True)
class Extra(Request):
    """More for the model provider, merged into what the gateway makes of the other fields.

    Attributes:
        input: Merged into the upstream request's input.
        parameters: Merged into the upstream request's parameters.
        additional_properties: Fields that the API doesn't document, sent as they are.
    """

    input: Mapping[str, Any] | Unset = UNSET
    parameters: Mapping[str, Any] | Unset = UNSET
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
