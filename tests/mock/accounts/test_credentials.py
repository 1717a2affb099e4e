"""Credentials: what opens an operation, whose it is, and what is said where nothing does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from generator.mock.accounts.balances import Account
from generator.mock.accounts.credentials import Gatekeeper, Keyring, NoCredentialError
from generator.mock.accounts.used_proofs import UsedProofs
from generator.mock.accounts.wallets import WalletGate
from generator.mock.control.control import Control
from generator.mock.judging.errors import RefusalError
from generator.mock.storage.state import State
from tests.mock.signing import ACCOUNT, fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.spec import Contract

KEY = "sk-right"
Keeper = Callable[[str], Gatekeeper]


@pytest.fixture
def keeper(contracts: tuple[Contract, ...], tmp_path: Path) -> Iterator[Keeper]:
    """Gives the gatekeeper of an operation."""
    state = State.open(tmp_path)
    gate = WalletGate(time.time, UsedProofs(Control(state.control)))

    def of(operation_id: str) -> Gatekeeper:
        contract, operation = next(
            (contract, operation)
            for contract in contracts
            for operation in contract.operations
            if operation.id == operation_id
        )
        return Gatekeeper.of(contract, operation, Keyring(["sk-first", KEY]), gate)

    yield of
    state.close()


@pytest.mark.parametrize("value", [f"Bearer {KEY}", f"bearer {KEY}", f"Bearer  {KEY}"])
def test_a_known_key_opens(keeper: Keeper, value: str) -> None:
    assert keeper("generateImages").check({"authorization": value}) == Account.of_key(KEY)


def test_every_configured_key_opens_and_has_an_account_of_its_own(keeper: Keeper) -> None:
    assert keeper("generateImages").check({"authorization": "Bearer sk-first"}) == Account.of_key("sk-first")
    assert Account.of_key("sk-first") != Account.of_key(KEY)


@pytest.mark.parametrize(
    "value", ["", KEY, "Bearer", "Bearer ", "Bearer sk-wrong", f"Basic {KEY}", "Bearer sk-ÿ", f"Bearer {KEY}x"]
)
def test_anything_else_does_not(keeper: Keeper, value: str) -> None:
    with pytest.raises(RefusalError) as caught:
        keeper("generateImages").check({"authorization": value})
    assert caught.value.status == 401
    assert not isinstance(caught.value, NoCredentialError)
    assert caught.value.rules == ("generateImages/credentials/security",)
    assert caught.value.headers == {"WWW-Authenticate": "Bearer"}
    assert "sk-" not in caught.value.message


def test_without_a_credential_every_way_is_named(keeper: Keeper) -> None:
    with pytest.raises(NoCredentialError) as caught:
        keeper("editImage").check({})
    assert caught.value.status == 401
    for way in ("Authorization: Bearer KEY", "SIGN-IN-WITH-X", "X-Sign-In-With-X"):
        assert way in caught.value.message


def test_either_credential_opens_though_the_other_is_wrong(keeper: Keeper) -> None:
    right_key = {"authorization": f"Bearer {KEY}", "sign-in-with-x": "nonsense"}
    assert keeper("editImage").check(right_key) == Account.of_key(KEY)
    right_proof = {"authorization": "Bearer sk-wrong", **fresh("sign-in-with-x")}
    assert keeper("editImage").check(right_proof) == Account.of_wallet(ACCOUNT.address)


def test_the_older_header_opens_too(keeper: Keeper) -> None:
    assert keeper("editImage").check(fresh("x-sign-in-with-x")) == Account.of_wallet(ACCOUNT.address)


def test_a_proof_works_once_whichever_header_carries_it(keeper: Keeper) -> None:
    headers = fresh("sign-in-with-x")
    keeper("editImage").check(headers)
    with pytest.raises(RefusalError, match="used before"):
        keeper("editImage").check({"x-sign-in-with-x": headers["sign-in-with-x"]})


def test_a_wrong_wallet_is_refused(keeper: Keeper) -> None:
    with pytest.raises(RefusalError, match="X-Sign-In-With-X: the header is not base64"):
        keeper("editImage").check({"x-sign-in-with-x": "nonsense"})


def test_an_open_operation_needs_none_but_refuses_a_wrong_one(keeper: Keeper) -> None:
    assert keeper("listModels").check({}) is None
    assert keeper("listModels").check({"authorization": f"Bearer {KEY}"}) == Account.of_key(KEY)
    with pytest.raises(RefusalError):
        keeper("listModels").check({"authorization": "Bearer sk-wrong"})


def test_keys_are_not_shown() -> None:
    assert KEY not in repr(Keyring([KEY]))
