"""The answer model `Error`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, required, rest, string


@define(kw_only=True)
class Error(Answer):
    """Error.

    What went wrong.

    Attributes:
        error: For people to read.
        additional_properties: What the answer holds besides.
    """

    error: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read Error from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            error=required(data, "error", string),
            additional_properties=rest(data, "error"),
        )
