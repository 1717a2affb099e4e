"""The played model provider: what it answers, what it writes down, and what it makes of odd requests."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.conformance.pictures import read_picture
from generator.conformance.upstream import PortTakenError, Provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract

    from .gateway import Body


def call(provider: Provider, *, path: str = "/any/path", **parameters: Any) -> httpx.Response:
    """Send what a gateway would send."""
    return httpx.post(provider.url + path, json={"model": "m", "input": {}, "parameters": parameters})


def urls_of(answer: Body) -> list[str]:
    """The images' links, however they are grouped."""
    return [item["image"] for choice in answer["output"]["choices"] for item in choice["message"]["content"]]


def test_as_many_images_as_are_asked_for_each_another_file_of_the_size(provider: Provider) -> None:
    urls = urls_of(call(provider, n=3, size="640*480").json())
    files = [httpx.get(url) for url in urls]
    assert len({file.content for file in files}) == 3
    pictures = [read_picture(file.content) for file in files]
    assert [(one.format, one.width, one.height) for one in pictures if one] == [("png", 640, 480)] * 3
    assert {file.headers["content-type"] for file in files} == {"image/png"}
    (arrival,) = provider.arrivals
    assert [file.content for file in files] == list(arrival.images)
    assert urls == list(arrival.urls)


@pytest.mark.parametrize(
    ("parameters", "count", "sides"),
    [
        ({}, 1, (1024, 1024)),
        ({"size": "2K"}, 1, (2048, 2048)),
        ({"n": True, "size": 7}, 1, (1024, 1024)),
        ({"n": 1000, "size": "99999*99999"}, 16, (1024, 1024)),
        ({"n": -1, "size": "0*5"}, 1, (1024, 1024)),
    ],
)
def test_what_is_odd_is_answered_as_if_it_were_absent(
    provider: Provider, parameters: Body, count: int, sides: tuple[int, int]
) -> None:
    urls = urls_of(call(provider, **parameters).json())
    assert len(urls) == count
    picture = read_picture(httpx.get(urls[0]).content)
    assert picture is not None
    assert (picture.width, picture.height) == sides


def test_images_come_as_choices_or_in_one(provider: Provider) -> None:
    assert len(call(provider, n=2).json()["output"]["choices"]) == 2
    provider.in_choices = False
    answer = call(provider, n=2).json()
    assert len(answer["output"]["choices"]) == 1
    assert len(urls_of(answer)) == 2


def test_each_answer_has_marks_of_its_own(provider: Provider) -> None:
    answers = [call(provider).json() for _ in range(2)]
    for answer, arrival in zip(answers, provider.arrivals, strict=True):
        assert (answer["request_id"], answer["usage"]["reference"]) == arrival.marks
    assert len({mark for arrival in provider.arrivals for mark in arrival.marks}) == 4


def test_it_fails_for_as_long_as_it_is_told_to(provider: Provider) -> None:
    with provider.failing(500):
        answer = call(provider)
    assert answer.status_code == 500
    assert set(answer.json()) == {"code", "message", "request_id"}
    assert call(provider).status_code == 200
    assert [arrival.status for arrival in provider.arrivals] == [500, 200]


def test_a_task_is_asked_for_later(provider: Provider) -> None:
    sent = httpx.post(f"{provider.url}/tasks", json={}, headers={"X-DashScope-Async": "enable"}).json()["output"]
    assert sent["task_status"] == "PENDING"
    told = httpx.get(f"{provider.url}/api/v1/tasks/{sent['task_id']}?x=1").json()
    assert told["output"]["task_status"] == "SUCCEEDED"
    assert len(urls_of(told)) == 1


def test_links_lead_to_where_the_gateway_reached_it(provider: Provider) -> None:
    headers = {"host": f"localhost:{provider.port}"}
    (url,) = urls_of(httpx.post(provider.url, json={}, headers=headers).json())
    assert url.startswith(f"http://localhost:{provider.port}/images/")
    (url,) = urls_of(httpx.post(provider.url, json={}, headers={"host": "a/b?c"}).json())
    assert url.startswith(provider.url)


def test_what_is_not_there_is_not_found(provider: Provider) -> None:
    assert httpx.get(f"{provider.url}/images/9.png").status_code == 404
    assert provider.arrivals == ()
    (url,) = urls_of(call(provider).json())
    head = httpx.head(url)
    assert (head.status_code, head.content) == (200, b"")


def test_a_body_in_chunks_is_read_whole(provider: Provider) -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"model": "m", '
        yield b'"parameters": {"n": 2}}'

    assert len(urls_of(httpx.post(provider.url, content=chunks()).json())) == 2
    assert provider.arrivals[0].body == {"model": "m", "parameters": {"n": 2}}


@pytest.mark.parametrize("length", ["x", "-1", "99999999999"])
def test_a_length_that_is_none_is_refused(provider: Provider, length: str) -> None:
    answer = raw(provider, f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert provider.arrivals == ()


def test_chunks_that_are_none_are_refused(provider: Provider) -> None:
    head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert raw(provider, head + "no number\r\n").startswith(b"HTTP/1.1 400 ")


def test_what_is_no_json_is_answered_and_told(provider: Provider) -> None:
    assert httpx.post(provider.url, content=b"no JSON").status_code == 200
    assert provider.arrivals[0].body is None


def test_a_port_that_is_taken_is_told(provider: Provider, powertokens: Contract) -> None:
    with pytest.raises(PortTakenError, match=rf"Port {provider.port} can't be listened on .*Name another"):
        Provider(powertokens, provider.port)


def test_nothing_listens_afterwards(powertokens: Contract) -> None:
    with Provider(powertokens, 0) as provider:
        url = provider.url
        assert json.loads(httpx.post(url, json={}).content)
    with pytest.raises(httpx.ConnectError):
        httpx.post(url, json={})


def raw(provider: Provider, text: str) -> bytes:
    """What comes of bytes that no client would send."""
    with socket.create_connection(("127.0.0.1", provider.port), timeout=10) as connection:
        connection.sendall(text.encode())
        return connection.recv(1000)


def test_what_arrived_since_is_told_though_little_is_kept(provider: Provider) -> None:
    with httpx.Client() as client:
        for number in range(40):
            client.post(provider.url, json={"number": number})
    before = provider.count
    assert (before, provider.since(before)) == (40, ())
    assert len(provider.arrivals) == 32
    httpx.post(provider.url, json={"number": "new"})
    assert [arrival.body for arrival in provider.since(before)] == [{"number": "new"}]
