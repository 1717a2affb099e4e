"""A gateway of bytes: reads each request from a loopback socket, and writes back whatever a test likes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

if TYPE_CHECKING:
    import ssl


@frozen
class Peer:
    """Who sent a request, and waits for what comes.

    Attributes:
        head: The request's first line and headers.
        body: Its body.
        over: Set when the test is over.
    """

    head: bytes
    body: bytes
    over: threading.Event
    _socket: socket.socket = field(repr=False)

    @property
    def path(self) -> str:
        """The path that was asked for."""
        return self.head.split(b" ")[1].decode()

    def write(self, data: bytes) -> None:
        """Write some bytes."""
        self._socket.sendall(data)

    def drip(self, head: bytes, again: bytes, pause: float = 0.02) -> None:
        """Write a beginning, and the same bytes again and again until nobody reads them."""
        self.write(head)
        while not self.over.wait(pause):
            self.write(again)


Behave = Callable[[Peer], None]


@contextmanager
def hostile(behave: Behave, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve while the context is open; a connection ends when `behave` raises or returns without keeping it.

    Args:
        behave: Answers one request; what it raises as an OSError ends the connection.
        tls: How to speak TLS; None for plain HTTP.

    Yields:
        The address.
    """
    over = threading.Event()
    threads: list[threading.Thread] = []

    def serve(raw: socket.socket) -> None:
        with suppress(OSError), raw:
            raw.settimeout(20)
            connection: Any = raw if tls is None else tls.wrap_socket(raw, server_side=True)
            with connection:
                while request := _request(connection):
                    behave(Peer(*request, over, connection))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threads.append(threading.Thread(target=serve, args=[connection], daemon=True))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield f"{'http' if tls is None else 'https'}://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
    for thread in threads:
        thread.join(5)


def _request(connection: socket.socket) -> tuple[bytes, bytes] | None:
    read = b""
    while b"\r\n\r\n" not in read:
        data = connection.recv(65536)
        if not data:
            return None
        read += data
    head, _, body = read.partition(b"\r\n\r\n")
    told = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while told and len(body) < int(told[0].partition(b":")[2]):
        body += connection.recv(65536)
    return head, body
