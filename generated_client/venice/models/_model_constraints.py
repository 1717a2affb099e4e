"""The answer model `ModelConstraints`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import (
    Answer,
    integer,
    list_of,
    optional,
    rest,
    string,
)


@define(kw_only=True)
class ModelConstraints(Answer):
    """Model constraints.

    A model's limits.

    Attributes:
        aspect_ratios: The aspect ratios that the model knows.
        prompt_character_limit: The longest prompt, in characters.
        resolutions: The resolution tiers that the model knows.
        qualities: The quality tiers that the model knows.
        additional_properties: What the answer holds besides.
    """

    aspect_ratios: list[str] | None = field(default=None, metadata={"name": "aspectRatios"})
    prompt_character_limit: int | None = field(default=None, metadata={"name": "promptCharacterLimit"})
    resolutions: list[str] | None = None
    qualities: list[str] | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ModelConstraints from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            aspect_ratios=optional(data, "aspectRatios", list_of(string)),
            prompt_character_limit=optional(data, "promptCharacterLimit", integer),
            resolutions=optional(data, "resolutions", list_of(string)),
            qualities=optional(data, "qualities", list_of(string)),
            additional_properties=rest(data, "aspectRatios", "promptCharacterLimit", "resolutions", "qualities"),
        )
