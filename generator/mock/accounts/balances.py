"""What each account holds: a wallet's or a key's prepaid balance, from which successful calls are paid."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.mock.control.control import Control

MOST: Final = Decimal(1_000_000_000)
"""The most that an account holds, in US dollars."""

_MICRO: Final = 1_000_000  # parts of a dollar; what is kept is a whole number of them
_CENT: Final = Decimal("0.01")
_MOST_CHARACTERS: Final = 40  # of an amount
_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]{40}")
_SHOWN_KEY: Final = re.compile(r"sha256:[0-9a-f]{12}")

# One statement, so that no other worker comes in between: an account that isn't there yet begins with the second
# parameter, and nothing changes where the third is more than it holds.
_DRAW: Final = (
    "INSERT INTO balances SELECT ?1, ?2 - ?3 WHERE ?2 >= ?3 OR EXISTS (SELECT 1 FROM balances WHERE account = ?1) "
    "ON CONFLICT(account) DO UPDATE SET amount = amount - ?3 WHERE amount >= ?3 RETURNING amount"
)
_ADD: Final = (
    "INSERT INTO balances VALUES(?1, ?2 + ?3) "
    "ON CONFLICT(account) DO UPDATE SET amount = min(amount + ?3, ?4) RETURNING amount"
)
_SET: Final = "INSERT INTO balances VALUES(?1, ?2) ON CONFLICT(account) DO UPDATE SET amount = excluded.amount"


class InvalidAmountError(ValueError):
    """This is no amount of US dollars that an account can hold; the message says why."""


class UnknownAccountError(ValueError):
    """There is no such account; the message says how to name one."""


class InsufficientBalanceError(Exception):
    """An account holds too little.

    Attributes:
        held: What it holds, in US dollars.
    """

    def __init__(self, held: Decimal) -> None:
        super().__init__(f"The account holds {held} US dollars.")
        self.held = held


@frozen
class Account:
    """Whose balance it is.

    Attributes:
        kind: "key" or "wallet".
        name: The wallet's address in lower case; of a key, the beginning of its SHA-256, since keys are secret.
    """

    kind: Literal["key", "wallet"]
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @classmethod
    def of_key(cls, key: str) -> Account:
        """The account of an API key, or of what is shown in place of one."""
        if _SHOWN_KEY.fullmatch(key):
            return cls("key", key)
        return cls("key", f"sha256:{hashlib.sha256(key.encode(errors='replace')).hexdigest()[:12]}")

    @classmethod
    def of_wallet(cls, address: str) -> Account:
        """The account of a wallet.

        Raises:
            UnknownAccountError: This is no address.
        """
        if not _ADDRESS.fullmatch(address):
            raise UnknownAccountError("A wallet is named by its address: 0x and 40 hexadecimal digits.")
        return cls("wallet", address.lower())


class Balances:
    """The balances, which all workers share. An account holds the start balance until something is drawn or set."""

    def __init__(self, control: Control, start: str, keys: Iterable[str] | None = None) -> None:
        """Prepare.

        Args:
            control: Where balances are kept.
            start: What an account holds at the beginning, in US dollars, as a decimal.
            keys: The keys that have accounts; None for any.

        Raises:
            InvalidAmountError: That is no amount.
        """
        self._control = control
        self._start = _micro(amount_of(start))
        self._keys = None if keys is None else frozenset(Account.of_key(key) for key in keys)

    @property
    def start(self) -> Decimal:
        """What an account holds at the beginning, in US dollars."""
        return _usd(self._start)

    def of(self, *, key: str | None = None, wallet: str | None = None) -> Decimal:
        """What an account holds, in US dollars; see `account_of` for the arguments."""
        return self.held(self._account(key, wallet))

    def set(self, usd: Decimal | float | str, *, key: str | None = None, wallet: str | None = None) -> Decimal:
        """Have an account hold so much; see `account_of` for the other arguments.

        Returns:
            What it holds now, in US dollars.

        Raises:
            InvalidAmountError: It can't hold that.
        """
        account, amount = self._account(key, wallet), amount_of(usd)
        self._control.rows(_SET, str(account), _micro(amount))
        return self.held(account)

    def top_up(self, usd: Decimal | float | str, *, key: str | None = None, wallet: str | None = None) -> Decimal:
        """Pay into an account; see `account_of` for the other arguments.

        Returns:
            What it holds now, in US dollars; at most `MOST`.

        Raises:
            InvalidAmountError: It can't hold that.
        """
        return self.pay_in(self._account(key, wallet), amount_of(usd))

    def held(self, account: Account) -> Decimal:
        """What an account holds, in US dollars."""
        rows = self._control.rows("SELECT amount FROM balances WHERE account = ?", str(account))
        return _usd(rows[0][0] if rows else self._start)

    def draw(self, account: Account, usd: Decimal) -> Decimal:
        """Take from an account.

        Args:
            account: The account.
            usd: How much, in US dollars.

        Returns:
            What it holds then, in US dollars.

        Raises:
            InsufficientBalanceError: It holds less, and still holds it.
        """
        rows = self._control.rows(_DRAW, str(account), self._start, _micro(usd))
        if not rows:
            raise InsufficientBalanceError(self.held(account))
        return _usd(rows[0][0])

    def pay_in(self, account: Account, usd: Decimal) -> Decimal:
        """Pay into an account; returns what it holds then, both in US dollars."""
        rows = self._control.rows(_ADD, str(account), self._start, _micro(usd), _micro(MOST))
        return _usd(rows[0][0])

    def all(self) -> dict[Account, Decimal]:
        """What the accounts hold, in US dollars; those that nothing was drawn from are left out."""
        rows = self._control.rows("SELECT account, amount FROM balances ORDER BY account")
        return {Account(*account.split(" ", 1)): _usd(amount) for account, amount in rows}

    def _account(self, key: str | None, wallet: str | None) -> Account:
        account = account_of(key=key, wallet=wallet)
        if account.kind == "key" and self._keys is not None and account not in self._keys:
            raise UnknownAccountError("The mock doesn't accept this key.")
        return account


def account_of(*, key: str | None = None, wallet: str | None = None) -> Account:
    """The account that a caller names.

    Args:
        key: The API key whose account it is, or what the control interface shows in its place.
        wallet: The address of the wallet whose account it is.

    Raises:
        UnknownAccountError: Not one of both is given, or no address.
    """
    if key is not None and wallet is None:
        return Account.of_key(key)
    if wallet is not None and key is None:
        return Account.of_wallet(wallet)
    raise UnknownAccountError("Name one account, by key or by wallet.")


def amount_of(usd: Decimal | float | str) -> Decimal:
    """An amount of US dollars, from 0 to `MOST`, in whole millionths.

    Raises:
        InvalidAmountError: It is none.
    """
    text = str(usd).strip()
    try:
        amount = Decimal(text) if len(text) <= _MOST_CHARACTERS and text.isascii() else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or not 0 <= amount <= MOST or amount * _MICRO % 1:
        raise InvalidAmountError(
            f"An amount is a number of US dollars from 0 to {MOST}, with at most six decimals, e.g. 25.00."
        )
    return amount


def shown(usd: Decimal) -> str:
    """An amount of US dollars as a text, with two decimals or as many as it needs: "24.96", "0.005"."""
    cents = usd.quantize(_CENT)
    return f"{cents if cents == usd else usd.normalize():f}"


def _micro(usd: Decimal) -> int:
    return int(usd * _MICRO)


def _usd(micro: int) -> Decimal:
    return Decimal(micro) / _MICRO
