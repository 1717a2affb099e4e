"""Checks the credentials of a request: bearer keys, keys in a header, and wallets."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from attrs import frozen

from generator.mock.balances import Account
from generator.mock.errors import RefusalError
from generator.mock.wallets import InvalidProofError, WalletGate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.spec.model import Contract, Operation, SecurityScheme


class NoCredentialError(RefusalError):
    """A request shows no credential at all."""


class _WrongCredentialError(ValueError):
    """This credential isn't accepted; the message says why."""


class Keyring:
    """The API keys that are accepted."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._accounts = tuple((key.encode(), Account.of_key(key)) for key in keys)

    def __repr__(self) -> str:
        return f"Keyring({len(self._accounts)} keys)"

    def account(self, key: str) -> Account | None:
        """The account of a key; None for a key that isn't accepted. Takes as long for a wrong one."""
        given, found = key.encode(errors="replace"), None
        for known, account in self._accounts:
            if hmac.compare_digest(given, known):
                found = account
        return found


@frozen
class Gatekeeper:
    """Decides whether a request may use an operation.

    Attributes:
        alternatives: The credentials that open the operation: any alternative, all schemes of it together.
        keyring: The API keys that are accepted.
        wallets: Verifies wallets.
        rule: The id of the rule that asks for credentials; "" for an operation that is open to all.
    """

    alternatives: Sequence[Sequence[SecurityScheme]]
    keyring: Keyring
    wallets: WalletGate
    rule: str

    @classmethod
    def of(cls, contract: Contract, operation: Operation, keyring: Keyring, wallets: WalletGate) -> Gatekeeper:
        """The gatekeeper of an operation."""
        alternatives = [[contract.security_schemes[name] for name in names] for names in operation.security]
        rule = next((rule.id for rule in operation.rules if rule.keyword == "security"), "")
        return cls(alternatives, keyring, wallets, rule)

    def check(self, headers: Mapping[str, str]) -> Account | None:
        """Let the request pass, or refuse it.

        Args:
            headers: The request's headers, names in lower case.

        Returns:
            Whose credential it shows; None where it shows none, and none is needed.

        Raises:
            NoCredentialError: Status 401, where it shows none.
            RefusalError: Status 401, where no alternative is met. A wrong credential is refused even where none is
                needed.
        """
        complaints = []
        for schemes in self.alternatives:
            if not schemes or any(scheme.header.lower() not in headers for scheme in schemes):
                continue
            try:
                first, *_ = [self._account(scheme, headers[scheme.header.lower()]) for scheme in schemes]
            except _WrongCredentialError as error:
                complaints.append(str(error))
            else:
                return first
        if complaints:
            raise self._refusal(RefusalError, f"The credential is not accepted: {'; '.join(complaints)}.")
        if self.alternatives and all(self.alternatives):
            raise self._refusal(NoCredentialError, f"There is no credential. Send {self._wanted()}.")
        return None

    def _account(self, scheme: SecurityScheme, value: str) -> Account:
        if scheme.credential == "wallet":
            try:
                return Account.of_wallet(self.wallets.admit(value))
            except InvalidProofError as error:
                raise _WrongCredentialError(f"{scheme.header}: {error}") from None
        key = value
        if scheme.kind == "bearer":
            kind, _, key = value.partition(" ")
            if kind.lower() != "bearer" or not key:
                raise _WrongCredentialError(f"{scheme.header}: must be of the form 'Bearer KEY'")
            key = key.strip()
        account = self.keyring.account(key)
        if account is None:
            raise _WrongCredentialError(
                f"{scheme.header}: the key is unknown; the mock says which it takes when it starts"
            )
        return account

    def _wanted(self) -> str:
        ways = [" and ".join(_way(scheme) for scheme in schemes) for schemes in self.alternatives]
        return " or ".join(ways)

    def _refusal(self, kind: type[RefusalError], message: str) -> RefusalError:
        bearer = any(scheme.kind == "bearer" for schemes in self.alternatives for scheme in schemes)
        headers = {"WWW-Authenticate": "Bearer"} if bearer else {}
        return kind(401, message, rules=[self.rule] if self.rule else [], headers=headers)


def _way(scheme: SecurityScheme) -> str:
    return f"{scheme.header}: Bearer KEY" if scheme.kind == "bearer" else f"{scheme.header}: {_form(scheme)}"


def _form(scheme: SecurityScheme) -> str:
    return "a wallet's proof" if scheme.credential == "wallet" else "KEY"
