"""The answer model `Price`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, number, optional, rest


@define(kw_only=True)
class Price(Answer):
    """Price.

    A price.

    Attributes:
        usd: In US dollars.
        additional_properties: What the answer holds besides.
    """

    usd: float | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read Price from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            usd=optional(data, "usd", number),
            additional_properties=rest(data, "usd"),
        )
