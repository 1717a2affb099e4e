"""The answer model `QualityPrices`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, optional, rest
from ._price import Price


@define(kw_only=True)
class QualityPrices(Answer):
    """Quality prices.

    The price of each quality tier.

    Attributes:
        low: A price.
        medium: A price.
        high: A price.
        additional_properties: What the answer holds besides.
    """

    low: Price | None = None
    medium: Price | None = None
    high: Price | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read QualityPrices from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            low=optional(data, "low", Price.from_dict),
            medium=optional(data, "medium", Price.from_dict),
            high=optional(data, "high", Price.from_dict),
            additional_properties=rest(data, "low", "medium", "high"),
        )
