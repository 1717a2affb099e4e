"""The socket that the mock listens on, and what uvicorn is told about it."""

from __future__ import annotations

import gc
import ipaddress
import logging
import socket
import sys
from typing import TYPE_CHECKING, Any, Final

import uvicorn

from generator.mock.faults.protocol import MockProtocol

if TYPE_CHECKING:
    from collections.abc import Callable

_BACKLOG: Final = 2048  # connections that may wait to be accepted
_ALLOCATIONS: Final = 10_000  # more objects made than freed between two runs of the cyclic collector
_GRACE: Final = 3  # seconds that answers under way get at the end


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens, so that the port is taken before anybody is told of it.

    Raises:
        OSError: The address is taken or none of this machine's.
        OverflowError: There is no such port.
    """
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


def url_of(listener: socket.socket) -> str:
    """The base URL at which a socket can be called from this machine."""
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = "::1" if ":" in host else "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(listener: socket.socket) -> bool:
    """Whether only this machine can call it."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def config_of(app: Any, *, workers: int = 1, factory: bool = False) -> uvicorn.Config:
    """How uvicorn serves the mock.

    Args:
        app: The application, or with `factory` what makes it.
        workers: How many processes.
        factory: Whether `app` makes the application.
    """
    return uvicorn.Config(
        app,
        factory=factory,
        workers=workers,
        http=MockProtocol,
        lifespan="off",
        ws="none",
        log_level="warning",
        access_log=False,
        date_header=False,  # the application has a clock of its own
        timeout_graceful_shutdown=_GRACE,
    )


def quiet_form_reader() -> None:
    """A form that can't be read is told to who sent it; python-multipart would tell the terminal as well."""
    logging.getLogger("python_multipart").setLevel(logging.ERROR)


def freeze_what_is_there() -> None:
    """Have Python's cyclic collector leave alone what is there before the first request, and be run less often.

    Specs, schemas and modules live as long as the process; looking through them again and again takes some percent
    of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)


class ListeningServer(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, app: Any, listening: Callable[[], None]) -> None:
        super().__init__(config_of(app))
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and tell of it."""
        await super().startup(sockets)
        self._listening()
