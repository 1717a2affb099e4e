"""Whether a request was sent is told by what happened to it, not by the class of what a given httpx client raises."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generated_client.powertokens import errors
from generated_client.powertokens._runtime.steps import Pause

from . import acts
from .calls import MAKING_IMAGES, WAYS
from .scripted_server import ScriptedServer
from .stage import KEY, awaited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .calls import Way
    from .connection import Connection
    from .stage import Stage

pytestmark = pytest.mark.usefixtures("stage")

each_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
def gateway() -> Iterator[ScriptedServer]:
    """A gateway that makes an image for each request."""
    with ScriptedServer([acts.done()]) as server:
        yield server


def _hooks(way: Way, when: str, hook: Callable[[Any], None]) -> dict[str, Any]:
    async def ahook(subject: Any) -> None:
        hook(subject)

    return {"event_hooks": {when: [hook if way == "sync" else ahook]}}


def _http(way: Way, **options: Any) -> Any:
    """An httpx client of the user's own."""
    return (httpx.Client if way == "sync" else httpx.AsyncClient)(trust_env=False, **options)


def _failure(way: Way, address: str, http: Any, **settings: Any) -> Exception:
    """What a call ends in that is made over a given httpx client."""

    async def called() -> Exception:
        given = {"api_key": KEY, "base_url": address, "http_client": http, **settings}
        client = MAKING_IMAGES.new_client(way, **given)
        try:
            await awaited(MAKING_IMAGES.call(client, big=False))
        except Exception as error:  # noqa: BLE001 - whether it is of the right class is for the test to say
            return error
        finally:
            await _closed(http)
        raise AssertionError("the call should fail")

    return asyncio.run(called())


async def _closed(http: Any) -> None:
    if isinstance(http, httpx.Client):
        http.close()
    else:
        await http.aclose()


def _address(server: ScriptedServer) -> str:
    return f"http://127.0.0.1:{server.port}"


@each_way
@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.PoolTimeout, httpx.LocalProtocolError])
def test_a_hook_that_cannot_connect_does_not_undo_a_request(
    way: Way, kind: type[Exception], gateway: ScriptedServer
) -> None:
    def hook(_: Any) -> None:
        raise kind("the hook's own call")

    error = _failure(way, _address(gateway), _http(way, **_hooks(way, "response", hook)))
    assert isinstance(error, errors.AnswerLost)
    assert gateway.counts.images == 1


@each_way
def test_nor_does_one_that_listens_in_our_place(way: Way, gateway: ScriptedServer) -> None:
    def deafen(request: httpx.Request) -> None:
        del request.extensions["trace"]

    def hook(_: Any) -> None:
        raise httpx.ConnectError("the hook's own call")

    hooks: dict[str, Any] = {"event_hooks": {}}
    for when, each in {"request": deafen, "response": hook}.items():
        hooks["event_hooks"] |= _hooks(way, when, each)["event_hooks"]
    error = _failure(way, _address(gateway), _http(way, **hooks))
    assert isinstance(error, errors.AnswerLost)
    assert gateway.counts.images == 1


@each_way
def test_what_a_hook_raises_is_told_by_its_class_alone(way: Way, gateway: ScriptedServer) -> None:
    def hook(response: httpx.Response) -> None:
        raise LookupError(f"sent with {response.request.headers['authorization']}")

    error = _failure(way, _address(gateway), _http(way, **_hooks(way, "response", hook)))
    assert isinstance(error, errors.AnswerLost)
    assert "LookupError" in str(error)
    assert "The request was sent, so that it may have been carried out and billed" in str(error)
    assert KEY not in f"{error}{error.__context__}{error.__cause__}"
    assert gateway.counts.images == 1


@each_way
def test_what_a_hook_raises_before_costs_nothing(way: Way, gateway: ScriptedServer) -> None:
    def hook(_: Any) -> None:
        raise LookupError("no")

    error = _failure(way, _address(gateway), _http(way, **_hooks(way, "request", hook)))
    assert isinstance(error, errors.ConnectionFailed)
    assert "(LookupError). Nothing was sent" in str(error)
    assert gateway.counts.requests == 0


