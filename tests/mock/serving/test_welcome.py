"""What the mock says when it listens."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from attrs import evolve

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


def test_what_is_to_be_tried_is_one_word_to_a_shell(contracts: tuple[Contract, ...]) -> None:
    (first, *_) = contracts
    odd = evolve(first, operations=tuple(evolve(each, path="/a;rm -rf $(x)") for each in first.operations))
    (line,) = [line for line in welcome([odd], "http://127.0.0.1:8000", ["one"]).splitlines() if "Try: " in line][:1]
    assert shlex.split(line.removeprefix("Try: "))[:3] == ["curl", "-s", "http://127.0.0.1:8000/a;rm -rf $(x)"]
