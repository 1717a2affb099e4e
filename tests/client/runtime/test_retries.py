"""How long to wait, and for what."""

from __future__ import annotations

import email.utils
import time

import httpx
import pytest

from generator.client.runtime.retries import Retries


@pytest.mark.parametrize("status", [429, 503])
def test_statuses_that_were_surely_not_carried_out(status: int) -> None:
    assert Retries().wants(status)


@pytest.mark.parametrize("status", [200, 400, 408, 409, 500, 502, 504, 520])
def test_statuses_that_may_have_been_carried_out(status: int) -> None:
    assert not Retries().wants(status)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_passing_failures_of_what_is_free(status: int) -> None:
    assert Retries().wants(status, idempotent=True)


@pytest.mark.parametrize("status", [400, 401, 404, 501, 520])
def test_failures_that_do_not_pass(status: int) -> None:
    assert not Retries().wants(status, idempotent=True)


@pytest.mark.parametrize(("value", "seconds"), [("0", 0), ("7", 7), ("120", 120), ("9999", 120), (" 3 ", 3)])
def test_seconds_asked_for(value: str, seconds: float) -> None:
    longest = min(seconds * 1.1, 120)
    assert seconds <= Retries().pause(0, httpx.Headers({"Retry-After": value})) <= longest


def test_a_date_asked_for() -> None:
    soon = httpx.Headers({"Retry-After": email.utils.formatdate(time.time() + 60, usegmt=True)})
    late = httpx.Headers({"Retry-After": email.utils.formatdate(time.time() + 6000, usegmt=True)})
    past = httpx.Headers({"Retry-After": email.utils.formatdate(time.time() - 60, usegmt=True)})
    assert 55 < Retries().pause(0, soon) <= 66
    assert Retries().pause(0, late) == 120
    assert Retries().pause(0, past) == 0


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e99", "nan", "٣"])
def test_nonsense_counts_as_nothing(value: str) -> None:
    headers = httpx.Headers([(b"Retry-After", value.encode())])
    assert 0.25 <= Retries().pause(0, headers) <= 0.5


@pytest.mark.parametrize(("attempt", "longest"), [(0, 0.5), (1, 1), (2, 2), (9, 8), (2000, 8)])
def test_pauses_grow_to_an_end(attempt: int, longest: float) -> None:
    assert longest / 2 <= Retries().pause(attempt) <= longest
