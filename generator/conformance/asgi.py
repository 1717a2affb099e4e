"""Calls an ASGI application in-process from synchronous code, from as many threads as you like."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import httpx
from anyio.from_thread import start_blocking_portal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping
    from concurrent.futures import Future

    from anyio.abc import TaskStatus
    from anyio.from_thread import BlockingPortal

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    AsgiApp = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

_ASGI = {"version": "3.0", "spec_version": "2.4"}
_FAILED = b"Internal Server Error"
_CUT_OFF = "The application broke off in the middle of its answer."
_CLOSED = "The transport is closed."


class AppStartError(httpx.TransportError):
    """The application said that it can't start; the message is its own."""


class AsgiTransport(httpx.BaseTransport):
    """An httpx transport that hands each request to an ASGI application, as a server would.

    The application runs on one event loop, in a thread that starts with the first request and ends with `close`. It is
    told of both by the lifespan protocol, if it speaks it. What it raises before its answer begins is a 500; later, it
    is `httpx.RemoteProtocolError`, as if the connection were cut. A request has the client's time for reading.

    Args:
        app: The application, ASGI 3.
        host: The host that it stands for; what is asked of others, such as images that it links to, goes over the
            network. None to ask everything of it.
    """

    def __init__(self, app: AsgiApp, host: str | None = None) -> None:
        self._app = app
        self._host = host
        self._network: httpx.HTTPTransport | None = None
        self._starting = threading.Lock()
        self._stack: ExitStack | None = None
        self._portal: BlockingPortal | None = None
        self._lifespan: _Lifespan | None = None
        self._closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request.

        Raises:
            httpx.ReadTimeout: The time for reading is over.
            httpx.RemoteProtocolError: The application broke off in the middle of its answer.
            AppStartError: The application can't start.
        """
        if self._host is not None and request.url.host != self._host:
            return self._elsewhere().handle_request(request)
        request.read()
        portal, lifespan = self._running()
        try:
            response: httpx.Response = portal.call(partial(_answered, self._app, request, lifespan.state))
        except CancelledError:
            raise httpx.ReadError(_CLOSED, request=request) from None
        return response

    def close(self) -> None:
        """Tell the application that it ends, and stop its thread. No request can be sent any more."""
        with self._starting:
            stack, self._stack, self._closed = self._stack, None, True
            network, self._network = self._network, None
        if network is not None:
            network.close()
        if stack is not None:
            stack.close()

    def _elsewhere(self) -> httpx.HTTPTransport:
        with self._starting:
            if self._closed:
                raise httpx.ConnectError(_CLOSED)
            if self._network is None:
                self._network = httpx.HTTPTransport()
            return self._network

    def _running(self) -> tuple[BlockingPortal, _Lifespan]:
        with self._starting:
            if self._closed:
                raise httpx.ConnectError(_CLOSED)
            if self._portal is None or self._lifespan is None:
                with ExitStack() as stack:
                    portal = stack.enter_context(start_blocking_portal())
                    lifespan = _Lifespan(self._app)
                    future, _ = portal.start_task(lifespan.run)
                    stack.callback(lifespan.end, portal, future)
                    self._stack = stack.pop_all()
                self._portal, self._lifespan = portal, lifespan
            return self._portal, self._lifespan


class _Lifespan:
    """The application's life: told that it begins, told that it ends.

    Attributes:
        state: What it keeps for its requests.
    """

    def __init__(self, app: AsgiApp) -> None:
        self._app = app
        self.state: dict[str, Any] = {}
        self._over: anyio.Event | None = None

    async def run(self, *, task_status: TaskStatus[None]) -> None:
        """Begin, wait for the end, end.

        Raises:
            AppStartError: The application said that it can't begin.
        """
        self._over = over = anyio.Event()
        begun = began = False

        async def receive() -> Message:
            nonlocal begun
            if not begun:
                begun = True
                return {"type": "lifespan.startup"}
            await over.wait()
            return {"type": "lifespan.shutdown"}

        async def send(message: Message) -> None:
            nonlocal began
            if message["type"] == "lifespan.startup.failed":
                words = message.get("message") or "it gave no reason"
                raise AppStartError(f"The application can't start: {words}.")
            if message["type"] == "lifespan.startup.complete" and not began:
                began = True
                task_status.started()

        try:
            await self._app({"type": "lifespan", "asgi": _ASGI, "state": self.state}, receive, send)
        except AppStartError:
            raise
        except Exception:
            if began:
                raise
        if not began:  # it doesn't speak the protocol, which it may
            task_status.started()

    def end(self, portal: BlockingPortal, future: Future[None]) -> None:
        """Tell it that it ends, and wait for that."""
        if self._over is not None:
            portal.call(self._over.set)
        future.result()


async def _answered(app: AsgiApp, request: httpx.Request, state: dict[str, Any]) -> httpx.Response:
    guarded = partial(_guarded, app, dict(state))
    patience = request.extensions.get("timeout", {}).get("read")
    try:
        with anyio.fail_after(patience):
            response = await httpx.ASGITransport(guarded).handle_async_request(request)
            # Undecoded: the response that is handed over decodes it.
            raw = b"".join([chunk async for chunk in response.aiter_raw()])
    except TimeoutError:
        raise httpx.ReadTimeout("The application took too long to answer.", request=request) from None
    except _CutOffError:
        raise httpx.RemoteProtocolError(_CUT_OFF, request=request) from None
    return httpx.Response(response.status_code, headers=response.headers.raw, content=raw)


class _CutOffError(Exception):
    """The application ended before its answer did."""


async def _guarded(
    app: AsgiApp, state: dict[str, Any], scope: MutableMapping[str, Any], receive: Receive, send: Send
) -> None:
    """Call the application as a server does: what it raises is an answer, or the end of one."""
    begun = complete = False

    async def watched(message: Message) -> None:
        nonlocal begun, complete
        begun = begun or message["type"] == "http.response.start"
        complete = complete or (message["type"] == "http.response.body" and not message.get("more_body", False))
        await send(message)

    try:
        await app({**scope, "asgi": _ASGI, "state": state}, receive, watched)
    except Exception as error:
        if begun and not complete:
            raise _CutOffError from error
    if not begun:
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(_FAILED))]
        await send({"type": "http.response.start", "status": 500, "headers": headers})
        await send({"type": "http.response.body", "body": _FAILED})
    elif not complete:
        raise _CutOffError