@each_way
@pytest.mark.parametrize("reads", [True, False])
def test_a_status_that_a_hook_raises_is_that_status(way: Way, *, reads: bool) -> None:
    def hook(response: httpx.Response) -> None:
        response.raise_for_status()

    async def ahook(response: httpx.Response) -> None:
        await response.aread()
        hook(response)

    def read_first(response: httpx.Response) -> None:
        response.read()
        hook(response)

    options = {"event_hooks": {"response": [read_first if way == "sync" else ahook]}}
    if not reads:
        options = _hooks(way, "response", hook)
    with ScriptedServer([acts.answered(429), acts.answered(402, b'{"error": {"message": "top up"}}')]) as server:
        error = _failure(way, _address(server), _http(way, **options))
    assert isinstance(error, errors.PaymentRequired)
    assert error.message == ("top up" if reads else "")
    assert server.counts.requests == 2, "429 is asked again"


@each_way
def test_a_transport_that_tells_nothing_is_not_believed(way: Way, gateway: ScriptedServer) -> None:
    class Foreign(httpx.BaseTransport, httpx.AsyncBaseTransport):
        """Sends by other means, and calls it a failure to connect when no answer comes."""

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            httpx.post(request.url, content=request.read(), headers=request.headers, trust_env=False)
            raise httpx.ConnectTimeout("the server has hung up")

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await request.aread()
            async with httpx.AsyncClient(trust_env=False) as http:
                await http.post(request.url, content=request.content, headers=request.headers)
            raise httpx.ConnectTimeout("the server has hung up")

    error = _failure(way, _address(gateway), _http(way, transport=Foreign()))
    assert isinstance(error, errors.AnswerLost)
    assert "The request may have been sent, so that it may have been carried out" in str(error)
    assert gateway.counts.images == 1


@each_way
def test_a_header_that_cannot_be_written_was_not_sent(way: Way, gateway: ScriptedServer) -> None:
    error = _failure(way, _address(gateway), _http(way, headers={"X-Own": "a\nb"}))
    assert isinstance(error, errors.ConnectionFailed)
    assert gateway.counts.requests == 0


@each_way
def test_a_proxy_that_never_connects_is_sent_nothing(way: Way, stage: Stage) -> None:
    def silent(connection: Connection) -> None:
        connection.read_request()
        connection.close()

    with ScriptedServer([silent]) as proxy:
        error = _failure(way, "https://gateway.example", _http(way, proxy=_address(proxy)))
    assert isinstance(error, errors.ConnectionFailed)
    assert len(stage.pauses) == 2, "so that it is tried again"
    assert KEY.encode() not in proxy.counts.received


@each_way
def test_a_call_that_waits_for_a_connection_past_its_deadline_is_not_sent(way: Way, gateway: ScriptedServer) -> None:
    http = _http(way, limits=httpx.Limits(max_connections=0))
    error = _failure(way, _address(gateway), http, deadline=0.05)
    assert isinstance(error, errors.ConnectionFailed)
    assert "Nothing was sent" in str(error)
    assert gateway.counts.requests == 0


@each_way
def test_an_httpx_client_that_is_closed_in_a_pause_sends_nothing_more(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = _http(way)

    async def ado(_: Any) -> None:
        await http.aclose()

    monkeypatch.setattr(Pause, "do", lambda _: http.close())
    monkeypatch.setattr(Pause, "ado", ado)
    with ScriptedServer([acts.answered(503), acts.done()]) as server:
        error = _failure(way, _address(server), http)
    assert isinstance(error, errors.ConnectionFailed)
    assert "(RuntimeError). Nothing was sent" in str(error)
    assert server.counts.images == 0


@each_way
def test_an_httpx_client_that_sends_a_copy_is_not_believed(way: Way, gateway: ScriptedServer) -> None:
    def copied(request: httpx.Request) -> httpx.Request:
        content = b"x" * int(request.headers["content-length"])
        return httpx.Request(request.method, request.url, headers=request.headers, content=content)

    class Copying(httpx.Client):
        def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
            super().send(copied(request), **options).close()
            raise ValueError("own check")

    class AsyncCopying(httpx.AsyncClient):
        async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
            await (await super().send(copied(request), **options)).aclose()
            raise ValueError("own check")

    http = (Copying if way == "sync" else AsyncCopying)(trust_env=False)
    error = _failure(way, _address(gateway), http)
    assert isinstance(error, errors.AnswerLost)
    assert "may have been sent" in str(error)
    assert gateway.counts.images == 1
