"""The mock in-process, from httpx's synchronous and asynchronous clients."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import httpx

from generator.mock import DEFAULT_KEY, transport

if TYPE_CHECKING:
    from starlette.applications import Starlette

BODY = {"model": "qwen-image-2.0-pro", "prompt": "p"}
HEADERS = {"Authorization": f"Bearer {DEFAULT_KEY}"}


def threads() -> int:
    return sum(thread.name == "mock in-process" for thread in threading.enumerate())


def test_sync_client_starts_a_thread_late_and_ends_it(app: Starlette) -> None:
    before = threads()
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=HEADERS) as client:
        assert threads() == before
        assert client.post("/v1/images/generations", json=BODY).status_code == 200
        assert threads() == before + 1
    assert threads() == before


def test_sync_client_from_several_threads(app: Starlette) -> None:
    statuses: list[int] = []
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=HEADERS) as client:

        def call() -> None:
            statuses.append(client.post("/v1/images/generations", json=BODY).status_code)

        callers = [threading.Thread(target=call) for _ in range(8)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
    assert statuses == [200] * 8


def test_async_client(app: Starlette) -> None:
    async def call() -> int:
        way = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=way, base_url="http://mock", headers=HEADERS) as client:
            body = BODY | {"response_format": "b64_json"}
            return (await client.post("/v1/images/generations", json=body)).status_code

    assert asyncio.run(call()) == 200
    assert asyncio.run(call()) == 200
