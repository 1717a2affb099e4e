"""Checks the credentials of a request: bearer keys, keys in a header, and wallets."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from attrs import frozen

from generator.mock.errors import RefusalError
from generator.mock.wallets import InvalidProofError, WalletGate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.spec.model import Contract, Operation, SecurityScheme


class Keyring:
    """The API keys that are accepted."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(key.encode() for key in keys)

    def __repr__(self) -> str:
        return f"Keyring({len(self._keys)} keys)"

    def knows(self, key: str) -> bool:
        """Whether the key is one of them. Takes as long for a wrong key as for a right one."""
        given = key.encode(errors="replace")
        return sum(hmac.compare_digest(given, known) for known in self._keys) > 0


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

    def check(self, headers: Mapping[str, str]) -> None:
        """Let the request pass, or refuse it.

        Args:
            headers: The request's headers, names in lower case.

        Raises:
            RefusalError: Status 401, where no alternative is met. A wrong credential is refused even where none is
                needed.
        """
        complaints = []
        for schemes in self.alternatives:
            if not schemes or any(scheme.header.lower() not in headers for scheme in schemes):
                continue
            found = [self._complaint(scheme, headers[scheme.header.lower()]) for scheme in schemes]
            wrong = [complaint for complaint in found if complaint]
            if not wrong:
                return
            complaints += wrong
        if complaints:
            raise self._refusal(f"The credential is not accepted: {'; '.join(complaints)}.")
        if self.alternatives and all(self.alternatives):
            raise self._refusal(f"There is no credential. Send {self._wanted()}.")

    def _complaint(self, scheme: SecurityScheme, value: str) -> str:
        if scheme.credential == "wallet":
            try:
                self.wallets.admit(value)
            except InvalidProofError as error:
                return f"{scheme.header}: {error}"
            return ""
        if scheme.kind != "bearer":
            return "" if self.keyring.knows(value) else f"{scheme.header}: the key is unknown"
        kind, _, key = value.partition(" ")
        if kind.lower() != "bearer" or not key:
            return f"{scheme.header}: must be of the form 'Bearer KEY'"
        return "" if self.keyring.knows(key.strip()) else f"{scheme.header}: the key is unknown"

    def _wanted(self) -> str:
        ways = [" and ".join(_way(scheme) for scheme in schemes) for schemes in self.alternatives]
        return " or ".join(ways)

    def _refusal(self, message: str) -> RefusalError:
        bearer = any(scheme.kind == "bearer" for schemes in self.alternatives for scheme in schemes)
        headers = {"WWW-Authenticate": "Bearer"} if bearer else {}
        return RefusalError(401, message, rules=[self.rule] if self.rule else [], headers=headers)


def _way(scheme: SecurityScheme) -> str:
    return f"{scheme.header}: Bearer KEY" if scheme.kind == "bearer" else f"{scheme.header}: {_form(scheme)}"


def _form(scheme: SecurityScheme) -> str:
    return "a wallet's proof" if scheme.credential == "wallet" else "KEY"
