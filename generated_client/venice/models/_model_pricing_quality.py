"""The answer model `ModelPricingQuality`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, rest
from ._quality_prices import QualityPrices


@define(kw_only=True)
class ModelPricingQuality(Answer):
    """By resolution tier, the price of each quality tier."""

    additional_properties: dict[str, QualityPrices] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ModelPricingQuality from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            additional_properties=rest(data, reader=QualityPrices.from_dict),
        )

    def __getitem__(self, name: str) -> QualityPrices:
        return self.additional_properties[name]
