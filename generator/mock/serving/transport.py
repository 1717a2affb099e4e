"""Calls an ASGI application in-process from httpx's clients, both kinds, without a socket."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import httpx

from generator.mock.faults.connection import extension_of

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from starlette.types import ASGIApp

    Message = MutableMapping[str, Any]

_GRACE = 1.0  # seconds
_LOST = "The connection was lost before the answer was complete"


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """An httpx transport that hands each request to an application.

    For httpx's synchronous client the application runs on an event loop of its own, in a thread that starts with the
    first request and ends when the client is closed. For the asynchronous client it runs on that client's loop.

    What goes wrong with a connection comes as httpx's exceptions: `ReadError` where it would have been reset,
    `RemoteProtocolError` where it would have been closed too early, `ReadTimeout` where the client's time for reading
    is over. An answer is complete before it is handed over.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        call = _Call(self._app, request, request.read())
        return asyncio.run_coroutine_threadsafe(call.answer(), self._running_loop()).result()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        return await _Call(self._app, request, await request.aread()).answer()

    def close(self) -> None:
        """Stop the thread. A later request starts another."""
        with self._starting:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop and thread:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def aclose(self) -> None:
        """Do nothing: the loop is the client's."""

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="mock in-process", daemon=True)
                self._thread.start()
            return self._loop


class _Call:
    """One request to the application, what it answers, and the connection that there isn't."""

    def __init__(self, app: ASGIApp, request: httpx.Request, body: bytes) -> None:
        self._app = app
        self._request = request
        self._unread: bytes | None = body
        self._sent: asyncio.Queue[Message | None] = asyncio.Queue()
        self._over = asyncio.Event()
        self.held = False

    async def reset(self) -> None:
        """A fault resets the connection."""
        self._lost(httpx.ReadError(f"{_LOST}: it was reset.", request=self._request))

    def hang_up(self) -> None:
        """A fault closes the connection too early."""
        self._lost(httpx.RemoteProtocolError(f"{_LOST}: it was closed too early.", request=self._request))

    def half_close(self) -> None:
        """A fault closes the mock's side too early."""
        self.hang_up()

    def write(self, _raw: bytes) -> None:
        """A fault writes what is no HTTP."""
        self._lost(httpx.RemoteProtocolError("The answer is no HTTP.", request=self._request))

    def _lost(self, error: httpx.TransportError) -> None:
        self._sent.put_nowait({"error": error})
        self._over.set()

    async def answer(self) -> httpx.Response:
        """Have the request answered.

        Raises:
            httpx.TransportError: What a client would have seen of a connection that fails.
        """
        task = asyncio.create_task(self._run())
        try:
            return await self._received()
        finally:
            # The application sees that the caller is gone, and gets a moment to write that down.
            self._over.set()
            await asyncio.wait({task}, timeout=_GRACE)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _received(self) -> httpx.Response:
        status, headers, chunks = 0, [], []
        patience = self._request.extensions.get("timeout", {}).get("read")
        while True:
            try:
                message = await asyncio.wait_for(self._sent.get(), patience)
            except TimeoutError:
                raise httpx.ReadTimeout("The read operation timed out", request=self._request) from None
            if message is None:
                raise httpx.RemoteProtocolError(f"{_LOST}.", request=self._request)
            if isinstance(error := message.get("error"), BaseException):
                raise error
            if message["type"] == "http.response.start":
                status, headers = message["status"], message.get("headers", [])
            elif message["type"] == "http.response.body":
                if self._request.method != "HEAD":
                    chunks.append(message.get("body", b""))
                if not message.get("more_body", False):
                    return httpx.Response(status, headers=headers, content=b"".join(chunks), request=self._request)

    async def _run(self) -> None:
        """Run the application; what it raises for a lost connection is told as a client would see it."""
        try:
            await self._app(self._scope(), self._receive, self._send)
        except ConnectionResetError:
            await self.reset()
        except ConnectionError:
            self.hang_up()
        except Exception as error:  # noqa: BLE001  # the caller's own test should see what failed
            await self._sent.put({"error": error})
        await self._sent.put(None)

    def _scope(self) -> dict[str, Any]:
        url = self._request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self._request.method,
            "headers": [(name.lower(), value) for name, value in self._request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port),
            "client": ("127.0.0.1", 0),
            "root_path": "",
            "extensions": extension_of(self),
        }

    async def _receive(self) -> Message:
        if self._unread is not None:
            body, self._unread = self._unread, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        await self._sent.put(message)


def transport(app: ASGIApp) -> InProcessTransport:
    """A transport that calls an application in-process: ``httpx.Client(transport=transport(create_app()))``.

    The same for ``httpx.AsyncClient``.
    """
    return InProcessTransport(app)
