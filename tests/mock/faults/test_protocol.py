"""What the mock does with uvicorn's connections besides faults."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import weakref
from typing import TYPE_CHECKING, Any, cast

from uvicorn.server import ServerState

from generator.mock import running
from generator.mock.faults.protocol import MockProtocol
from generator.mock.serving.listening import config_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


class FakeLoop:
    """A loop whose time a test tells."""

    def __init__(self) -> None:
        self.now = 100.0
        self.timers: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, call: Callable[[], None]) -> asyncio.TimerHandle:
        self.timers.append((self.now + delay, call))
        return cast("asyncio.TimerHandle", FakeTimer())

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        due = [call for end, call in self.timers if end <= self.now]
        self.timers = [timer for timer in self.timers if timer[0] > self.now]
        for call in due:
            call()


class FakeTimer:
    def cancel(self) -> None:
        """Nothing: one that is stopped too late does no harm."""


class FakeTransport(asyncio.Transport):
    closed = False

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def pause_reading(self) -> None:
        """Nothing comes."""

    def resume_reading(self) -> None:
        """Nothing comes."""


def connected() -> tuple[MockProtocol, FakeLoop, FakeTransport]:
    loop, transport = FakeLoop(), FakeTransport()
    config = config_of(lambda: None)
    config.load()
    protocol = MockProtocol(config, ServerState(), {}, cast("Any", loop))
    protocol.connection_made(transport)
    return protocol, loop, transport


def test_a_connection_is_closed_when_nothing_has_come_for_so_long() -> None:
    protocol, loop, transport = connected()
    patience = protocol.timeout_keep_alive
    protocol.on_response_complete()
    loop.pass_time(patience - 1)
    protocol.data_received(b"")  # another request
    protocol.on_response_complete()
    assert len(loop.timers) == 1  # one does for all answers
    loop.pass_time(patience - 1)
    assert not transport.closed
    loop.pass_time(1)
    assert transport.closed


def test_a_connection_is_kept_while_a_request_is_under_way() -> None:
    protocol, loop, transport = connected()
    protocol.on_response_complete()
    protocol.data_received(b"")
    loop.pass_time(10 * protocol.timeout_keep_alive)
    assert not transport.closed
    protocol.on_response_complete()
    loop.pass_time(protocol.timeout_keep_alive)
    assert transport.closed


def test_answered_requests_are_forgotten_without_the_cyclic_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    cycles: list[weakref.ref[object]] = []
    begin = MockProtocol.on_headers_complete

    def noted(protocol: MockProtocol) -> None:
        begin(protocol)
        cycles.append(weakref.ref(protocol.cycle))

    monkeypatch.setattr(MockProtocol, "on_headers_complete", noted)
    body = json.dumps({"model": "qwen-image-2.0-pro", "prompt": "a cat"})
    with running() as mock:
        host, port = mock.url.removeprefix("http://").split(":")
        head = f"POST /v1/images/generations HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer {mock.key}\r\n"
        request = f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        gc.disable()
        try:
            with socket.create_connection((host, int(port)), timeout=20) as connection:
                for _ in range(4):
                    connection.sendall(request)
                    assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
                assert [cycle() for cycle in cycles[:2]] == [None, None]
        finally:
            gc.enable()
    assert len(cycles) == 4
