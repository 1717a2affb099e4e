"""The answer model `TopUpInstructions`."""

from __future__ import annotations

from typing import Any, Self

from attrs import define, field

from .._runtime.reading import Answer, integer, number, optional, rest, string


@define(kw_only=True)
class TopUpInstructions(Answer):
    """Top-up instructions.

    How to top up the balance.

    Attributes:
        step1: The first thing to do.
        step2: The second thing to do.
        step3: The third thing to do.
        receiver_wallet: The wallet to pay to.
        token_address: The contract of the token to pay in.
        token_decimals: How many decimals that token has.
        network: The chain to pay on.
        minimum_amount_usd: The least that can be paid in, in US dollars.
        additional_properties: What the answer holds besides.
    """

    step1: str | None = None
    step2: str | None = None
    step3: str | None = None
    receiver_wallet: str | None = field(default=None, metadata={"name": "receiverWallet"})
    token_address: str | None = field(default=None, metadata={"name": "tokenAddress"})
    token_decimals: int | None = field(default=None, metadata={"name": "tokenDecimals"})
    network: str | None = None
    minimum_amount_usd: float | None = field(default=None, metadata={"name": "minimumAmountUsd"})
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read TopUpInstructions from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            step1=optional(data, "step1", string),
            step2=optional(data, "step2", string),
            step3=optional(data, "step3", string),
            receiver_wallet=optional(data, "receiverWallet", string),
            token_address=optional(data, "tokenAddress", string),
            token_decimals=optional(data, "tokenDecimals", integer),
            network=optional(data, "network", string),
            minimum_amount_usd=optional(data, "minimumAmountUsd", number),
            additional_properties=rest(
                data,
                "step1",
                "step2",
                "step3",
                "receiverWallet",
                "tokenAddress",
                "tokenDecimals",
                "network",
                "minimumAmountUsd",
            ),
        )
