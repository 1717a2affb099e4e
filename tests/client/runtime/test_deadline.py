"""A deadline limits each wait, and all waits together; the table of faults shows it against a server that drips."""

from __future__ import annotations

import asyncio
import math
from typing import Any

import httpx
import pytest

from generator.client.runtime import deadline as module
from generator.client.runtime.deadline import Deadline


def _request(timeout: httpx.Timeout) -> httpx.Request:
    return httpx.Request("GET", "https://host/", extensions={"timeout": timeout.as_dict()})


def test_never() -> None:
    deadline = Deadline.after(None)
    assert (deadline.left, deadline.passed) == (math.inf, False)
    request = _request(httpx.Timeout(5))
    with deadline.blocking(request):
        pass
    assert request.extensions["timeout"] == httpx.Timeout(5).as_dict()


def test_time_goes_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    deadline = Deadline.after(10)
    assert (deadline.left, deadline.passed) == (10, False)
    monkeypatch.setattr("time.monotonic", lambda: 110.0)
    assert (deadline.left, deadline.passed) == (0, True)


def test_single_waits_are_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    request = _request(httpx.Timeout(connect=5, read=300, write=None, pool=60))
    Deadline(130).shorten(request)
    assert request.extensions["timeout"] == {"connect": 5, "read": 30, "write": 30, "pool": 30}


def test_nothing_begins_after_it() -> None:
    with pytest.raises(httpx.ReadTimeout), Deadline(-1).blocking():
        pytest.fail("it has passed")


def test_a_connection_that_is_made_is_told_of_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stream:
        """A connection that writes down how long it is asked to wait."""

        def __init__(self) -> None:
            self.asked: list[float | None] = []
            self.written: list[tuple[int, float | None]] = []

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            self.asked.append(timeout)
            return b"x" * max_bytes

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self.written.append((len(buffer), timeout))

    seen: list[str] = []
    stream = Stream()
    request = _request(httpx.Timeout(5))
    request.extensions["trace"] = lambda event, _: seen.append(event)
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    with Deadline(103).blocking(request):
        request.extensions["trace"]("connection.connect_tcp.complete", {"return_value": stream})
        assert stream.read(1, timeout=5) == b"x"
        assert stream.read(1, timeout=2) == b"x"
        assert stream.read(1) == b"x"
        stream.write(bytes(40_000), timeout=60)
    assert stream.read(1, timeout=5) == b"x"
    assert stream.asked == [3, 2, 3, 5]
    assert stream.written == [(16_384, 3), (16_384, 3), (7_232, 3)], "time begins anew with each byte of a write"
    assert seen == ["connection.connect_tcp.complete"], "a trace of the user's own still hears"


def test_a_thread_knows_only_its_own_deadline() -> None:
    with Deadline.after(60).blocking():
        assert module._current.until is not None
    assert module._current.until is None


def test_what_is_awaited_ends_too() -> None:
    async def main() -> Any:
        with Deadline.after(0.001).awaiting(_request(httpx.Timeout(5))):
            await asyncio.get_running_loop().create_future()

    with pytest.raises(httpx.ReadTimeout):
        asyncio.run(main())


def test_the_deadline_of_a_transfer_holds_on_after_another_within_it() -> None:
    outer, inner, never = Deadline.after(60), Deadline.after(600), Deadline.after(None)
    with outer.blocking():
        for each in (inner, never):
            with each.blocking():
                assert module._current.until == outer.until, "the earlier one holds"
            assert module._current.until == outer.until
        sooner = Deadline.after(1)
        with sooner.blocking():
            assert module._current.until == sooner.until
        assert module._current.until == outer.until
    assert module._current.until is None
