"""No more is spent than there is, however many requests are under way."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from generator.conformance.money import OverspentError, Purse

THREADS = 16


def test_no_more_is_spent_than_there_is() -> None:
    purse = Purse(5)
    for _ in range(5):
        purse.reserve()
        purse.settle(billed=True)
    assert purse.is_empty
    with pytest.raises(OverspentError):
        purse.reserve()
    assert purse.spent == 5


def test_what_was_not_carried_out_costs_nothing() -> None:
    purse = Purse(1)
    for _ in range(9):
        purse.reserve()
        purse.settle(billed=False)
    assert purse.spent == 0
    assert not purse.is_empty


def test_a_purse_without_a_limit_is_never_empty() -> None:
    purse = Purse(None)
    for _ in range(9):
        purse.reserve()
        purse.settle(billed=True)
    assert (purse.spent, purse.is_empty) == (9, False)


@pytest.mark.parametrize("limit", [0, 1, 7, 40])
def test_many_threads_spend_no_more_than_there_is(limit: int) -> None:
    purse = Purse(limit)
    under_way, most = 0, 0
    counting = threading.Lock()

    def spend(number: int) -> bool:
        nonlocal under_way, most
        try:
            purse.reserve()
        except OverspentError:
            return False
        with counting:
            under_way += 1
            most = max(most, under_way + purse.spent)
        with counting:
            under_way -= 1
        billed = number % 3 > 0
        purse.settle(billed=billed)
        return billed

    with ThreadPoolExecutor(THREADS) as pool:
        billed = sum(pool.map(spend, range(400)))
    assert billed == purse.spent == limit
    assert most <= limit


def test_who_waits_for_money_gets_what_comes_back() -> None:
    purse = Purse(1)
    purse.reserve()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(purse.reserve)
        purse.settle(billed=False)
        waiting.result(timeout=20)
    purse.settle(billed=True)
    assert purse.spent == 1


def test_who_waits_for_money_that_is_spent_is_told_so() -> None:
    purse = Purse(1)
    purse.reserve()
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(purse.reserve) for _ in range(3)]
        purse.settle(billed=True)
        assert {type(each.exception(timeout=20)) for each in waiting} == {OverspentError}
