"""Wallets of made-up keys, and the proofs that they sign."""

from __future__ import annotations

import base64
import json
import time
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final

from eth_account import Account
from eth_account.messages import encode_defunct

ACCOUNT: Final = Account.from_key("0x" + "11" * 32)
OTHER: Final = Account.from_key("0x" + "22" * 32)

_numbers = count()


def text(
    address: str,
    *,
    at: float,
    nonce: str = "abcdefgh",
    domain: str = "api.venice.ai",
    chain: int = 8453,
    more: str = "",
) -> str:
    """A Sign-In-With-Ethereum text."""
    issued = datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
    return (
        f"{domain} wants you to sign in with your Ethereum account:\n{address}\n\nSign in.\n\n"
        f"URI: https://{domain}\nVersion: 1\nChain ID: {chain}\nNonce: {nonce}\nIssued At: {issued}{more}"
    )


def proof(message: str, *, at: float, signer: Any = ACCOUNT, **changes: Any) -> str:
    """The header's value."""
    signed = signer.sign_message(encode_defunct(text=message))
    stated = {
        "address": ACCOUNT.address,
        "message": message,
        "signature": "0x" + signed.signature.hex().removeprefix("0x"),
        "timestamp": int(at * 1000),
        "chainId": 8453,
    } | changes
    return base64.b64encode(json.dumps(stated).encode()).decode()


def fresh(header: str = "SIGN-IN-WITH-X", *, ahead: float = 0.0) -> dict[str, str]:
    """Headers with a proof that nobody has used."""
    at = time.time() + ahead
    message = text(ACCOUNT.address, at=at, nonce=f"nonce{next(_numbers):08}")
    return {header: proof(message, at=at)}
