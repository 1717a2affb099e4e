"""Signs in with a wallet: the proof that a header of the ``wallet`` kind carries, made anew for each request."""

from __future__ import annotations

import base64
import json
import re
import secrets
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from attrs import field, frozen

if TYPE_CHECKING:
    from generator.spec import SecurityScheme

CHAIN_ID = 1
"""The chain that a proof names, unless told otherwise: Ethereum's main net."""

_KEY = re.compile(r"(?:0x)?[0-9a-fA-F]{64}")
_NOT_INSTALLED = "Signing in with a wallet needs eth-account. Install the extra: pip install 'image-contract[wallet]'."
_NO_KEY = "The wallet's private key must be 64 hexadecimal digits, with or without 0x before them."


class WalletError(Exception):
    """No proof can be made; the message says what to do, and holds nothing of the key."""


def headers(scheme: SecurityScheme, base_url: str, key: str) -> dict[str, str]:
    """The header that signs in with a private key, for one request; see `Wallet`.

    Args:
        scheme: The credential, with ``x-credential: wallet``.
        base_url: Where the request goes.
        key: The private key, 64 hexadecimal digits.

    Raises:
        WalletError: It is no key, or eth-account isn't installed.
    """
    return Wallet.of(key).headers(scheme, base_url)


def check_key(key: str) -> None:
    """Refuse what doesn't look like a private key, without eth-account.

    Args:
        key: The private key, 64 hexadecimal digits.

    Raises:
        WalletError: It doesn't.
    """
    if not _KEY.fullmatch(key.strip()):
        raise WalletError(_NO_KEY) from None


@frozen
class Wallet:
    """A wallet that signs in.

    Attributes:
        address: Its address, which is public.
    """

    address: str
    _account: Any = field(repr=False)

    @classmethod
    def of(cls, key: str) -> Wallet:
        """The wallet of a private key.

        Args:
            key: The key, 64 hexadecimal digits.

        Raises:
            WalletError: It is no key, or eth-account isn't installed.
        """
        check_key(key)
        if find_spec("eth_account") is None:
            raise WalletError(_NOT_INSTALLED)
        limit = sys.getrecursionlimit()
        # Late, because it is an extra and takes most of a second to import.
        from eth_account import Account  # noqa: PLC0415

        # One of its libraries lets all Python code recurse until the stack ends, and the process with it.
        sys.setrecursionlimit(limit)
        try:
            account = Account.from_key(key.strip())
        except Exception:  # noqa: BLE001  of several libraries, and some quote the key
            raise WalletError("The wallet's private key is out of the range that keys have.") from None
        return cls(str(account.address), account)

    def headers(
        self, scheme: SecurityScheme, base_url: str, *, chain_id: int = CHAIN_ID, now: datetime | None = None
    ) -> dict[str, str]:
        """The header that signs in, for one request.

        Args:
            scheme: The credential, with ``x-credential: wallet``.
            base_url: Where the request goes: the proof is for that host.
            chain_id: The chain that the proof names.
            now: When it is made; the present if None.

        Returns:
            The header's name and a proof that is good once: base64 of a JSON object with the address, a
            Sign-In-With-Ethereum text (EIP-4361), its EIP-191 signature, the time in milliseconds and the chain.

        Raises:
            ValueError: The credential is no wallet's, or the URL names no host.
        """
        if scheme.credential != "wallet":
            raise ValueError(f"{scheme.name} is no wallet's credential")
        from eth_account.messages import encode_defunct  # noqa: PLC0415  as above

        made = now or datetime.now(UTC)
        text = _sign_in_text(self.address, base_url, chain_id, made)
        signed = self._account.sign_message(encode_defunct(text=text))
        proof = {
            "address": self.address,
            "message": text,
            "signature": f"0x{bytes(signed.signature).hex()}",
            "timestamp": int(made.timestamp() * 1000),
            "chainId": chain_id,
        }
        return {scheme.header: base64.b64encode(json.dumps(proof, separators=(",", ":")).encode()).decode()}


def _sign_in_text(address: str, base_url: str, chain_id: int, made: datetime) -> str:
    url = urlsplit(base_url)
    domain = url.netloc.rpartition("@")[2]
    if not domain:
        raise ValueError("the base URL names no host")
    lines = (
        f"{domain} wants you to sign in with your Ethereum account:",
        address,
        "",
        "",  # where a statement would stand
        f"URI: {url.scheme}://{domain}",
        "Version: 1",
        f"Chain ID: {chain_id}",
        f"Nonce: {secrets.token_hex(8)}",
        f"Issued At: {made.astimezone(UTC).isoformat(timespec='milliseconds').replace('+00:00', 'Z')}",
    )
    return "\n".join(lines)
