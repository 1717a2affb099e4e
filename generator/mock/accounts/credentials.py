"""Checks the credentials of a request: bearer keys, keys in a header, and wallets."""

from __future__ import annotations

import hmac
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from generator.mock.accounts.balances import Account
from generator.mock.accounts.wallets import InvalidProofError, WalletGate
from generator.mock.judging.errors import RefusalError
from generator.mock.requests.head import REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.mock.requests.head import Head
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
    _headers: Sequence[Sequence[str]] = field(init=False)

    _by_key: Callable[[Head], Account | None] = field(init=False, repr=False)

    @_headers.default
    def _lower_case(self) -> Sequence[Sequence[str]]:
        return tuple(tuple(scheme.header.lower() for scheme in schemes) for schemes in self.alternatives)

    @_by_key.default
    def _remembered(self) -> Callable[[Head], Account | None]:
        return lru_cache(REMEMBERED)(self._account_by_key)

    @classmethod
    def of(cls, contract: Contract, operation: Operation, keyring: Keyring, wallets: WalletGate) -> Gatekeeper:
        """The gatekeeper of an operation."""
        alternatives = [[contract.security_schemes[name] for name in names] for names in operation.security]
        rule = next((rule.id for rule in operation.rules if rule.keyword == "security"), "")
        return cls(alternatives, keyring, wallets, rule)

    def admit(self, head: Head) -> Account | None:
        """The same as `check`; headers that have shown a right key, and nothing else, need no second look."""
        return self._by_key(head) or self.check(head.headers)

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
        for names, schemes in zip(self._headers, self.alternatives, strict=True):
            if not names or not all(map(headers.__contains__, names)):
                continue
            try:
                accounts = [self._account(scheme, headers[name]) for name, scheme in zip(names, schemes, strict=True)]
            except _WrongCredentialError as error:
                complaints.append(str(error))
            else:
                return accounts[0]
        if complaints:
            raise self._refusal(RefusalError, f"The credential is not accepted: {'; '.join(complaints)}.")
        if self.alternatives and all(self.alternatives):
            raise self._refusal(NoCredentialError, f"There is no credential. Send {self._wanted()}.")
        return None

    def _account_by_key(self, head: Head) -> Account | None:
        """The account of headers whose only credential is a right key, which they stay; None for all others."""
        shown = [
            (names, schemes)
            for names, schemes in zip(self._headers, self.alternatives, strict=True)
            if any(map(head.headers.__contains__, names))
        ]
        if len(shown) != 1 or len(shown[0][1]) != 1 or shown[0][1][0].credential == "wallet":
            return None
        ((name,), (scheme,)) = shown[0]
        try:
            return self._account(scheme, head.headers[name])
        except _WrongCredentialError:
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
