"""The answer model `ModelList`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, list_of, optional, rest, string
from ._listed_model import ListedModel


@define(kw_only=True)
class ModelList(Answer):
    """Model list.

    The models.

    Attributes:
        object: Always `list`.
        type: The type that was asked for.
        data: The models.
        additional_properties: What the answer holds besides.
    """

    object: str | None = None
    type: str | None = None
    data: list[ListedModel] | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ModelList from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            object=optional(data, "object", string),
            type=optional(data, "type", string),
            data=optional(data, "data", list_of(ListedModel.from_dict)),
            additional_properties=rest(data, "object", "type", "data"),
        )
