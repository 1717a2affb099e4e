"""Credentials: what opens an operation, and what is said where nothing does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from generator.mock.credentials import Gatekeeper, Keyring
from generator.mock.errors import RefusalError
from generator.mock.wallets import WalletGate

if TYPE_CHECKING:
    from generator.spec import Contract

KEY = "sk-right"


def gatekeeper(contracts: tuple[Contract, ...], operation_id: str) -> Gatekeeper:
    for contract in contracts:
        for operation in contract.operations:
            if operation.id == operation_id:
                return Gatekeeper.of(contract, operation, Keyring(["sk-first", KEY]), WalletGate(clock=time.time))
    raise LookupError(operation_id)


@pytest.mark.parametrize("value", [f"Bearer {KEY}", f"bearer {KEY}", f"Bearer  {KEY}", "Bearer sk-first"])
def test_a_known_key_opens(contracts: tuple[Contract, ...], value: str) -> None:
    gatekeeper(contracts, "generateImages").check({"authorization": value})


@pytest.mark.parametrize(
    "value", ["", KEY, "Bearer", "Bearer ", "Bearer sk-wrong", f"Basic {KEY}", "Bearer sk-ÿ", f"Bearer {KEY}x"]
)
def test_anything_else_does_not(contracts: tuple[Contract, ...], value: str) -> None:
    with pytest.raises(RefusalError) as caught:
        gatekeeper(contracts, "generateImages").check({"authorization": value})
    assert caught.value.status == 401
    assert caught.value.rules == ("generateImages/credentials/security",)
    assert caught.value.headers == {"WWW-Authenticate": "Bearer"}
    assert "sk-" not in caught.value.message


def test_without_a_credential_every_way_is_named(contracts: tuple[Contract, ...]) -> None:
    with pytest.raises(RefusalError) as caught:
        gatekeeper(contracts, "editImage").check({})
    for way in ("Authorization: Bearer KEY", "SIGN-IN-WITH-X", "X-Sign-In-With-X"):
        assert way in caught.value.message


def test_either_credential_opens_though_the_other_is_wrong(contracts: tuple[Contract, ...]) -> None:
    gatekeeper(contracts, "editImage").check({"authorization": f"Bearer {KEY}", "sign-in-with-x": "nonsense"})


def test_a_wrong_wallet_is_refused(contracts: tuple[Contract, ...]) -> None:
    with pytest.raises(RefusalError, match="X-Sign-In-With-X: the header is not base64"):
        gatekeeper(contracts, "editImage").check({"x-sign-in-with-x": "nonsense"})


def test_an_open_operation_needs_none_but_refuses_a_wrong_one(contracts: tuple[Contract, ...]) -> None:
    keeper = gatekeeper(contracts, "listModels")
    keeper.check({})
    keeper.check({"authorization": f"Bearer {KEY}"})
    with pytest.raises(RefusalError):
        keeper.check({"authorization": "Bearer sk-wrong"})


def test_keys_are_not_shown() -> None:
    assert KEY not in repr(Keyring([KEY]))
