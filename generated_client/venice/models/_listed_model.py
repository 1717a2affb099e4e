"""The answer model `ListedModel`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, optional, rest, string
from ._model_spec import ModelSpec


@define(kw_only=True)
class ListedModel(Answer):
    """Listed model.

    A model.

    Attributes:
        id: What to give as `model`.
        type: The model's type; `inpaint` for one that edits images.
        object: Always `model`.
        owned_by: Who runs the model.
        model_spec: A model's limits and prices.
        additional_properties: What the answer holds besides.
    """

    id: str | None = None
    type: str | None = None
    object: str | None = None
    owned_by: str | None = None
    model_spec: ModelSpec | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ListedModel from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            id=optional(data, "id", string),
            type=optional(data, "type", string),
            object=optional(data, "object", string),
            owned_by=optional(data, "owned_by", string),
            model_spec=optional(data, "model_spec", ModelSpec.from_dict),
            additional_properties=rest(data, "id", "type", "object", "owned_by", "model_spec"),
        )
