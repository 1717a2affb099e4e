"""Takes the price of a call from the balance of who calls, and says as documented how to pay where it is too small."""

from __future__ import annotations

import base64
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from attrs import field, frozen

from generator.mock.accounts.balances import InsufficientBalanceError, shown
from generator.mock.judging.errors import RefusalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.mock.accounts.balances import Account, Balances
    from generator.mock.answering.catalogue import Catalogue
    from generator.mock.requests.wishes import Wish
    from generator.spec.model import Contract, Json, Operation

PAYMENT_REQUIRED: Final = 402
"""The HTTP status. Operations that document it cost money."""

HEADER: Final = "PAYMENT-REQUIRED"
"""The header that tells x402 clients the terms: base64 of a JSON object."""

# Terms like a gateway's, and such that a client that pays on its own loses nothing: the token has no worth, since its
# network is for tests, and nobody has the receiver's key.
_NETWORK: Final = "eip155:84532"  # Base Sepolia
_CHAIN: Final = "base-sepolia"
_COIN: Final = "0x036CbD53842c5426634e7929541eC2318f3dCF7e"
_COIN_NAME: Final = "USDC"
_COIN_DECIMALS: Final = 6
_RECEIVER: Final = "0x000000000000000000000000000000000000dEaD"
_SIGN_IN: Final = "Sign in with the wallet: send a new proof in the SIGN-IN-WITH-X header."
_SECONDS_TO_PAY: Final = 300
_LEAST_TOP_UP: Final = Decimal(5)  # US dollars
_SUGGESTED_TOP_UP: Final = Decimal(10)  # US dollars


@frozen
class Charge:
    """The price of a call, taken.

    Attributes:
        remaining: What the account held afterwards, in US dollars.
    """

    remaining: Decimal
    _usd: Decimal
    _account: Account
    _balances: Balances

    def give_back(self) -> None:
        """Pay it back, because nothing came of the call."""
        self._balances.pay_in(self._account, self._usd)


@frozen
class Cashier:
    """Takes the price of an operation's calls.

    Attributes:
        takes_wallets: Whether callers can sign in with a wallet, so that one without credentials is told the terms.
    """

    takes_wallets: bool
    _catalogue: Catalogue = field(repr=False)
    _balances: Balances = field(repr=False)

    @classmethod
    def of(cls, contract: Contract, operation: Operation, catalogue: Catalogue, balances: Balances) -> Cashier | None:
        """The cashier of an operation; None for one that documents no 402, and so costs nothing."""
        if not any(answer.status == str(PAYMENT_REQUIRED) for answer in operation.answers):
            return None
        schemes = [contract.security_schemes[name] for names in operation.security for name in names]
        return cls(any(scheme.credential == "wallet" for scheme in schemes), catalogue, balances)

    def charge(self, account: Account, wish: Wish, url: str) -> Charge:
        """Take the price of what is asked for.

        Args:
            account: Who pays.
            wish: What is asked for.
            url: What was called.

        Raises:
            RefusalError: Status 402, where the account holds less. Nothing is taken then.
        """
        price = self._catalogue.price(wish.model, wish.tier, wish.quality) * len(wish.recipes)
        try:
            return Charge(self._balances.draw(account, price), price, account, self._balances)
        except InsufficientBalanceError as error:
            place = f"{_origin(url)}/_mock/balance"
            message = (
                f"The balance is {shown(error.held)} US dollars, and this call costs {shown(price)}. Top it up: POST "
                f'{{"{account.kind}": "{account.name}", "usd": "10.00"}} to {place}, or in a test '
                f'balances.top_up("10.00", {account.kind}="{account.name}").'
            )
            raise payment_required(
                message, "insufficient balance", url, held=error.held, needed=price, account=account
            ) from None

    def terms(self, url: str, message: str, rules: Sequence[str]) -> RefusalError:
        """What is answered to a caller that shows no credential: the terms, by which x402 clients learn how to pay.

        Args:
            url: What was called.
            message: Says which credentials there are.
            rules: The ids of the rules that ask for one.
        """
        price = self._catalogue.price("", "", "")
        return payment_required(message, "no credential", url, held=Decimal(0), needed=price, rules=rules)


def payment_required(
    message: str,
    reason: str,
    url: str,
    *,
    held: Decimal,
    needed: Decimal,
    rules: Sequence[str] = (),
    account: Account | None = None,
) -> RefusalError:
    """The refusal of a call that isn't paid.

    Args:
        message: What is wrong and what to do about it.
        reason: The same in two words.
        url: What was called.
        held: The balance, in US dollars.
        needed: What the call costs, in US dollars.
        rules: The ids of the rules that the request breaks.
        account: Whose balance is too small; None where nobody says who pays.
    """
    top_up = max(_SUGGESTED_TOP_UP, needed)
    fields: dict[str, Json] = {
        "error": "Payment required",
        "code": "PAYMENT_REQUIRED",
        "reason": reason,
        "message": message,
        "currentBalanceUsd": float(held),
        "minimumBalanceUsd": float(needed),
        "suggestedTopUpUsd": float(top_up),
        "supportedTokens": [_COIN_NAME],
        "supportedChains": [_CHAIN],
        "topUpInstructions": _instructions(url, account),
    }
    headers = {HEADER: _header(url, top_up)}
    return RefusalError(PAYMENT_REQUIRED, message, rules=rules, fields=fields, headers=headers)


def unpaid(message: str) -> RefusalError:
    """The same of a call that nothing is known of."""
    return payment_required(message, "insufficient balance", "", held=Decimal(0), needed=_LEAST_TOP_UP)


def _origin(url: str) -> str:
    """Scheme and host of a URL; "" of none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _instructions(url: str, account: Account | None) -> dict[str, Json]:
    payer = f'"{account.kind}": "{account.name}"' if account else '"wallet": "0x…"'
    again = "Use the same key." if account and account.kind == "key" else _SIGN_IN
    return {
        "step1": f'POST {{{payer}, "usd": "10.00"}} to {_origin(url)}/_mock/balance. No money is moved.',
        "step2": again,
        "step3": "Send the request again.",
        "receiverWallet": _RECEIVER,
        "tokenAddress": _COIN,
        "tokenDecimals": _COIN_DECIMALS,
        "network": _NETWORK,
        "minimumAmountUsd": float(_LEAST_TOP_UP),
    }


def _header(url: str, top_up: Decimal) -> str:
    """The terms as version 2 of x402 has them."""
    terms = {
        "x402Version": 2,
        "error": "Payment required",
        "resource": {"url": url, "description": "A call of this mock", "mimeType": ""},
        "accepts": [
            {
                "scheme": "exact",
                "network": _NETWORK,
                "amount": str(int(top_up * 10**_COIN_DECIMALS)),
                "asset": _COIN,
                "payTo": _RECEIVER,
                "maxTimeoutSeconds": _SECONDS_TO_PAY,
                "extra": {"name": _COIN_NAME, "version": "2"},
            }
        ],
    }
    return base64.b64encode(json.dumps(terms, separators=(",", ":")).encode()).decode()
