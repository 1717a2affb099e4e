"""What the mock says when it listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.mock.accounts import wallets
from generator.mock.serving.welcome import welcome

if TYPE_CHECKING:
    import pytest

    from generator.spec import Contract


def test_it_says_where_it_is_and_which_keys_it_takes(contracts: tuple[Contract, ...]) -> None:
    said = welcome(contracts, "http://127.0.0.1:8000", ["one", "two"])
    assert "http://127.0.0.1:8000" in said
    assert "API key: one\nAPI key: two\n" in said
    assert "eth-account" not in said


def test_it_says_when_wallets_cannot_be_verified(
    contracts: tuple[Contract, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wallets, "find_spec", lambda _: None)
    assert "image-contract[wallet]" in welcome(contracts, "http://127.0.0.1:8000", ["one"])
    without = [contract for contract in contracts if contract.name == "powertokens"]
    assert "eth-account" not in welcome(without, "http://127.0.0.1:8000", ["one"])
