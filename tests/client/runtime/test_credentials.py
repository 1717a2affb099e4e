"""Credentials are found, chosen and shown, and never printed."""

from __future__ import annotations

import base64
import json
import sys
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from eth_account import Account
from eth_account.messages import encode_defunct

from generator.client.runtime.credentials import bearer, checked, first_configured, header_key, wallet_proof
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


def test_what_is_no_wallet_is_told_before_any_request() -> None:
    for given in ("0x" + "11" * 32, 7):
        credential = wallet_proof("SIGN-IN-WITH-X", cast("Any", given), argument="wallet")
        with pytest.raises(CredentialsMissing, match=r"Account\.from_key") as caught:
            checked({"wallet": credential})
        assert "11" not in str(caught.value)
        with pytest.raises(CredentialsMissing, match=r"Account\.from_key"):
            credential.header(_URL)


def test_that_eth_account_is_missing_is_told_before_any_request(monkeypatch: pytest.MonkeyPatch) -> None:
    account = wallet_proof("SIGN-IN-WITH-X", Account.from_key("0x" + "11" * 32), argument="wallet")
    key = wallet_proof("SIGN-IN-WITH-X", cast("Any", "0x" + "11" * 32), argument="wallet")
    function = wallet_proof("SIGN-IN-WITH-X", lambda: "proof", argument="wallet")
    none = wallet_proof("SIGN-IN-WITH-X", None, argument="wallet")
    monkeypatch.setitem(sys.modules, "eth_account", None)
    for credential in (account, key):
        with pytest.raises(CredentialsMissing, match="pip install eth-account"):
            checked({"key": _bearer(), "wallet": credential})
    have = {"key": _bearer("sk-1"), "wallet": function, "legacy": none}
    assert checked(have) == have, "who signs by a function does without"


def test_a_function_may_make_the_proof() -> None:
    credential = wallet_proof("SIGN-IN-WITH-X", lambda: "proof", argument="wallet")
    assert credential.header(_URL) == ("SIGN-IN-WITH-X", "proof")


@pytest.mark.parametrize("key", [b"sk-very-secret", 7, ["sk-very-secret"]])
def test_a_key_that_is_no_text_is_refused_without_being_shown(key: Any) -> None:
    for credential in (
        bearer(key, argument="api_key", variable="EXAMPLE_KEY"),
        header_key("X-Key", key, argument="api_key", variable="EXAMPLE_KEY"),
    ):
        with pytest.raises(TypeError, match=r"a key is a str, or a function .*; give api_key=\.\.\.") as caught:
            checked({"key": credential})
        assert "secret" not in str(caught.value)
