"""An application that is called in-process answers as it would over a wire."""

from __future__ import annotations

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from generator.conformance.asgi import AppStartError, AsgiTransport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request

Told = list[str]


async def echo(request: Request) -> Response:
    body = await request.body()
    state = getattr(request.state, "greeting", "")
    return JSONResponse(
        {"method": request.method, "length": len(body), "query": dict(request.query_params), "state": state}
    )


async def broken(_: Request) -> Response:
    raise RuntimeError("secret of the application")


async def zipped(_: Request) -> Response:
    return Response(gzip.compress(b"once decoded"), headers={"content-encoding": "gzip"})


async def meet(request: Request) -> Response:
    """Answer when two are here, so that requests that wait for one another never end."""
    arrived = request.app.state.arrived
    arrived.append(anyio.Event())
    for event in arrived[:1] if len(arrived) == 2 else ():
        event.set()
    if len(arrived) == 1:
        await arrived[0].wait()
    return Response(str(threading.get_ident()))


def app(told: Told) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Any]]:
        app.state.arrived = []
        told.append("begun")
        yield {"greeting": "hello"}
        told.append("ended")

    routes = [
        Route("/echo", echo, methods=["GET", "POST"]),
        Route("/broken", broken),
        Route("/zipped", zipped),
        Route("/meet", meet),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def client(told: Told) -> Iterator[httpx.Client]:
    with httpx.Client(transport=AsgiTransport(app(told)), base_url="http://gateway") as client:
        yield client


def test_requests_and_the_state_of_the_lifespan_arrive(client: httpx.Client) -> None:
    answer = client.post("/echo", params={"a": "é"}, content=b"abc").json()
    assert answer == {"method": "POST", "length": 3, "query": {"a": "é"}, "state": "hello"}


def test_a_big_form_arrives_whole(client: httpx.Client) -> None:
    data = bytes(5_000_000)
    answer = client.post("/echo", files={"image": ("a.png", data, "image/png")})
    assert answer.json()["length"] > len(data)


def test_the_application_is_told_of_its_begin_and_end_once(client: httpx.Client, told: Told) -> None:
    assert told == []
    client.get("/echo")
    client.get("/echo")
    assert told == ["begun"]
    client.close()
    assert told == ["begun", "ended"]


def test_what_the_application_raises_is_a_500(client: httpx.Client) -> None:
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_an_encoded_answer_is_decoded_once(client: httpx.Client) -> None:
    assert client.get("/zipped").text == "once decoded"


def test_several_threads_are_answered_at_the_same_time_on_one_loop(client: httpx.Client) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = [future.result(10).text for future in [pool.submit(client.get, "/meet") for _ in range(2)]]
    assert len(set(answers)) == 1
    assert str(threading.get_ident()) not in answers


async def bare(_scope: Any, _receive: Any, send: Any) -> None:
    """Knows no lifespan, and says so by raising."""
    if _scope["type"] != "http":
        raise ValueError(_scope["type"])
    start = {"type": "http.response.start", "status": 200, "headers": []}
    path = _scope["path"]
    if path == "/raises":
        raise ValueError(path)
    if path == "/silent":
        return
    if path == "/hangs":
        await anyio.sleep_forever()
    await send(start)
    await send({"type": "http.response.body", "body": b"half", "more_body": path != "/whole"})
    if path == "/cut":
        raise ValueError(path)


@pytest.fixture
def plain() -> Iterator[httpx.Client]:
    with httpx.Client(transport=AsgiTransport(bare), base_url="http://gateway") as client:
        yield client


def test_an_application_without_a_lifespan_is_served(plain: httpx.Client) -> None:
    assert plain.get("/whole").text == "half"


@pytest.mark.parametrize("path", ["/raises", "/silent"])
def test_no_answer_is_a_500(plain: httpx.Client, path: str) -> None:
    assert plain.get(path).status_code == 500


@pytest.mark.parametrize("path", ["/cut", "/stops"])
def test_half_an_answer_is_no_answer(plain: httpx.Client, path: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        plain.get(path)


def test_an_application_that_hangs_is_given_up(plain: httpx.Client) -> None:
    with pytest.raises(httpx.ReadTimeout):
        plain.get("/hangs", timeout=httpx.Timeout(5, read=0.01))
    assert plain.get("/whole").status_code == 200


def test_an_application_that_cannot_start_says_why() -> None:
    async def failing(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    with (
        httpx.Client(transport=AsgiTransport(failing), base_url="http://gateway") as client,
        pytest.raises(AppStartError, match=r"can't start: no database\."),
    ):
        client.get("/")


def test_nothing_is_sent_once_it_is_closed() -> None:
    transport = AsgiTransport(bare)
    transport.close()
    with pytest.raises(httpx.ConnectError, match="closed"):
        transport.handle_request(httpx.Request("GET", "http://gateway/whole"))


def test_what_is_asked_of_another_host_goes_over_the_network() -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        serving = threading.Thread(target=server.handle_request)
        serving.start()
        with httpx.Client(transport=AsgiTransport(bare, "gateway")) as client:
            assert client.get(f"http://127.0.0.1:{server.server_port}/whole").status_code == 204
            assert client.get("http://gateway/whole").status_code == 200
        serving.join()
