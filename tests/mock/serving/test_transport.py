"""The mock in-process, from httpx's synchronous and asynchronous clients."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from generator.mock import DEFAULT_KEY, transport

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import Receive, Scope, Send

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
        async with httpx.AsyncClient(transport=transport(app), base_url="http://mock", headers=HEADERS) as client:
            body = BODY | {"response_format": "b64_json"}
            return (await client.post("/v1/images/generations", json=body)).status_code

    assert asyncio.run(call()) == 200
    assert asyncio.run(call()) == 200


def test_httpx_own_transport_serves_too(app: Starlette) -> None:
    async def call() -> int:
        way = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=way, base_url="http://mock", headers=HEADERS) as client:
            return (await client.post("/v1/images/generations", json=BODY)).status_code

    assert asyncio.run(call()) == 200


@pytest.mark.parametrize(
    ("error", "seen"),
    [
        (ConnectionResetError("reset"), httpx.ReadError),
        (ConnectionAbortedError("closed"), httpx.RemoteProtocolError),
        (None, httpx.RemoteProtocolError),
        (ZeroDivisionError("a defect"), ZeroDivisionError),
    ],
)
def test_a_lost_connection_is_what_a_client_would_see(error: Exception | None, seen: type[Exception]) -> None:
    async def lose(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        if error is not None:
            raise error

    with httpx.Client(transport=transport(lose), base_url="http://mock") as client, pytest.raises(seen):
        client.get("/")

    async def call() -> None:
        async with httpx.AsyncClient(transport=transport(lose), base_url="http://mock") as other:
            await other.get("/")

    with pytest.raises(seen):
        asyncio.run(call())


def test_a_client_out_of_patience_hangs_up_and_the_application_sees_it() -> None:
    seen: list[str] = []

    async def dawdle(_scope: Scope, receive: Receive, _send: Send) -> None:
        while not seen or seen[-1] != "http.disconnect":
            seen.append((await receive())["type"])

    with httpx.Client(transport=transport(dawdle), base_url="http://mock", timeout=0.01) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.post("/", content=b"x")
        assert seen == ["http.request", "http.disconnect"]


def test_a_file_is_sent_from_either_client(app: Starlette, png: bytes) -> None:
    async def call() -> int:
        async with httpx.AsyncClient(transport=transport(app), base_url="http://mock", headers=HEADERS) as client:
            return (await client.post("/v1/images/edits", data=BODY, files={"image": png})).status_code

    assert asyncio.run(call()) == 200
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=HEADERS) as client:
        assert client.post("/v1/images/edits", data=BODY, files={"image": png}).status_code == 200
