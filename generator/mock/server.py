"""Serves the mock over HTTP: until a signal comes, or for the length of a `with` block."""

from __future__ import annotations

import json
import logging
import secrets
import signal
import socket
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import uvicorn
from attrs import field, frozen

from generator.mock.app import UnservableSpecsError, create_app
from generator.spec import load_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType

    from starlette.applications import Starlette

    from generator.spec.model import Contract

_UNUSABLE = 2  # exit code
_BACKLOG = 2048  # connections that may wait to be accepted
_GRACE = 3  # seconds that answers under way get at the end


class AppFactory(Protocol):
    """Makes the application to serve: `create_app`, or something that wraps what it makes."""

    def __call__(self, *, keys: Sequence[str], seed: int) -> Starlette:
        """Make the application that accepts these keys."""
        ...


@frozen
class RunningMock:
    """A mock that is being served.

    Attributes:
        url: Its base URL, e.g. ``http://127.0.0.1:43210``.
        key: An API key that it accepts.
        app: The application; its journal is at ``app.state.journal``.
    """

    url: str
    key: str = field(repr=False)
    app: Starlette = field(repr=False)


class _Server(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, app: Starlette, listening: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app, lifespan="off", ws="none", log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE
        )
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening()


def serve(
    host: str = "127.0.0.1", port: int = 0, *, key: str | None = None, seed: int = 0, openapi: Path | None = None
) -> int:
    """Serve the mock until SIGINT or SIGTERM, from the main thread. Says where, once it listens.

    Args:
        host: The address to listen on.
        port: The port; 0 takes a free one.
        key: The API key that is accepted; a random one, which is printed, if None.
        seed: Varies the images.
        openapi: The folder of specs; the project's own if None.

    Returns:
        The exit code: 0 after a signal, 2 where it can't listen or the specs can't be served together.

    Raises:
        SpecError: What is wrong with the specs.
    """
    server: _Server | None = None

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if server is None:
            sys.exit(0)
        server.should_exit = True

    # A form that can't be read is told to who sent it; python-multipart would tell the terminal as well.
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    accepted = key or new_key()
    with _handling_signals(stop):
        contracts = load_all(openapi)
        try:
            app = create_app(contracts, keys=[accepted], seed=seed)
            listener = _listen(host, port)
        except UnservableSpecsError as error:
            return _unusable(str(error))
        except OSError as error:
            return _unusable(f"The mock can't listen on {host}, port {port}: {error.strerror}. Choose another.")
        except OverflowError:
            return _unusable(f"The mock can't listen on port {port}: ports go from 0 to 65535. Choose another.")
        url = _url(listener)
        with listener:
            server = _Server(app, lambda: print(_welcome(contracts, url, accepted), flush=True))  # noqa: T201
            server.run(sockets=[listener])
    return 0


@contextmanager
def _handling_signals(stop: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Have SIGINT and SIGTERM handled by `stop`.

    While uvicorn runs it handles them itself. When it has stopped it raises them again, for whoever handled them
    before: that is `stop`, so that nothing more comes of it.
    """
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def running(make_app: AppFactory = create_app, *, key: str | None = None, seed: int = 0) -> Iterator[RunningMock]:
    """Serve the mock on a free port of this machine, in a thread, for the length of a `with` block.

    Args:
        make_app: Makes the application.
        key: The API key that is accepted; a random one if None.
        seed: Varies the images.

    Yields:
        Where it is and what key it takes.
    """
    accepted = key or new_key()
    app = make_app(keys=[accepted], seed=seed)
    listening = threading.Event()
    server = _Server(app, listening.set)
    with _listen("127.0.0.1", 0) as listener:

        def run() -> None:
            try:
                server.run(sockets=[listener])
            finally:
                listening.set()

        thread = threading.Thread(target=run, name="mock", daemon=True)
        thread.start()
        listening.wait()
        if not server.started:
            raise RuntimeError("The mock didn't start; what stopped it stands above.")
        try:
            yield RunningMock(_url(listener), accepted, app)
        finally:
            server.should_exit = True
            thread.join()


def new_key() -> str:
    """A random API key."""
    return f"mock-{secrets.token_urlsafe(18)}"


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens, so that the port is taken before anybody is told of it."""
    # The port is left to bind(), which refuses one beyond 65535; getaddrinfo() takes it for another.
    family, kind, protocol, _, (address, _, *rest) = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port, *rest))
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _unusable(message: str) -> int:
    print(message, file=sys.stderr)  # noqa: T201
    return _UNUSABLE


def _welcome(contracts: Sequence[Contract], url: str, key: str) -> str:
    names = " and ".join(contract.title for contract in contracts)
    lines = [f"The mock of {names} listens on {url}", f"API key: {key}"]
    lines += [f"Try: {line}" for line in _curl(contracts, url, key)]
    lines += [f"What came in: {url}/_mock/requests", "Stop it with Ctrl-C."]
    return "\n".join(lines)


def _curl(contracts: Sequence[Contract], url: str, key: str) -> list[str]:
    """A line to try: the first JSON example of the specs; none if they have none."""
    for contract in contracts:
        for operation in contract.operations:
            for example in operation.examples:
                if example.media_type == "application/json":
                    body = json.dumps(example.value, ensure_ascii=False).replace("'", r"'\''")
                    headers = f"-H 'Authorization: Bearer {key}' -H 'Content-Type: application/json'"
                    return [f"curl -s {url}{operation.path} {headers} -d '{body}'"]
    return []
