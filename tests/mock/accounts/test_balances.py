"""Balances: amounts, accounts, drawing at the same time, and the control interface to them."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from generator.mock import DEFAULT_KEY, create_app
from generator.mock.accounts.balances import (
    MOST,
    Account,
    Balances,
    InsufficientBalanceError,
    InvalidAmountError,
    UnknownAccountError,
    amount_of,
    shown,
)
from generator.mock.control.control import Control
from generator.mock.serving.server import serve
from generator.mock.settings import SettingsError
from generator.mock.storage.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx
    from starlette.applications import Starlette

WALLET = "0x" + "aB" * 20
KEY = Account.of_key("a key")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State.open(tmp_path)
    yield state
    state.close()


@pytest.fixture
def balances(state: State) -> Balances:
    return Balances(Control(state.control), "1.00")


def test_an_account_begins_with_the_start_balance_and_pays_from_it(balances: Balances) -> None:
    assert balances.held(KEY) == 1
    assert balances.draw(KEY, Decimal("0.04")) == Decimal("0.96")
    assert balances.draw(KEY, Decimal("0.96")) == 0
    with pytest.raises(InsufficientBalanceError) as caught:
        balances.draw(KEY, Decimal("0.000001"))
    assert caught.value.held == 0
    assert balances.of(key="a key") == 0


def test_what_costs_more_than_a_new_account_holds_leaves_it_as_it_is(balances: Balances) -> None:
    with pytest.raises(InsufficientBalanceError) as caught:
        balances.draw(KEY, Decimal("1.01"))
    assert caught.value.held == 1
    assert balances.held(KEY) == 1
    balances.set("0.50", key="a key")
    with pytest.raises(InsufficientBalanceError):
        balances.draw(KEY, Decimal("0.51"))
    assert balances.of(key="a key") == Decimal("0.5")


def test_an_account_can_hold_more_than_the_start_balance(balances: Balances) -> None:
    assert balances.top_up(2, key="a key") == 3
    assert balances.draw(KEY, Decimal("2.5")) == Decimal("0.5")
    assert balances.top_up(MOST, key="a key") == MOST


def test_accounts_are_apart_and_a_wallets_address_may_be_written_in_any_case(balances: Balances) -> None:
    balances.set("0.1", wallet=WALLET)
    assert balances.of(wallet=WALLET.lower()) == Decimal("0.1")
    assert balances.of(key="a key") == 1
    assert balances.all() == {Account("wallet", WALLET.lower()): Decimal("0.1")}


def test_workers_share_balances_and_draw_one_after_the_other(tmp_path: Path, balances: Balances) -> None:
    states = [State.open(tmp_path) for _ in range(4)]
    paid = []

    def draw(mine: Balances) -> None:
        try:
            while True:
                paid.append(mine.draw(KEY, Decimal("0.01")))
        except InsufficientBalanceError:
            return

    threads = [threading.Thread(target=draw, args=[Balances(Control(each.control), "1.00")]) for each in states]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(paid) == [Decimal(cents) / 100 for cents in range(100)]
    assert balances.held(KEY) == 0
    for each in states:
        each.close()


def test_keys_are_kept_and_shown_as_hashes_alone(state: State, balances: Balances) -> None:
    balances.set(1, key="a-secret-key")
    kept = str(state.control.execute("SELECT * FROM balances"))
    assert "sha256:" in kept
    assert "a-secret-key" not in kept + str(balances.all())
    (account,) = balances.all()
    assert balances.of(key=account.name) == 1


@pytest.mark.parametrize(
    ("amount", "text"),
    [("24.96", "24.96"), (25, "25.00"), (0, "0.00"), ("0.005", "0.005"), ("0.0400", "0.04"), (100, "100.00")],
)
def test_amounts_are_shown_with_two_decimals_or_more(amount: str | int, text: str) -> None:
    assert shown(amount_of(amount)) == text


@pytest.mark.parametrize(
    "amount", ["", "x", "-1", "nan", "inf", "1e99", "0.0000001", "1" * 50, "1000000001", "\u0661", -1]
)
def test_what_is_no_amount(amount: str | int) -> None:
    with pytest.raises(InvalidAmountError, match="number of US dollars"):
        amount_of(amount)


@pytest.mark.parametrize("named", [{}, {"key": "a", "wallet": WALLET}, {"wallet": "0x12"}])
def test_what_names_no_account(balances: Balances, named: dict[str, str]) -> None:
    with pytest.raises(UnknownAccountError):
        balances.of(**named)


def test_the_control_interface_shows_sets_and_tops_up(client: httpx.Client, app: Starlette) -> None:
    (account,) = client.get("/_mock/balance").json()["accounts"]
    assert account == {"key": Account.of_key(DEFAULT_KEY).name, "usd": "25.00"}
    assert client.put("/_mock/balance", json={"key": DEFAULT_KEY, "usd": "0.10"}).json() == account | {"usd": "0.10"}
    assert client.post("/_mock/balance", json={"key": account["key"], "usd": 2}).json() == account | {"usd": "2.10"}
    assert client.post("/_mock/balance", json={"wallet": WALLET, "usd": 0.5}).json()["usd"] == "25.50"
    shown = client.get("/_mock/balance").json()
    assert shown["start_usd"] == "25.00"
    assert shown["accounts"] == [account | {"usd": "2.10"}, {"wallet": WALLET.lower(), "usd": "25.50"}]
    assert app.state.mock.balances.of(key=DEFAULT_KEY) == Decimal("2.1")
    client.post("/_mock/reset")
    assert client.get("/_mock/balance").json()["accounts"] == [account]


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ({}, "Send"),
        ({"usd": 1}, "Send"),
        ({"key": DEFAULT_KEY}, "Send"),
        ({"key": DEFAULT_KEY, "usd": True}, "Send"),
        ({"key": DEFAULT_KEY, "usd": None}, "Send"),
        ({"key": DEFAULT_KEY, "wallet": WALLET, "usd": 1}, "Send"),
        ({"key": "", "usd": 1}, "Send"),
        ({"key": 5, "usd": 1}, "Send"),
        ({"key": DEFAULT_KEY, "usd": "a lot"}, "number of US dollars"),
        ({"key": DEFAULT_KEY, "usd": -1}, "number of US dollars"),
        ({"key": "another", "usd": 1}, "doesn't accept this key"),
        ({"wallet": "0x1", "usd": 1}, "by its address"),
    ],
)
def test_a_change_of_balance_that_cannot_be(client: httpx.Client, body: dict[str, object], part: str) -> None:
    for method in ("PUT", "POST"):
        answer = client.request(method, "/_mock/balance", json=body)
        assert answer.status_code == 400
        assert part in answer.json()["error"]
    assert client.get("/_mock/balance").json()["accounts"][0]["usd"] == "25.00"


def test_a_start_balance_that_is_no_amount_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SettingsError, match="balance can't be 'much'"):
        create_app(balance="much")
    assert serve(balance="much") == 2
    assert "The mock can't be run like this: balance can't be 'much'" in capsys.readouterr().err


def test_a_key_that_is_not_accepted_has_no_account(app: Starlette) -> None:
    accounts = app.state.mock.balances
    assert accounts.of(key=DEFAULT_KEY) == accounts.of(wallet=WALLET) == 25
    with pytest.raises(UnknownAccountError, match="doesn't accept this key"):
        accounts.of(key="typo")
    for change in (accounts.set, accounts.top_up):
        with pytest.raises(UnknownAccountError, match="doesn't accept this key"):
            change(1, key="typo")
    assert accounts.all() == {}
