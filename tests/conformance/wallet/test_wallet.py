"""A wallet's proof is what the mock verifies, and the private key stands nowhere."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from datetime import UTC, datetime

import httpx
import pytest

from generator.conformance.wallet import Wallet, WalletError, headers
from generator.mock.accounts.wallets import read_proof, recovered_address
from generator.mock.serving.running import running
from generator.spec import Contract, load, openapi_folder
from generator.spec.boundary.png import png

KEY = "0x" + "5d" * 32


@pytest.fixture(scope="module")
def venice() -> Contract:
    return load(openapi_folder() / "venice.yaml")


@pytest.mark.parametrize("name", ["signInWithX", "legacySignInWithX"])
def test_the_mock_lets_the_wallet_in(venice: Contract, name: str) -> None:
    image = base64.b64encode(png(512, 512)).decode()
    with running() as mock:
        for _ in range(2):  # a proof is good once, so that each request has its own
            proof = headers(venice.security_schemes[name], mock.url, KEY)
            body = {"image": image, "prompt": "Make it night"}
            answer = httpx.post(f"{mock.url}/api/v1/image/edit", json=body, headers=proof)
            assert answer.status_code in (200, 402), answer.text


def test_the_mock_finds_nothing_wrong_with_the_proof(venice: Contract) -> None:
    wallet = Wallet.of(KEY)
    scheme = venice.security_schemes["signInWithX"]
    made = wallet.headers(scheme, "https://user@api.example:8443/v1", chain_id=8453)
    assert list(made) == ["SIGN-IN-WITH-X"]
    proof = read_proof(made["SIGN-IN-WITH-X"])
    assert recovered_address(proof) == wallet.address == proof.address
    assert abs(proof.timestamp - time.time()) < 60
    assert proof.chain_id == 8453
    assert proof.message.startswith("api.example:8443 wants you to sign in")
    assert "URI: https://api.example:8443\n" in proof.message


def test_each_proof_is_another(venice: Contract) -> None:
    scheme, now = venice.security_schemes["signInWithX"], datetime(2026, 1, 2, tzinfo=UTC)
    wallet = Wallet.of(KEY[2:])
    one, other = (wallet.headers(scheme, "https://api.example", now=now)["SIGN-IN-WITH-X"] for _ in range(2))
    assert one != other
    assert json.loads(base64.b64decode(one))["timestamp"] == 1767312000000


def test_the_key_stands_nowhere(venice: Contract) -> None:
    wallet = Wallet.of(KEY)
    made = headers(venice.security_schemes["signInWithX"], "https://api.example", KEY)["SIGN-IN-WITH-X"]
    assert KEY[2:] not in repr(wallet) + str(wallet) + base64.b64decode(made).decode()


@pytest.mark.parametrize("key", ["", "5d", "no key at all", "0x" + "zz" * 32, "5d" * 33, "00" * 32, "ff" * 32])
def test_what_is_no_key_is_refused_without_being_quoted(key: str) -> None:
    with pytest.raises(WalletError) as caught:
        Wallet.of(key)
    assert "private key" in str(caught.value)
    assert not key or key not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_the_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.conformance.wallet.find_spec", lambda _: None)
    with pytest.raises(WalletError, match=r"pip install 'image-contract\[wallet\]'"):
        Wallet.of(KEY)


def test_a_key_is_no_credential_of_another_kind(venice: Contract) -> None:
    with pytest.raises(ValueError, match="bearerAuth is no wallet's credential"):
        headers(venice.security_schemes["bearerAuth"], "https://api.example", KEY)


def test_the_extra_is_imported_when_it_is_needed() -> None:
    code = "import sys, generator.conformance.wallet; sys.exit('eth_account' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
