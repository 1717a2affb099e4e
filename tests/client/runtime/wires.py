"""A transport of our own, and both kinds of client over it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx

from generator.client.runtime.client import AsyncClient, SyncClient
from generator.client.runtime.credentials import bearer

if TYPE_CHECKING:
    from generator.client.runtime.operation import Operation


class Wire:
    """A transport that answers from a list.

    Attributes:
        answers: What it answers next; exceptions are raised.
        sent: The requests that were sent.
        bodies: Their bodies.
        pauses: How long the client wanted to wait between attempts, in seconds.
        options: Options of the client.
        http: Options of the httpx client.
        headers: Headers that the client sends besides.
    """

    def __init__(self) -> None:
        self.answers: list[httpx.Response | BaseException] = []
        self.sent: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self.pauses: list[float] = []
        self.options: dict[str, Any] = {}
        self.http: dict[str, Any] = {}
        self.headers: dict[str, str] = {}

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        self.bodies.append(request.content)
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _sync_handle(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._handle(request)

    async def _async_handle(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self._handle(request)

    def _settings(self) -> dict[str, Any]:
        keys = {"key": bearer("sk-secret", argument="api_key", variable=None)}
        return {"default_base_url": "https://host/api", "user_agent": "test/1", "credentials": keys, **self.options}

    def sync(self) -> SyncClient:
        """A blocking client."""
        http = httpx.Client(transport=httpx.MockTransport(self._sync_handle), **self.http)
        return SyncClient(http_client=http, **self._settings()).with_options(headers=self.headers)

    def call(self, operation: Operation[Any], fields: dict[str, Any]) -> Any:
        """Make a call."""
        return self.sync().call(operation, fields)


class AsyncWire(Wire):
    """The same, with the asynchronous client."""

    def call(self, operation: Operation[Any], fields: dict[str, Any]) -> Any:
        """See Wire."""

        async def run() -> Any:
            http = httpx.AsyncClient(transport=httpx.MockTransport(self._async_handle), **self.http)
            async with http, AsyncClient(http_client=http, **self._settings()) as client:
                return await client.with_options(headers=self.headers).call(operation, fields)

        return asyncio.run(run())
