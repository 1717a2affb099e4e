"""What the raw generator makes of errors and redirects, and what our clients do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from .packages import ADDRESS, WAYS, Package, Pair, Way

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
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
    Failure: {type: object, required: [error], properties: {error: {type: string}}}
"""
ODD_STATUSES = [299, 419, 499, 520, 525, 599]
"""Statuses that gateways and proxies answer with, and that no registry knows."""
PAGE = "<html><h1>Bad wish</h1></html>"


def _wish(package: Package) -> object:
    return package.module("models").Wish(prompt="a cat")


@pytest.mark.trap(6)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", ODD_STATUSES)
def test_a_status_that_no_registry_knows_is_a_typed_error(pair: Pair, way: Way, status: int) -> None:
    def expectation(package: Package) -> None:
        answer = httpx.Response(status, text="upstream is tired")
        error = package.failure("make_picture", answer, way, body=_wish(package))
        assert error.status_code == status
        assert error.body == b"upstream is tired"
        assert isinstance(error, package.module("errors").ServerError) == (status >= 500)

    with pytest.raises(ValueError, match=f"{status} is not a valid HTTPStatus"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(7)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda: httpx.Response(400, html=PAGE), id="a page"),
        pytest.param(
            lambda: httpx.Response(400, text=PAGE, headers={"Content-Type": "application/json"}), id="no JSON"
        ),
        pytest.param(lambda: httpx.Response(400), id="nothing"),
    ],
)
def test_an_error_that_is_not_what_is_documented_keeps_its_text(
    pair: Pair, way: Way, answer: Callable[[], httpx.Response]
) -> None:
    def expectation(package: Package) -> None:
        sent = answer()
        error = package.failure("make_picture", sent, way, body=_wish(package))
        assert isinstance(error, package.module("errors").BadRequest)
        assert error.status_code == 400
        assert error.body == sent.content
        assert error.parsed is None
        assert sent.text in str(error)

    with pytest.raises(json.JSONDecodeError):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(7)
@pytest.mark.parametrize("way", WAYS)
def test_an_error_raises_and_has_what_is_documented(pair: Pair, way: Way) -> None:
    """The raw generator returns it, so that every caller must look what came."""

    def expectation(package: Package) -> None:
        answer = httpx.Response(400, json={"error": "no such cat"})
        error = package.failure("make_picture", answer, way, body=_wish(package))
        assert error.parsed.error == "no such cat"
        assert "no such cat" in str(error)

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(26)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_on_the_same_host_is_followed_with_the_body(pair: Pair, way: Way, status: int) -> None:
    def expectation(package: Package) -> None:
        sent: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            if request.url.path == "/pictures":
                return httpx.Response(status, headers={"Location": "/v2/pictures"})
            return httpx.Response(200, json={"id": "1"})

        client = package.client(answer, way)
        parsed = package.call_with(client, "make_picture", way, body=_wish(package)).parsed
        assert parsed is not None
        assert parsed.id == "1"
        assert [(each.method, each.url.path) for each in sent] == [("POST", "/pictures"), ("POST", "/v2/pictures")]
        assert [json.loads(each.content) for each in sent] == [{"prompt": "a cat"}] * 2

    with pytest.raises(AssertionError, match="None is not None"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(26)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("status", "location"),
    [
        (307, "https://elsewhere.test/pictures"),
        (308, "//elsewhere.test/"),
        (303, "/pictures"),
        (302, ""),
        (307, "http://["),
    ],
)
def test_any_other_redirect_is_a_typed_error_after_one_request(
    pair: Pair, way: Way, status: int, location: str
) -> None:
    def expectation(package: Package) -> None:
        sent: list[httpx.URL] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request.url)
            return httpx.Response(status, headers={"Location": location} if location else {})

        error = package.failure_with(package.client(answer, way), "make_picture", way, body=_wish(package))
        assert error.status_code == status
        assert sent == [httpx.URL(f"{ADDRESS}/pictures")]

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        expectation(pair.raw)
    expectation(pair.ours)
