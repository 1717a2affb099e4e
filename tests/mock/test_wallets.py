"""Wallets prove who they are with a signed text, fresh, and each time another."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from eth_account import Account
from eth_account.messages import encode_defunct

from generator.mock import wallets
from generator.mock.wallets import MAX_AGE, InvalidProofError, WalletGate

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = 1_700_000_000.0
ACCOUNT = Account.from_key("0x" + "11" * 32)
OTHER = Account.from_key("0x" + "22" * 32)


def text(address: str = ACCOUNT.address, nonce: str = "abcdefgh", issued: str = "2023-11-14T22:13:20Z") -> str:
    return (
        f"api.venice.ai wants you to sign in with your Ethereum account:\n{address}\n\nSign in.\n\n"
        f"URI: https://api.venice.ai\nVersion: 1\nChain ID: 8453\nNonce: {nonce}\nIssued At: {issued}"
    )


def proof(message: str = "", signer: Any = ACCOUNT, **changes: Any) -> str:
    message = message or text()
    signed = signer.sign_message(encode_defunct(text=message))
    stated = {
        "address": ACCOUNT.address,
        "message": message,
        "signature": "0x" + signed.signature.hex().removeprefix("0x"),
        "timestamp": int(NOW * 1000),
        "chainId": 8453,
    } | changes
    return base64.b64encode(json.dumps(stated).encode()).decode()


@pytest.fixture
def gate() -> WalletGate:
    return WalletGate(clock=lambda: NOW)


def test_a_right_proof_is_admitted(gate: WalletGate) -> None:
    assert gate.admit(proof()) == ACCOUNT.address


def test_a_proof_works_once(gate: WalletGate) -> None:
    gate.admit(proof())
    with pytest.raises(InvalidProofError, match="used before"):
        gate.admit(proof(timestamp=int(NOW * 1000) + 1))
    gate.admit(proof(text(nonce="ijklmnop")))


def test_a_refused_proof_does_not_count_as_used(gate: WalletGate) -> None:
    with pytest.raises(InvalidProofError):
        gate.admit(proof(signer=OTHER))
    gate.admit(proof())


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda: proof(signer=OTHER), "not by the stated address"),
        (lambda: proof(address=OTHER.address), "names the address"),
        (lambda: proof(text(OTHER.address)), "names the address"),
        (lambda: proof(chainId=1), "the chain"),
        (lambda: proof(chainId=None), "chainId"),
        (lambda: proof(timestamp=int((NOW - MAX_AGE - 1) * 1000)), "last 300 seconds"),
        (lambda: proof(timestamp=int((NOW + MAX_AGE + 1) * 1000)), "last 300 seconds"),
        (lambda: proof(timestamp="now"), "timestamp"),
        (lambda: proof(timestamp=True), "timestamp"),
        (lambda: proof(text(issued="2023-11-14T22:00:00Z")), "last 300 seconds"),
        (lambda: proof(text(issued="yesterday")), "Issued At"),
        (lambda: proof(signature="0x00"), "65 bytes"),
        (lambda: proof(signature="0x" + "00" * 65), "signature"),
        (lambda: proof(signature="0x" + "ff" * 65), "signature"),
        (lambda: proof(message="short"), "Sign-In-With-Ethereum"),
        (lambda: proof(address=5), "address"),
        (lambda: "not base64", "base64"),
        (lambda: base64.b64encode(b"[]").decode(), "JSON object"),
        (lambda: base64.b64encode(b"\xff").decode(), "JSON object"),
        (lambda: base64.b64encode(b"[" * 9000).decode(), "JSON object"),
        (lambda: "A" * 20_000, "too long"),
        (lambda: "", "JSON object"),
    ],
)
def test_wrong_proofs(gate: WalletGate, make: Callable[[], str], part: str) -> None:
    with pytest.raises(InvalidProofError, match=part):
        gate.admit(make())


def test_without_eth_account_it_says_what_to_install(gate: WalletGate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wallets, "find_spec", lambda _: None)
    with pytest.raises(InvalidProofError, match=r"image-contract\[wallet\]"):
        gate.admit(proof())
