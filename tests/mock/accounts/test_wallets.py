"""Wallets prove who they are with a signed text, fresh, and each time another."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from generator.mock.accounts import wallets
from generator.mock.accounts.used_proofs import UsedProofs
from generator.mock.accounts.wallets import MAX_AGE, InvalidProofError, WalletGate
from generator.mock.control.control import Control
from generator.mock.storage.state import State
from tests.mock import signing
from tests.mock.signing import ACCOUNT, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = 1_700_000_000.0


def text(address: str = ACCOUNT.address, at: float = NOW, **changes: Any) -> str:
    return signing.text(address, at=at, **changes)


def proof(message: str = "", signer: Any = ACCOUNT, **changes: Any) -> str:
    return signing.proof(message or text(), at=NOW, signer=signer, **changes)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(tmp_path: Path, clock: Clock) -> Iterator[WalletGate]:
    state = State.open(tmp_path)
    yield gate_at(state, clock)
    state.close()


def gate_at(state: State, clock: Clock) -> WalletGate:
    return WalletGate(clock, UsedProofs(Control(state.control), 2))


def test_a_right_proof_is_admitted(gate: WalletGate) -> None:
    assert gate.admit(proof()) == ACCOUNT.address


@pytest.mark.parametrize("chain", [8453, "8453", "eip155:8453"])
def test_the_chain_may_be_written_in_several_ways(gate: WalletGate, chain: Any) -> None:
    gate.admit(proof(chainId=chain))


@pytest.mark.parametrize("domain", ["127.0.0.1:8000", "https://api.venice.ai", "localhost"])
def test_a_proof_may_be_for_any_domain(gate: WalletGate, domain: str) -> None:
    gate.admit(proof(text(domain=domain)))


def test_a_proof_works_once(gate: WalletGate) -> None:
    gate.admit(proof())
    with pytest.raises(InvalidProofError, match="used before"):
        gate.admit(proof(timestamp=int(NOW * 1000) + 1))
    gate.admit(proof(text(nonce="ijklmnop")))


def test_a_proof_works_once_for_all_workers(tmp_path: Path, clock: Clock) -> None:
    states = State.open(tmp_path), State.open(tmp_path)
    first, second = (gate_at(state, clock) for state in states)
    first.admit(proof())
    with pytest.raises(InvalidProofError, match="used before"):
        second.admit(proof())
    for state in states:
        state.close()


def test_only_the_last_proofs_are_remembered(gate: WalletGate, tmp_path: Path) -> None:
    for nonce in ("abcdefgh", "bcdefghi", "cdefghij"):
        gate.admit(proof(text(nonce=nonce)))
    state = State.open(tmp_path)
    assert len(state.control.execute("SELECT * FROM nonces")) == 2
    state.close()


def test_a_clock_that_was_far_away_and_is_back_lets_no_proof_in_twice(gate: WalletGate, clock: Clock) -> None:
    gate.admit(proof())
    clock.now = NOW + 300 * MAX_AGE
    gate.admit(proof(text(at=clock.now, nonce="ijklmnop"), timestamp=int(clock.now * 1000)))
    clock.now = NOW
    with pytest.raises(InvalidProofError, match="used before"):
        gate.admit(proof())


def test_a_clock_that_is_moved_back_lets_no_proof_in_twice(gate: WalletGate, clock: Clock) -> None:
    clock.now = NOW + MAX_AGE
    gate.admit(proof())
    clock.now = NOW - MAX_AGE
    gate.admit(proof(text(nonce="ijklmnop")))
    with pytest.raises(InvalidProofError, match="used before"):
        gate.admit(proof())


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
        (lambda: proof(text(chain=1)), "the chain"),
        (lambda: proof(text().replace("Chain ID: 8453\n", "")), "the chain"),
        (lambda: proof(chainId=None), "chainId"),
        (lambda: proof(timestamp=int((NOW - MAX_AGE - 1) * 1000)), "last 300 seconds: it was made 301 seconds before"),
        (lambda: proof(timestamp=int((NOW + MAX_AGE + 1) * 1000)), "last 300 seconds: it was made 301 seconds after"),
        (lambda: proof(timestamp="now"), "timestamp"),
        (lambda: proof(timestamp=True), "timestamp"),
        (lambda: proof(timestamp=10**400), "timestamp"),
        (lambda: proof(text(at=NOW - 800)), "last 300 seconds"),
        (lambda: proof(text().replace("Issued At: 2023", "Issued At: soon")), "Issued At"),
        (lambda: proof(text().partition("Issued At")[0]), "Issued At"),
        (lambda: proof(text(more="\nExpiration Time: 2023-11-14T22:13:20Z")), "Expiration Time is over"),
        (lambda: proof(text(more="\nNot Before: 2023-11-14T22:13:21Z")), "Not Before"),
        (lambda: proof(text(nonce="short")), "Nonce"),
        (lambda: proof(text(nonce="with-a-hyphen")), "Nonce"),
        (lambda: proof(text().replace("Version: 1", "Version: 2")), "Version: 1"),
        (lambda: proof(text().replace("URI: https://api.venice.ai\n", "")), "URI"),
        (lambda: proof(text().replace(" wants you to sign in", " invites you")), "first line"),
        (lambda: proof(text(domain="")), "first line"),
        (lambda: proof(signature="0x00"), "65 bytes"),
        (lambda: proof(signature="0x" + "00" * 65), "signature"),
        (lambda: proof(signature="0x" + "ff" * 65), "signature"),
        (lambda: proof(message="short"), "Sign-In-With-Ethereum"),
        (lambda: proof(address=5), "address"),
        (lambda: "not base64", "base64"),
        (lambda: "\xff", "base64"),
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
