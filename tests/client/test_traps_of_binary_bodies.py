"""What the raw generator makes of files in calls that are awaited, and what ours does."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from .packages import WAYS, Package, Pair

if TYPE_CHECKING:
    from collections.abc import Callable

    from .packages import Way

SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /form:
    post:
      operationId: editForm
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {$ref: "#/components/schemas/ByFile"}}}
      responses: {"200": {description: Done.}}
  /whole:
    post:
      operationId: editWhole
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content: {application/octet-stream: {schema: {type: string, format: binary}}}
      responses: {"200": {description: Done.}}
components:
  schemas:
    ByFile:
      type: object
      required: [image]
      properties: {image: {type: string, format: binary, x-image: {forms: [file]}}}
"""
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.trap(25)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("opened", [io.BytesIO, lambda content: ("cat.png", content, "image/png")])
def test_a_file_that_is_a_body_by_itself_goes_as_it_is(pair: Pair, way: Way, opened: Callable[[bytes], Any]) -> None:
    """The raw generator takes it, and the awaited call fails; ours sends it, blocking and awaited."""
    body = pair.raw.module("types").File(payload=io.BytesIO(PNG))
    with pytest.raises(RuntimeError, match="sync request with an AsyncClient"):
        pair.raw.call("edit_whole", httpx.Response(200), "asyncio", body=body)
    (request,) = _sent(pair.ours, "edit_whole", way, file=opened(PNG))
    assert request.content == PNG
    assert request.headers["Content-Type"] == "application/octet-stream"
    assert request.headers["Content-Length"] == str(len(PNG))


@pytest.mark.trap(25)
@pytest.mark.parametrize("opened", [io.BytesIO, lambda content: ("cat.png", content, "image/png")])
def test_an_awaited_call_takes_a_binary_file(pair: Pair, opened: Callable[[bytes], Any]) -> None:
    (request,) = _sent(pair.ours, "edit_form", "asyncio", image=opened(PNG))
    assert PNG in request.content


def _sent(package: Package, method: str, way: Way, **arguments: Any) -> list[httpx.Request]:
    """The requests of one call of a resource's method."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    client = package.client(answer, way)
    called = getattr(client.pictures, method)(**arguments)
    if way == "asyncio":
        asyncio.run(called)
    return sent
