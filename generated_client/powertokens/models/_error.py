"""The answer model `Error`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, required, rest
from ._error_detail import ErrorDetail


@define(kw_only=True)
class Error(Answer):
    """Error.

    What went wrong. Only the message is sure to be there.

    Attributes:
        error: What went wrong.
        additional_properties: What the answer holds besides.
    """

    error: ErrorDetail
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read Error from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            error=required(data, "error", ErrorDetail.from_dict),
            additional_properties=rest(data, "error"),
        )
