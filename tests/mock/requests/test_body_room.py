"""Large bodies have bounded room in memory: they wait for it in order, and who hardly sends loses it."""

from __future__ import annotations

import asyncio
import gc
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from generator.mock import create_app
from generator.mock.exchange import Exchange
from generator.mock.judging.errors import RefusalError
from generator.mock.requests.bodies import MAX_BODY
from generator.mock.requests.body_room import BodyRoom, Pace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

    from starlette.applications import Starlette

    from generator.mock.requests.body_room import Place

GENERATIONS = "/v1/images/generations"
GOOD = json.dumps({"model": "qwen-image-2.0-pro", "prompt": "p" * 400}).encode()
PATIENCE = 0.03  # seconds


def scope(**headers: object) -> dict[str, Any]:
    named = {"host": "mock", "authorization": "Bearer k", "content-type": "application/json"}
    named |= {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": GENERATIONS,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }


def bringing(*chunks: bytes, stops: bool = False) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What brings a body; one that stops never brings its end."""
    left = list(chunks)

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.get_running_loop().create_future()
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left) or stops}

    return receive


def read(room: BodyRoom, exchange: Exchange) -> bytes:
    return asyncio.run(exchange.read_body(room))


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_those_that_find_no_room_wait_in_order() -> None:
    room = BodyRoom(100)

    async def scene() -> None:
        first = await room.place(60)
        waiting = [asyncio.create_task(room.place(size)) for size in (60, 10)]
        await turns()
        assert [task.done() for task in waiting] == [False, False]  # the small one doesn't go before
        first.shrink(0)
        for place in await asyncio.gather(*waiting):
            place.shrink(0)
        assert room.left == 100

    asyncio.run(scene())


def test_a_body_larger_than_all_the_room_has_it_by_itself() -> None:
    room = BodyRoom(100)

    async def scene() -> None:
        small = await room.place(1)
        large = asyncio.create_task(room.place(1000))
        after = asyncio.create_task(room.place(1))
        await turns()
        assert not large.done()
        small.shrink(0)
        held = await large
        await turns()
        assert not after.done()
        held.shrink(0)
        await after
        assert room.left == 99

    asyncio.run(scene())


@pytest.mark.parametrize("given_already", [False, True])
def test_who_gives_up_waiting_leaves_no_room_taken(*, given_already: bool) -> None:
    room = BodyRoom(100)

    async def scene() -> None:
        first = await room.place(100)
        gone = asyncio.create_task(room.place(50))
        after = asyncio.create_task(room.place(60))
        await turns()
        if given_already:
            first.shrink(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        first.shrink(0)
        (await after).shrink(0)
        assert room.left == 100

    asyncio.run(scene())


def test_room_that_is_given_back_on_one_event_loop_is_had_on_another() -> None:
    room = BodyRoom(100)
    held: list[Place] = [asyncio.run(room.place(100))]
    waits = threading.Event()

    async def wait() -> int:
        asyncio.get_running_loop().call_soon(waits.set)
        return (await room.place(70)).size

    sizes: list[int] = []
    other = threading.Thread(target=lambda: sizes.append(asyncio.run(wait())))
    other.start()
    waits.wait()
    held[0].shrink(0)
    other.join()
    assert (sizes, room.left) == ([70], 30)


def test_a_small_body_needs_no_room() -> None:
    room = BodyRoom(100, free=10)
    asyncio.run(room.place(100))
    assert read(room, Exchange.of(scope(content_length=10), bringing(b"0123456789"))) == b"0123456789"


@pytest.mark.parametrize("headers", [{"content_length": 12}, {"transfer_encoding": "chunked"}])
def test_a_large_body_holds_its_size_until_it_is_let_go(headers: dict[str, object]) -> None:
    room = BodyRoom(MAX_BODY + 1, free=4)
    exchange = Exchange.of(scope(**headers), bringing(b"0123", b"4567", b"89ab"))
    assert read(room, exchange) == b"0123456789ab"
    assert room.left == MAX_BODY + 1 - 12
    exchange.let_go()
    exchange.let_go()
    assert room.left == MAX_BODY + 1


@pytest.mark.parametrize("brought", [(), (b"x",), (b"x" * 20, b"x" * 9)])
def test_who_hardly_sends_gives_up_the_place(brought: tuple[bytes, ...]) -> None:
    room = BodyRoom(1000, free=10, pace=Pace(PATIENCE, 20))
    exchange = Exchange.of(scope(content_length=500), bringing(*brought, stops=True))
    with pytest.raises(RefusalError) as caught:
        read(room, exchange)
    assert caught.value.status == 408
    assert caught.value.headers == {"Connection": "close"}
    exchange.let_go()
    assert room.left == 1000


def test_who_has_no_place_keeps_nobody_waiting_and_may_be_slow() -> None:
    room = BodyRoom(1000, free=600, pace=Pace(0.0, 20))
    chunks = [b"x"] * 500
    assert len(read(room, Exchange.of(scope(content_length=500), bringing(*chunks)))) == 500


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Starlette, BodyRoom]]:
    """A mock with room for one body, and its room."""
    room = BodyRoom(500, free=100, pace=Pace(PATIENCE, 20))
    monkeypatch.setattr("generator.mock.app.BodyRoom", lambda: room)
    app = create_app(keys=["k"])
    yield app, room
    app.state.mock.close()


def call(app: Starlette, receive: Any, **headers: object) -> Coroutine[Any, Any, list[Any]]:
    async def answered() -> list[Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        await app(scope(content_length=len(GOOD), **headers), receive, send)
        return sent

    return answered()


def test_slow_senders_keep_the_others_waiting_no_longer_than_their_patience(small: tuple[Starlette, BodyRoom]) -> None:
    app, room = small

    async def scene() -> list[list[Any]]:
        slow = [call(app, bringing(GOOD[:9], stops=True)) for _ in range(3)]
        return await asyncio.gather(*slow, *(call(app, bringing(GOOD)) for _ in range(3)))

    answers = asyncio.run(scene())
    assert [answer[0]["status"] for answer in answers] == [408] * 3 + [200] * 3
    refused = answers[0]
    assert (b"connection", b"close") in refused[0]["headers"]
    assert "send it again" in json.loads(refused[1]["body"])["error"]["message"]
    assert room.left == 500
    assert sorted(entry.status for entry in app.state.mock.journal.entries()) == [200] * 3 + [408] * 3


def test_an_answer_that_takes_its_time_holds_no_room(
    small: tuple[Starlette, BodyRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, room = small
    ready = asyncio.Event()
    let_go = Exchange.let_go

    def told(exchange: Exchange) -> None:
        let_go(exchange)
        ready.set()

    monkeypatch.setattr(Exchange, "let_go", told)

    async def scene() -> None:
        slow = asyncio.create_task(call(app, bringing(GOOD), x_mock_fault="timeout"))
        await ready.wait()
        await turns()
        assert not slow.done()
        assert room.left == 500
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)

    asyncio.run(scene())


def test_a_refused_body_is_gone_with_its_answer(small: tuple[Starlette, BodyRoom]) -> None:
    app, _ = small

    gone: list[bool] = []

    class Chunk(bytes):
        """Bytes that tell when they go; nothing but this can watch them."""

        def __del__(self) -> None:
            gone.append(True)

    brought = bringing(Chunk(b"[" + b" " * (len(GOOD) - 1)))
    gc.disable()  # what is left to it may stay for long
    try:
        assert asyncio.run(call(app, brought))[0]["status"] == 400
        assert gone == [True]
    finally:
        gc.enable()
