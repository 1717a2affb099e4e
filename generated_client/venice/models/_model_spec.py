"""The answer model `ModelSpec`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, optional, rest
from ._model_constraints import ModelConstraints
from ._model_pricing import ModelPricing


@define(kw_only=True)
class ModelSpec(Answer):
    """Model spec.

    A model's limits and prices.

    Attributes:
        constraints: A model's limits.
        pricing: A model's prices.
        additional_properties: What the answer holds besides.
    """

    constraints: ModelConstraints | None = None
    pricing: ModelPricing | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ModelSpec from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            constraints=optional(data, "constraints", ModelConstraints.from_dict),
            pricing=optional(data, "pricing", ModelPricing.from_dict),
            additional_properties=rest(data, "constraints", "pricing"),
        )
