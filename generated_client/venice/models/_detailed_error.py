"""The answer model `DetailedError`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, mapping, optional, required, rest, string


@define(kw_only=True)
class DetailedError(Answer):
    """Detailed error.

    What is wrong with the request.

    Attributes:
        error: For people to read.
        details: What is wrong, field by field.
        additional_properties: What the answer holds besides.
    """

    error: str
    details: dict[str, Any] | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read DetailedError from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            error=required(data, "error", string),
            details=optional(data, "details", mapping),
            additional_properties=rest(data, "error", "details"),
        )
