"""The answer model `ErrorDetail`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, optional, required, rest, string


@define(kw_only=True)
class ErrorDetail(Answer):
    """What went wrong.

    Attributes:
        message: For people to read. May end in the request id, in brackets.
        type: The kind of error.
        param: The field that is to blame.
        code: The error's stable name.
        additional_properties: What the answer holds besides.
    """

    message: str
    type: str | None = None
    param: str | None = None
    code: str | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ErrorDetail from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            message=required(data, "message", string),
            type=optional(data, "type", string),
            param=optional(data, "param", string),
            code=optional(data, "code", string),
            additional_properties=rest(data, "message", "type", "param", "code"),
        )
