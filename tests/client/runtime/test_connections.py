"""Whose connections are used, and who closes them."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx
import pytest

from generator.client.runtime import connections
from generator.client.runtime.client import AsyncClient, SyncClient
from generator.client.runtime.connections import Connections


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


class _Elsewhere:
    """An event loop that runs in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()

    def run(self, made: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(made, self.loop).result(10)

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


def test_closing_closes_what_other_running_loops_have() -> None:
    client = AsyncClient(default_base_url="https://host", user_agent="t")

    async def here() -> httpx.AsyncClient:
        return client._connections.http

    async def closing() -> httpx.AsyncClient:
        async with client:
            return await here()

    async def what_was_begun() -> None:
        await asyncio.gather(*connections._CLOSING)

    elsewhere = _Elsewhere()
    stopped = asyncio.new_event_loop()
    try:
        others = [elsewhere.run(here()), stopped.run_until_complete(here())]
        mine = asyncio.run(closing())
        assert mine.is_closed
        assert mine not in others
        elsewhere.run(what_was_begun())
        assert others[0].is_closed
        assert not others[1].is_closed, "nobody can close what belongs to a loop that doesn't run"
        assert not any(loop in client._connections._loops for loop in (elsewhere.loop, stopped))
    finally:
        elsewhere.end()
        stopped.close()


def test_two_loops_never_share_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ask for the first connections at the same moment."""
    asking = threading.Barrier(2, timeout=10)
    client = AsyncClient(default_base_url="https://host", user_agent="t")
    forgetting = Connections._taken_by

    def together(self: Connections[Any], loop: Any) -> Any:
        asking.wait()
        return forgetting(self, loop)

    monkeypatch.setattr(Connections, "_taken_by", together)
    taken: list[httpx.AsyncClient] = []

    async def take() -> None:
        taken.append(client._connections.http)

    threads = [threading.Thread(target=asyncio.run, args=(take(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(set(map(id, taken))) == 2


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        (SyncClient, httpx.AsyncClient(), "must be an httpx.Client here, not AsyncClient"),
        (AsyncClient, httpx.Client(), "must be an httpx.AsyncClient here, not Client"),
        (SyncClient, "http://proxy", "not str"),
    ],
)
def test_an_httpx_client_of_the_other_kind_is_refused(kind: type[Any], given: Any, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        kind(default_base_url="https://host", user_agent="t", http_client=given)
