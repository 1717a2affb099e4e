"""The answer model `ModelPricing`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, optional, rest
from ._model_pricing_quality import ModelPricingQuality
from ._price import Price


@define(kw_only=True)
class ModelPricing(Answer):
    """Model pricing.

    A model's prices.

    Attributes:
        inpaint: A price.
        quality: By resolution tier, the price of each quality tier.
        additional_properties: What the answer holds besides.
    """

    inpaint: Price | None = None
    quality: ModelPricingQuality | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ModelPricing from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            inpaint=optional(data, "inpaint", Price.from_dict),
            quality=optional(data, "quality", ModelPricingQuality.from_dict),
            additional_properties=rest(data, "inpaint", "quality"),
        )
