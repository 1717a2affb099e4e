"""What the raw generator's client lacks in time-outs, options, retries and traces, and ours has."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from .packages import WAYS, Package, Pair, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1.4"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /pictures:
    post:
      operationId: makePicture
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Wish"}}}
      responses:
        "200":
          description: The picture.
          content: {application/json: {schema: {$ref: "#/components/schemas/Picture"}}}
        "400":
          description: The wish breaks a rule.
          content: {application/json: {schema: {$ref: "#/components/schemas/Failure"}}}
components:
  schemas:
    Wish: {type: object, required: [prompt], properties: {prompt: {type: string}}}
    Picture: {type: object, properties: {id: {type: string}}}
    Failure: {type: object, properties: {error: {type: string}}}
"""


class Server:
    """Keeps all requests, and answers each with the next of its answers.

    Args:
        answers: The answers; where there are none left, a picture.
    """

    def __init__(self, *answers: httpx.Response) -> None:
        self.requests: list[httpx.Request] = []
        self._answers: Iterator[httpx.Response] = iter(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return next(self._answers, None) or httpx.Response(200, json={"id": "1"})


def _make(package: Package, client: Any, way: Way) -> Any:
    return package.call_with(client, "make_picture", way, body=package.module("models").Wish(prompt="a cat"))


def _timeouts(request: httpx.Request) -> dict[str, float | None]:
    timeouts: dict[str, float | None] = request.extensions["timeout"]
    return timeouts


@pytest.mark.trap(14)
@pytest.mark.parametrize("way", WAYS)
def test_no_request_waits_for_ever(pair: Pair, way: Way) -> None:
    """Connecting is quick or fails; an image may take its minutes."""

    def expectation(package: Package) -> None:
        server = Server()
        _make(package, package.client(server, way), way)
        timeouts = _timeouts(server.requests[0])
        assert timeouts["connect"] == 5
        assert all(timeouts.get(phase) for phase in ("read", "write", "pool"))
        assert 60 <= (timeouts["read"] or 0) <= 600

    with pytest.raises(AssertionError, match="None == 5"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(21)
@pytest.mark.parametrize("way", WAYS)
def test_headers_of_another_client_are_not_sent_by_the_one_it_was_made_from(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        server = Server()
        client = package.client(server, way)
        _make(package, client, way)  # the raw client's own httpx client is only there once it was used
        more = {"X-Campaign": "spring"}
        other = client.with_options(headers=more) if package.is_ours else client.with_headers(more)
        for each in (other, client):
            _make(package, each, way)
        assert [request.headers.get("x-campaign") for request in server.requests] == [None, "spring", None]

    with pytest.raises(AssertionError, match="spring"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(21)
@pytest.mark.parametrize("way", WAYS)
def test_the_timeout_of_another_client_is_not_that_of_the_one_it_was_made_from(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        server = Server()
        client = package.client(server, way)
        _make(package, client, way)
        less = httpx.Timeout(7)
        other = client.with_options(timeout=less) if package.is_ours else client.with_timeout(less)
        for each in (other, client):
            _make(package, each, way)
        before, others, after = (_timeouts(request) for request in server.requests)
        assert others["read"] == 7
        assert after["read"] == before["read"]

    with pytest.raises(AssertionError, match="7 == None"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(21)
@pytest.mark.parametrize("way", WAYS)
def test_the_retries_of_another_client_are_not_those_of_the_one_it_was_made_from(pair: Pair, way: Way) -> None:
    server = Server(*[_busy() for _ in range(3)])
    client = pair.ours.client(server, way)
    impatient = client.with_options(max_retries=0)
    with pytest.raises(pair.ours.module("errors").ServerError):
        _make(pair.ours, impatient, way)
    assert _make(pair.ours, client, way).parsed.id == "1"
    assert len(server.requests) == 1 + 3


@pytest.mark.trap(22)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", [429, 503])
def test_what_was_surely_not_done_is_tried_again(pair: Pair, way: Way, status: int) -> None:
    def expectation(package: Package) -> None:
        server = Server(_busy(status))
        assert _make(package, package.client(server, way), way).parsed is not None
        assert len(server.requests) == 2

    with pytest.raises(AssertionError, match="None is not None"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(22)
@pytest.mark.parametrize("way", WAYS)
def test_a_request_says_which_package_and_which_spec_it_comes_from(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        server = Server()
        _make(package, package.client(server, way), way)
        agent = server.requests[0].headers["user-agent"]
        assert package.name in agent
        assert "1.4" in agent

    with pytest.raises(AssertionError, match="python-httpx"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(22)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda: httpx.Response(400, headers={"X-Request-Id": "r-77"}, json={"error": "no"}), id="header"),
        pytest.param(lambda: httpx.Response(400, json={"error": "no (request id: r-77)"}), id="message"),
    ],
)
def test_an_error_knows_the_request_id(pair: Pair, way: Way, answer: Any) -> None:
    def expectation(package: Package) -> None:
        wish = package.module("models").Wish(prompt="a cat")
        error = package.failure("make_picture", answer(), way, body=wish)
        assert error.request_id == "r-77"
        assert "r-77" in str(error)

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(22)
@pytest.mark.parametrize("way", WAYS)
def test_what_is_sent_and_repeated_is_logged_under_the_packages_name(
    pair: Pair, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    def expectation(package: Package) -> None:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger=package.name):
            _make(package, package.client(Server(_busy()), way), way)
        told = [(each.levelno, each.getMessage()) for each in caplog.records if each.name == package.name]
        assert [level for level, _ in told] == [logging.DEBUG, logging.INFO, logging.DEBUG]
        assert all("/pictures" in message for _, message in told)
        assert ["503" in message for level, message in told if level == logging.DEBUG] == [True, False]

    with pytest.raises(AssertionError, match=r"\[\] == \["):
        expectation(pair.raw)
    expectation(pair.ours)


def _busy(status: int = 503) -> httpx.Response:
    return httpx.Response(status, headers={"Retry-After": "0"})


@pytest.mark.parametrize("style", ["sync", "sync_detailed", "asyncio", "asyncio_detailed"])
def test_a_client_of_the_other_kind_is_refused_before_anything_is_sent(pair: Pair, style: str) -> None:
    """One that blocks would send the request, and only then turn out to be none that is awaited."""
    server, blocks = Server(), style.startswith("sync")
    client = pair.ours.client(server, "asyncio" if blocks else "sync")
    function = getattr(pair.ours.module("api.pictures.make_picture"), style)
    wish = pair.ours.module("models").Wish(prompt="a cat")
    kind, other = ("AsyncGallery", "asyncio") if blocks else ("Gallery", "sync")
    with pytest.raises(TypeError, match=f"not {kind}; with that one, use {other} or {other}_detailed"):
        function(client=client, body=wish) if blocks else asyncio.run(function(client=client, body=wish))
    with pytest.raises(TypeError, match="not object"):
        function(client=object(), body=wish) if blocks else asyncio.run(function(client=object(), body=wish))
    assert server.requests == []
