"""Credentials are found, chosen and shown, and never printed."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from eth_account import Account
from eth_account.messages import encode_defunct

from generator.client.runtime.credentials import bearer, first_configured, header_key, wallet_proof
from generator.client.runtime.errors import CredentialsMissing

if TYPE_CHECKING:
    from generator.client.runtime.credentials import Credential

_URL = httpx.URL("https://host.example:8443/v1/images")


def _bearer(key: Any = None, variable: str | None = "EXAMPLE_KEY") -> Credential:
    return bearer(key, argument="api_key", variable=variable)


def test_a_key_goes_into_its_header() -> None:
    assert _bearer("sk-1").header(_URL) == ("Authorization", "Bearer sk-1")
    assert header_key("X-Key", "sk-1", argument="key", variable=None).header(_URL) == ("X-Key", "sk-1")


def test_the_environment_is_read_where_no_key_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_KEY", "sk-environment\n")
    assert _bearer().header(_URL)[1] == "Bearer sk-environment"
    assert _bearer("sk-given").header(_URL)[1] == "Bearer sk-given"
    monkeypatch.setenv("EXAMPLE_KEY", "")
    assert not _bearer().configured


def test_a_function_is_asked_each_time() -> None:
    keys = iter(["sk-1", "sk-2"])
    credential = _bearer(lambda: next(keys))
    assert [credential.header(_URL)[1] for _ in range(2)] == ["Bearer sk-1", "Bearer sk-2"]


@pytest.mark.parametrize("key", ["", "  ", "sk\nsecret", "sk-sécret", "sk\x00secret"])
def test_a_key_that_no_header_can_carry_is_refused_and_not_quoted(key: str) -> None:
    with pytest.raises(CredentialsMissing) as caught:
        _bearer(key).header(_URL)
    assert "cret" not in str(caught.value)
    assert "EXAMPLE_KEY" in str(caught.value)


def test_nothing_secret_is_printed() -> None:
    account = Account.from_key("0x" + "11" * 32)
    shown = repr([_bearer("sk-secret"), _bearer(lambda: "sk-secret"), wallet_proof("X", account, argument="wallet")])
    assert "secret" not in shown
    assert "11" * 4 not in shown
    assert "'***'" in shown


def test_the_first_configured_alternative_is_shown() -> None:
    key, none = _bearer("sk"), _bearer(None, None)
    have = {"a": none, "b": key, "c": key}
    assert first_configured([("a",), ("b",)], have, "make") == (key,)
    assert first_configured([("a", "b"), ("b", "c")], have, "make") == (key, key)
    assert first_configured([(), ("b",)], have, "make") == (key,), "a key that is there is shown"
    assert first_configured([(), ("a",)], have, "make") == ()
    assert first_configured([], have, "make") == ()


def test_what_the_caller_gives_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_KEY", "sk-environment")
    wallet = wallet_proof("X-Sign", lambda: "proof", argument="wallet")
    have = {"key": _bearer(), "wallet": wallet}
    assert first_configured([("key",), ("wallet",)], have, "make") == (wallet,)


def test_none_configured_names_argument_and_variable() -> None:
    have = {"a": _bearer(None), "b": wallet_proof("X", None, argument="wallet")}
    words = r"^make needs credentials: give api_key=\.\.\. or set the environment variable EXAMPLE_KEY, or give wallet"
    with pytest.raises(CredentialsMissing, match=words):
        first_configured([("a",), ("b",)], have, "make")


def test_a_wallet_signs_in_anew_each_time() -> None:
    account = Account.from_key("0x" + "11" * 32)
    credential = wallet_proof("SIGN-IN-WITH-X", account, argument="wallet")
    headers = [credential.header(_URL) for _ in range(2)]
    assert [name for name, _ in headers] == ["SIGN-IN-WITH-X"] * 2
    first, second = (json.loads(base64.b64decode(value)) for _, value in headers)
    assert first["message"] != second["message"]
    assert set(first) == {"address", "message", "signature", "timestamp", "chainId"}
    assert first["address"] == account.address
    lines = first["message"].split("\n")
    assert lines[:5] == [
        "host.example:8443 wants you to sign in with your Ethereum account:",
        account.address,
        "",
        "",
        "URI: https://host.example:8443",
    ]
    signer = Account.recover_message(encode_defunct(text=first["message"]), signature=first["signature"])
    assert signer == account.address


def test_a_function_may_make_the_proof() -> None:
    credential = wallet_proof("SIGN-IN-WITH-X", lambda: "proof", argument="wallet")
    assert credential.header(_URL) == ("SIGN-IN-WITH-X", "proof")
