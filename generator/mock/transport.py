"""Calls an ASGI application in-process from httpx's synchronous client."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from starlette.types import ASGIApp


class InProcessTransport(httpx.BaseTransport):
    """An httpx transport that hands each request to an application, without a socket.

    The application runs on an event loop of its own, in a thread that starts with the first request and ends when the
    client is closed. httpx's asynchronous client needs none of this: give it ``httpx.ASGITransport(app)``.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._inner = httpx.ASGITransport(app, raise_app_exceptions=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        return asyncio.run_coroutine_threadsafe(self._answer(request), self._running_loop()).result()

    def close(self) -> None:
        """Stop the thread. A later request starts another."""
        with self._starting:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop and thread:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        inner = httpx.Request(
            request.method, request.url, headers=request.headers, content=body, extensions=request.extensions
        )
        answer = await self._inner.handle_async_request(inner)
        content = await answer.aread()
        return httpx.Response(answer.status_code, headers=answer.headers, content=content, request=request)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="mock in-process", daemon=True)
                self._thread.start()
            return self._loop


def transport(app: ASGIApp) -> httpx.BaseTransport:
    """A transport that calls an application in-process: ``httpx.Client(transport=transport(create_app()))``."""
    return InProcessTransport(app)
