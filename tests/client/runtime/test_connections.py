"""Whose connections are used, and who closes them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

from generator.client.runtime.client import AsyncClient, SyncClient

if TYPE_CHECKING:
    import pytest


def test_own_connections_are_closed_and_given_ones_are_not() -> None:
    with SyncClient(default_base_url="https://host", user_agent="t") as client:
        http = client._connections.http
        with client.with_options(timeout=1):
            pass
        assert not http.is_closed
    assert http.is_closed
    with httpx.Client() as given:
        SyncClient(default_base_url="https://host", user_agent="t", http_client=given).close()
        assert not given.is_closed


def test_a_forked_process_has_connections_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    given = httpx.Client()
    with SyncClient(default_base_url="https://host", user_agent="t") as own, given:
        using = SyncClient(default_base_url="https://host", user_agent="t", http_client=given)
        before = own._connections.http
        monkeypatch.setattr("os.getpid", lambda: -1)
        after = own.with_options(timeout=1)._connections.http
        assert after is not before
        assert own._connections.http is after
        assert using._connections.http is given
        before.close()


def test_each_event_loop_has_connections_of_its_own() -> None:
    """A connection that a finished loop left behind would take a request, and answer to nobody."""
    client = AsyncClient(default_base_url="https://host", user_agent="t")

    async def here() -> httpx.AsyncClient:
        return client.with_options(timeout=1)._connections.http

    async def twice() -> bool:
        return await here() is await here()

    loops = [asyncio.new_event_loop() for _ in range(2)]
    first, second = (loop.run_until_complete(here()) for loop in loops)
    assert first is not second
    assert loops[0].run_until_complete(here()) is first
    assert asyncio.run(twice())
    for loop in loops:
        loop.close()
    assert asyncio.run(twice())
    assert not any(loop in client._connections._loops for loop in loops), "those of closed loops are let go"


def test_what_is_given_is_used_in_every_event_loop() -> None:
    given = httpx.AsyncClient()
    client = AsyncClient(default_base_url="https://host", user_agent="t", http_client=given)

    async def here() -> httpx.AsyncClient:
        return client._connections.http

    assert asyncio.run(here()) is given
    asyncio.run(given.aclose())
    assert client._connections.closed
