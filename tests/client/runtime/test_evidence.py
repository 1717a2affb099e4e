"""What httpcore's events tell of a request; what else is told is played in the tests of faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime.deadline import DeadlinePassedError
from generator.client.runtime.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Raw:
    """A request as httpcore has them."""

    def __init__(self, method: bytes) -> None:
        self.method = method


_OURS, _TUNNEL = {"request": _Raw(b"POST")}, {"request": _Raw(b"CONNECT")}


class LocalProtocolError(Exception):
    """As httpcore names it."""


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


@pytest.mark.parametrize(
    ("events", "sent"),
    [
        ([("connection.connect_tcp.started", {})], False),
        ([("connection.connect_tcp.complete", {}), ("http11.send_request_headers.started", _TUNNEL)], False),
        ([("http11.send_request_headers.started", _OURS)], True),
        ([("http2.send_connection_init.started", _OURS)], False),
        ([("http2.send_request_headers.started", _OURS)], True),
        ([("http11.send_request_headers.started", _OURS), ("http11.send_request_headers.failed",
          {"exception": LocalProtocolError()})], False),
        ([("http11.send_request_headers.started", _OURS), ("http11.send_request_headers.failed",
          {"exception": OSError()})], True),
        ([("http2.send_request_headers.started", _OURS), ("http2.send_request_headers.failed",
          {"exception": LocalProtocolError()})], True),
        ([("http11.send_request_headers.started", _OURS), ("http11.send_request_body.failed",
          {"exception": LocalProtocolError()})], True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("error", [httpx.ConnectError("no"), httpx.ReadTimeout("no"), LookupError("no")])
def test_what_was_sent(
    http: httpx.Client, events: list[tuple[str, dict[str, Any]]], *, sent: bool, error: Exception
) -> None:
    request = httpx.Request("POST", "https://host")
    evidence = Evidence()
    evidence.begin(request)
    for event, info in events:
        request.extensions["trace"](event, info)
    assert evidence.may_be_sent(error, http, request) is sent


def test_nothing_is_sent_before_it_begins(http: httpx.Client) -> None:
    assert not Evidence().may_be_sent(httpx.ReadTimeout("no"), http, httpx.Request("POST", "https://host"))


@pytest.mark.parametrize(
    ("error", "sent"),
    [(httpx.PoolTimeout("no"), False), (RuntimeError("closed"), False), (httpx.ReadTimeout("no"), True)],
)
def test_silence_of_a_transport_that_tells(http: httpx.Client, error: Exception, *, sent: bool) -> None:
    request = httpx.Request("POST", "https://host")
    evidence = Evidence()
    evidence.begin(request)
    assert evidence.may_be_sent(error, http, request) is sent


def test_a_mock_means_what_it_raises_unless_a_hook_may_have_raised_it() -> None:
    request = httpx.Request("POST", "https://host")
    evidence = Evidence()
    evidence.begin(request)
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    for hooks, sent in (([], False), ([print], True)):
        with httpx.Client(transport=transport, event_hooks={"response": hooks}) as http:
            assert evidence.may_be_sent(httpx.ConnectError("no"), http, request) is sent
            assert evidence.may_be_sent(LookupError("no"), http, request)


def test_whoever_listened_before_still_hears() -> None:
    heard: list[str] = []

    async def listen(event: str, info: dict[str, Any]) -> None:
        heard.append(f"{event}{info}")

    request = httpx.Request("POST", "https://host", extensions={"trace": listen})
    Evidence().begin(request, awaited=True)
    asyncio.run(request.extensions["trace"]("an event", {}))
    assert heard == ["an event{}"]


class _Listener:
    """A listener that no set can hold."""

    __hash__ = None  # type: ignore[assignment] # as a dataclass has it

    def __eq__(self, other: object) -> bool:
        return self is other

    def __call__(self, event: str, info: dict[str, Any]) -> None: ...


def test_whoever_listens_in_our_place_leaves_it_open(http: httpx.Client) -> None:
    request = httpx.Request("POST", "https://host")
    evidence = Evidence()
    evidence.begin(request)
    request.extensions["trace"] = _Listener()
    assert evidence.may_be_sent(ValueError("no"), http, request)


class _Copying(httpx.Client):
    """Sends a copy of what it is given."""


@pytest.mark.parametrize("error", [ValueError("own check"), httpx.ReadTimeout("no"), httpx.ConnectError("no")])
def test_silence_of_another_httpx_client_is_not_believed(error: Exception) -> None:
    request = httpx.Request("POST", "https://host")
    evidence = Evidence()
    evidence.begin(request)
    with _Copying() as http:
        assert evidence.may_be_sent(error, http, request)


def test_silence_is_not_believed_where_a_hook_may_have_seen_an_answer() -> None:
    request = httpx.Request("POST", "https://host")
    evidence = Evidence()
    evidence.begin(request)
    with httpx.Client(event_hooks={"response": [print]}) as http:
        assert evidence.may_be_sent(ValueError("hook"), http, request)
        assert not evidence.may_be_sent(httpx.PoolTimeout("no"), http, request)


@pytest.mark.parametrize("transport", [httpx.MockTransport(lambda _: httpx.Response(200)), httpx.HTTPTransport()])
def test_a_deadline_in_the_midst_tells_nothing_unless_the_transport_does(transport: httpx.BaseTransport) -> None:
    request = httpx.Request("POST", "https://host")
    evidence = Evidence()
    evidence.begin(request)
    with httpx.Client(transport=transport) as http:
        sent = evidence.may_be_sent(DeadlinePassedError(), http, request)
    assert sent is isinstance(transport, httpx.MockTransport)
