"""The wallets of a run: one that can pay, if its user gives one, and a new one, which can't."""

from __future__ import annotations

import secrets
from importlib.util import find_spec
from typing import TYPE_CHECKING

from generator.conformance.wallet import Wallet

if TYPE_CHECKING:
    from generator.conformance.gateway import Sign
    from generator.conformance.settings import Settings
    from generator.spec import Contract, SecurityScheme


def signing(contract: Contract, settings: Settings) -> Sign | None:
    """What makes the proofs of a run's wallets.

    Args:
        contract: The spec.
        settings: The settings, with the private key of a wallet that can pay, if there is one.

    Returns:
        The function; None where no wallet signs in, or the extra for it isn't installed and no wallet is given.

    Raises:
        WalletError: The key is none, or eth-account isn't installed.
    """
    if not any(scheme.credential == "wallet" for scheme in contract.security_schemes.values()):
        return None
    own = Wallet.of(settings.wallet) if settings.wallet else None
    if own is None and find_spec("eth_account") is None:
        return None
    empty = Wallet.of(secrets.token_hex(32))

    def sign(scheme: SecurityScheme, url: str, is_empty: bool) -> str:  # noqa: FBT001  called by position
        wallet = empty if is_empty or own is None else own
        return wallet.headers(scheme, url)[scheme.header]

    return sign
