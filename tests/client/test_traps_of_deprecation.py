"""Deprecation, of which the raw generator tells nobody, and our clients warn at the line that is to be changed."""

from __future__ import annotations

import asyncio
import inspect
import warnings
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from .packages import Package, Pair

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
  /old:
    post:
      operationId: makeOldPicture
      deprecated: true
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Wish"}}}
      responses:
        "200":
          description: The picture.
          content: {application/json: {schema: {$ref: "#/components/schemas/Picture"}}}
  /listed:
    get:
      operationId: listPictures
      tags: [pictures]
      x-source: {document: page}
      parameters:
        - {name: page, in: query, schema: {type: integer, deprecated: true}}
        - {name: after, in: query, schema: {type: string}}
      responses:
        "200":
          description: The picture.
          content: {application/json: {schema: {$ref: "#/components/schemas/Picture"}}}
components:
  schemas:
    Wish:
      type: object
      required: [prompt]
      properties:
        prompt: {type: string}
        style: {type: string, deprecated: true, x-replaced-by: look}
        look: {type: string}
    Picture: {type: object, properties: {id: {type: string}}}
"""


def _answer(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"id": "1"})


def _told(caught: pytest.WarningsRecorder) -> list[tuple[str, int]]:
    """The file and line of each warning."""
    return [(each.filename, each.lineno) for each in caught]


def _here() -> tuple[str, int]:
    """The file and line of the caller."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return __file__, frame.f_back.f_lineno


@pytest.mark.trap(20)
def test_a_deprecated_field_of_a_model_warns_at_the_callers_line(pair: Pair) -> None:
    def expectation(package: Package) -> None:
        models = package.module("models")
        with pytest.warns(DeprecationWarning, match="style is deprecated; use look instead") as caught:
            line = models.Wish(prompt="a cat", style="bold") and _here()
        assert _told(caught) == [line]

    with pytest.raises(pytest.fail.Exception, match="DID NOT WARN"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(20)
def test_a_deprecated_argument_warns_at_the_callers_line(pair: Pair) -> None:
    client = pair.ours.client(_answer)
    with pytest.warns(DeprecationWarning, match="style is deprecated") as caught:
        line = client.pictures.make(prompt="a cat", style="bold") and _here()
    assert _told(caught) == [line]


@pytest.mark.trap(20)
def test_a_deprecated_parameter_warns_at_the_callers_line(pair: Pair) -> None:
    def expectation(package: Package) -> None:
        module = package.module("api.pictures.list_pictures")
        client = package.client(_answer)
        with pytest.warns(DeprecationWarning, match="page is deprecated") as caught:
            line = module.sync(client=client, page=2) and _here()
        assert _told(caught) == [line]

    with pytest.raises(pytest.fail.Exception, match="DID NOT WARN"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(20)
@pytest.mark.parametrize("function", ["sync", "sync_detailed"])
def test_a_deprecated_operation_warns_at_the_callers_line(pair: Pair, function: str) -> None:
    def expectation(package: Package) -> None:
        call = getattr(package.module("api.pictures.make_old_picture"), function)
        client, wish = package.client(_answer), package.module("models").Wish(prompt="a cat")
        with pytest.warns(DeprecationWarning, match="deprecated") as caught:
            line = call(client=client, body=wish) and _here()
        assert _told(caught) == [line]

    with pytest.raises(pytest.fail.Exception, match="DID NOT WARN"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(20)
@pytest.mark.parametrize("function", ["asyncio", "asyncio_detailed"])
def test_a_deprecated_operation_warns_at_the_awaiting_callers_line(pair: Pair, function: str) -> None:
    async def expectation(package: Package) -> None:
        call = getattr(package.module("api.pictures.make_old_picture"), function)
        client, wish = package.client(_answer, "asyncio"), package.module("models").Wish(prompt="a cat")
        with pytest.warns(DeprecationWarning, match="deprecated") as caught:
            line = await call(client=client, body=wish) and _here()
        assert _told(caught) == [line]

    with pytest.raises(pytest.fail.Exception, match="DID NOT WARN"):
        asyncio.run(expectation(pair.raw))
    asyncio.run(expectation(pair.ours))


@pytest.mark.trap(20)
def test_a_deprecated_method_warns_at_the_callers_line(pair: Pair) -> None:
    client = pair.ours.client(_answer)
    with pytest.warns(DeprecationWarning, match="deprecated") as caught:
        line = client.pictures.make_old(prompt="a cat") and _here()
    assert _told(caught) == [line]


@pytest.mark.trap(20)
def test_a_deprecated_method_that_is_awaited_warns_at_the_callers_line(pair: Pair) -> None:
    async def expectation() -> None:
        client = pair.ours.client(_answer, "asyncio")
        with pytest.warns(DeprecationWarning, match="deprecated") as caught:
            line = await client.pictures.make_old(prompt="a cat") and _here()
        assert _told(caught) == [line]

    asyncio.run(expectation())


@pytest.mark.trap(20)
def test_what_is_not_deprecated_does_not_warn(pair: Pair) -> None:
    client: Any = pair.ours.client(_answer)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client.pictures.make(prompt="a cat", look="bold")
        client.pictures.list(after="1")
