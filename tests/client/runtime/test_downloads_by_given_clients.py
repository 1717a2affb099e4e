"""Images are fetched through a client that the user gives: not even its hooks send credentials along."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx
import pytest
from PIL import Image

from generator.client.runtime.errors import DownloadFailed

if TYPE_CHECKING:
    from collections.abc import Callable

_LINK = "https://files.example/1?Signature=abc"
_Handler: TypeAlias = "Callable[[httpx.Request], httpx.Response]"


def _image() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG")
    return stream.getvalue()


_PNG = _image()


def _signing(request: httpx.Request) -> None:
    request.headers["Authorization"] = "Bearer sk-secret"
    request.headers.update({"X-Api-Key": "sk-secret"})
    request.headers.setdefault("Cookie", "session=sk-secret")
    request.headers.raw.append((b"X-Api-Key", b"sk-secret"))
    request.headers._list.append((b"X-Api-Key", b"x-api-key", b"sk-secret"))
    request.headers = httpx.Headers({**request.headers, "X-Api-Key": "sk-secret"})


async def _asigning(request: httpx.Request) -> None:
    _signing(request)


def _refusing(response: httpx.Response) -> None:
    response.raise_for_status()


async def _arefusing(response: httpx.Response) -> None:
    response.raise_for_status()


def _hooked(handler: _Handler) -> httpx.Client:
    hooks: dict[str, list[Callable[..., Any]]] = {"request": [_signing], "response": [_refusing]}
    headers = {"Authorization": "Bearer sk-secret"}
    return httpx.Client(
        transport=httpx.MockTransport(handler), event_hooks=hooks, headers=headers, auth=("sk", "secret")
    )


def _ahooked(handler: _Handler) -> httpx.AsyncClient:
    hooks: dict[str, list[Callable[..., Any]]] = {"request": [_asigning], "response": [_arefusing]}
    headers = {"Authorization": "Bearer sk-secret"}
    http = httpx.MockTransport(handler)
    return httpx.AsyncClient(transport=http, event_hooks=hooks, headers=headers, auth=("sk", "secret"))


@pytest.mark.parametrize("way", ["blocking", "awaited"])
def test_not_even_hooks_of_a_given_client_send_credentials_along(picture: type[Any], way: str) -> None:
    answers = iter((httpx.Response(200, content=_PNG, headers={"content-type": "image/png"}), httpx.Response(404)))
    got: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        got.append(request)
        return next(answers)

    item = picture(url=_LINK)

    async def awaited() -> None:
        async with _ahooked(handler) as http:
            assert await item.abytes(http_client=http) == _PNG
            await item.abytes(http_client=http)

    def blocking() -> None:
        with _hooked(handler) as http:
            assert item.bytes(http_client=http) == _PNG
            item.bytes(http_client=http)

    with pytest.raises(DownloadFailed, match="its link answered 404"):
        blocking() if way == "blocking" else asyncio.run(awaited())
    assert [sorted(request.headers) for request in got] == [["accept", "accept-encoding", "host", "user-agent"]] * 2
