"""Answers on their way out: what arrives over a bare socket, and what the mock says became of it."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import uvicorn
from attrs import field, frozen
from starlette.responses import Response

from generator.mock.faults.notation import fault_of_text
from generator.mock.faults.performing import Performance, perform, waited
from generator.mock.faults.protocol import MockProtocol
from tests.mock.faults.wire import PATIENCE, Wire, ask, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Message, Receive, Scope, Send

BODY = bytes(range(256)) * 4


@frozen
class Server:
    """A server whose every answer is `BODY`, given as the header X-Mock-Fault says."""

    url: str
    server: uvicorn.Server = field(repr=False)
    performed: queue.SimpleQueue[Performance] = field(repr=False)
    started: queue.SimpleQueue[None] = field(repr=False)

    def ask(self, fault: str, sent: bytes = b"") -> tuple[str, bytes, str, Performance]:
        """Ask for a fault: the head, the body, how the connection ended, what became of the answer."""
        heard = ask(self.url, headers={"X-Mock-Fault": fault}, body=sent)
        return heard.head, heard.body, heard.end, self.performed.get(timeout=PATIENCE)


@contextmanager
def serving(loop: str = "uvloop") -> Iterator[Server]:
    performed: queue.SimpleQueue[Performance] = queue.SimpleQueue()
    started: queue.SimpleQueue[None] = queue.SimpleQueue()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        started.put(None)
        fault = fault_of_text(headers[b"x-mock-fault"].decode())
        response = Response(BODY, media_type="application/octet-stream")
        await perform(fault, response, scope=scope, receive=receive, send=send, ended=performed.put)

    config = uvicorn.Config(
        app, http=MockProtocol, loop=loop, lifespan="off", ws="none", log_level="warning", timeout_graceful_shutdown=5
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield Server(f"http://127.0.0.1:{listener.getsockname()[1]}", server, performed, started)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()


@pytest.fixture(scope="module", params=["uvloop", "asyncio"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(request.param) as running:
        yield running


def test_an_answer_without_a_fault_is_as_it_was(server: Server) -> None:
    head, body, end, performance = server.ask("ok")
    assert head.startswith("http/1.1 200 ok")
    assert f"content-length: {len(BODY)}" in head
    assert (body, end) == (BODY, "closed")
    assert (performance.outcome, performance.sent) == ("answered", len(BODY))


def test_the_first_byte_is_late(server: Server) -> None:
    heard = ask(server.url, headers={"X-Mock-Fault": "delay=0.05"})
    assert heard.first is not None
    assert heard.first >= 0.05
    assert heard.body == BODY
    assert server.performed.get(timeout=PATIENCE).outcome == "answered"


def test_a_wait_is_whole_where_the_loops_timer_is_early(monkeypatch: pytest.MonkeyPatch) -> None:
    wait = asyncio.wait

    async def early(tasks: set[asyncio.Task[None]], timeout: float) -> object:  # noqa: ASYNC109  # as asyncio has it
        return await wait(tasks, timeout=timeout / 2)

    async def hung_up() -> Message:
        await asyncio.get_running_loop().create_future()
        raise AssertionError

    monkeypatch.setattr(asyncio, "wait", early)
    began = time.monotonic()
    assert asyncio.run(waited({}, hung_up, 0.02))
    assert time.monotonic() - began >= 0.02


def test_a_slow_body_comes_no_faster_than_asked_for(server: Server) -> None:
    heard = ask(server.url, headers={"X-Mock-Fault": f"bytes-per-second={len(BODY) * 10}"})
    assert heard.first is not None
    assert heard.last >= 0.099  # the clocks of server and test may differ by a hair
    assert heard.last - heard.first >= 0.02  # it doesn't come all at once
    assert heard.body == BODY
    assert server.performed.get(timeout=PATIENCE).sent == len(BODY)


def test_a_body_of_known_length_is_cut(server: Server) -> None:
    head, body, end, performance = server.ask("cut-after=100")
    assert f"content-length: {len(BODY)}" in head
    assert (body, end) == (BODY[:100], "closed")
    assert (performance.outcome, performance.sent) == ("cut", 100)


def test_a_share_of_a_body(server: Server) -> None:
    _, body, _, _ = server.ask("cut-after=25%")
    assert body == BODY[:256]


def test_headers_alone(server: Server) -> None:
    head, body, end, performance = server.ask("cut-after=0")
    assert head.startswith("http/1.1 200 ok")
    assert (body, end, performance.sent) == (b"", "closed", 0)


def test_a_body_that_is_cut_at_its_end_is_whole_and_not_finished(server: Server) -> None:
    _, body, end, performance = server.ask(f"cut-after={len(BODY) + 5} chunked")
    assert body == b"%x\r\n%b\r\n" % (len(BODY), BODY)  # without the last, empty chunk
    assert (end, performance.outcome) == ("closed", "cut")


def test_a_body_in_chunks_is_cut(server: Server) -> None:
    head, body, end, _ = server.ask("cut-after=100 chunked")
    assert "transfer-encoding: chunked" in head
    assert "content-length" not in head
    assert body == b"64\r\n" + BODY[:100] + b"\r\n"
    assert end == "closed"


def test_chunks_by_themselves_are_no_fault(server: Server) -> None:
    _, body, _, performance = server.ask("chunked")
    assert body == b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
    assert performance.outcome == "answered"


@pytest.mark.parametrize("fault", ["reset=before", "reset=after", "reset-after"])
def test_a_connection_is_really_reset(server: Server, fault: str) -> None:
    head, _, end, performance = server.ask(fault)
    assert (head, end) == ("", "reset")
    assert (performance.outcome, performance.first_byte) == ("reset", None)


def test_a_connection_is_reset_within_the_body(server: Server) -> None:
    head, body, end, performance = server.ask("reset=300")
    assert f"content-length: {len(BODY)}" in head
    assert (body, end) == (BODY[:300], "reset")
    assert (performance.outcome, performance.sent) == ("reset", 300)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_is_closed_without_an_answer(server: Server, when: str) -> None:
    head, _, end, performance = server.ask(f"hang-up={when}", b"x" * 100_000)
    assert (head, end) == ("", "closed")
    assert performance.outcome == "cut"


def test_bytes_that_are_no_http(server: Server) -> None:
    heard = ask(server.url, headers={"X-Mock-Fault": "garbage"})
    assert heard.raw
    assert not heard.raw.startswith(b"HTTP/")
    assert server.performed.get(timeout=PATIENCE).outcome == "cut"


def test_a_half_closed_connection_stays_until_the_caller_leaves(server: Server) -> None:
    wire = Wire.to(server.url)
    heard = wire.hear(wire.send(headers={"X-Mock-Fault": "cut-after=100 half-close"}))
    assert (heard.body, heard.end) == (BODY[:100], "closed")
    assert server.performed.get(timeout=PATIENCE).outcome == "cut"
    assert server.server.server_state.tasks  # it is still there
    wire.close()
    until(lambda: not server.server.server_state.tasks)


@pytest.mark.parametrize("fault", ["timeout", "bytes-per-second=1", "delay=3600 reset=after"])
def test_a_caller_that_hangs_up_is_noticed(server: Server, fault: str) -> None:
    wire = Wire.to(server.url)
    drain(server.started)
    wire.send(headers={"X-Mock-Fault": fault})
    server.started.get(timeout=PATIENCE)
    wire.close()
    assert server.performed.get(timeout=PATIENCE).outcome == "caller gone"


def drain(waiting: queue.SimpleQueue[None]) -> None:
    while not waiting.empty():
        waiting.get()


def test_the_connection_is_used_again_after_a_slow_answer(server: Server) -> None:
    wire = Wire.to(server.url)
    request = b"GET / HTTP/1.1\r\nHost: mock\r\nX-Mock-Fault: delay=0.01\r\n\r\n"
    wire._socket.sendall(request * 2)
    for _ in range(2):
        assert server.performed.get(timeout=PATIENCE).outcome == "answered"
    wire.close()


def test_a_server_that_stops_waits_for_no_fault() -> None:
    with serving() as server:
        wire = Wire.to(server.url)
        sent = wire.send(headers={"X-Mock-Fault": "timeout"})
        server.started.get(timeout=PATIENCE)
        server.server.should_exit = True
        heard = wire.hear(sent)
        assert heard.raw == b""
        assert server.performed.get(timeout=PATIENCE).outcome == "caller gone"
        wire.close()


@pytest.mark.parametrize(
    ("fault", "error", "sent"),
    [
        ("reset", ConnectionResetError, 0),
        ("reset=300", ConnectionResetError, 300),
        ("cut-after=100", ConnectionAbortedError, 100),
        ("hang-up", ConnectionAbortedError, 0),
        ("garbage", ConnectionAbortedError, 0),
    ],
)
def test_in_process_a_lost_connection_is_an_error(fault: str, error: type[OSError], sent: int) -> None:
    messages: list[Message] = []
    performed: list[Performance] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]  # it never comes

    async def call() -> None:
        response, ended = Response(BODY), performed.append
        await perform(fault_of_text(fault), response, scope={"type": "http"}, receive=receive, send=send, ended=ended)

    with pytest.raises(error, match="as a fault asked for"):
        asyncio.run(call())
    assert b"".join(message.get("body", b"") for message in messages) == BODY[:sent]
    assert [performance.sent for performance in performed] == [sent]
