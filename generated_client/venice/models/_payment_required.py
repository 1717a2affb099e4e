"""The answer model `PaymentRequired`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, list_of, number, optional, required, rest, string
from ._top_up_instructions import TopUpInstructions


@define(kw_only=True)
class PaymentRequired(Answer):
    """Payment required.

    The balance is too small; how to top it up.

    Attributes:
        error: For people to read.
        code: The error's stable name, `PAYMENT_REQUIRED`.
        reason: Why payment is asked for.
        message: For people to read, at length.
        current_balance_usd: The balance, in US dollars.
        minimum_balance_usd: The balance that the call needs, in US dollars.
        suggested_top_up_usd: What to pay in, in US dollars.
        supported_tokens: The tokens that can be paid in.
        supported_chains: The chains that can be paid on.
        top_up_instructions: How to top up the balance.
        additional_properties: What the answer holds besides.
    """

    error: str | None = None
    code: str | None = None
    reason: str | None = None
    message: str | None = None
    current_balance_usd: float | None = field(default=None, metadata={"name": "currentBalanceUsd"})
    minimum_balance_usd: float | None = field(default=None, metadata={"name": "minimumBalanceUsd"})
    suggested_top_up_usd: float | None = field(default=None, metadata={"name": "suggestedTopUpUsd"})
    supported_tokens: list[str] | None = field(default=None, metadata={"name": "supportedTokens"})
    supported_chains: list[str] | None = field(default=None, metadata={"name": "supportedChains"})
    top_up_instructions: TopUpInstructions = field(metadata={"name": "topUpInstructions"})
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read PaymentRequired from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            error=optional(data, "error", string),
            code=optional(data, "code", string),
            reason=optional(data, "reason", string),
            message=optional(data, "message", string),
            current_balance_usd=optional(data, "currentBalanceUsd", number),
            minimum_balance_usd=optional(data, "minimumBalanceUsd", number),
            suggested_top_up_usd=optional(data, "suggestedTopUpUsd", number),
            supported_tokens=optional(data, "supportedTokens", list_of(string)),
            supported_chains=optional(data, "supportedChains", list_of(string)),
            top_up_instructions=required(data, "topUpInstructions", TopUpInstructions.from_dict),
            additional_properties=rest(
                data,
                "error",
                "code",
                "reason",
                "message",
                "currentBalanceUsd",
                "minimumBalanceUsd",
                "suggestedTopUpUsd",
                "supportedTokens",
                "supportedChains",
                "topUpInstructions",
            ),
        )
