"""What arrives over a bare socket, byte for byte, and how the connection ends."""

from __future__ import annotations

import select
import socket
import time
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    Result = TypeVar("Result")

PATIENCE = 20  # seconds; nothing here takes as long
_PIECE = 65_536
_GLANCE = 0.002  # seconds between two looks at a condition


@frozen
class Heard:
    """What arrived.

    Attributes:
        raw: All bytes.
        end: How it ended: "closed" in good order, or "reset".
        first: When the first byte came, in seconds after the request was sent; None if none came.
        last: When the connection ended, in seconds after the request was sent.
    """

    raw: bytes
    end: str
    first: float | None
    last: float

    @property
    def head(self) -> str:
        """Status line and headers, in lower case."""
        return self.raw.partition(b"\r\n\r\n")[0].decode("latin-1").lower()

    @property
    def body(self) -> bytes:
        """What came behind the headers, as it was framed."""
        return self.raw.partition(b"\r\n\r\n")[2]


@frozen
class Wire:
    """One connection to a server."""

    _socket: socket.socket = field(repr=False)

    @classmethod
    def to(cls, url: str) -> Wire:
        """Connect to the server of a URL."""
        host, _, port = url.removeprefix("http://").partition(":")
        return cls(socket.create_connection((host, int(port)), PATIENCE))

    def send(
        self, path: str = "/", headers: Mapping[str, str] | None = None, body: bytes = b"", method: str = "POST"
    ) -> float:
        """Send a request; the connection is not to be kept. Returns when."""
        lines = [f"{method} {path} HTTP/1.1", "Host: mock", "Connection: close", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        return time.monotonic()

    def hear(self, since: float) -> Heard:
        """Read until the connection ends."""
        raw = b""
        first: float | None = None
        end = "closed"
        try:
            while piece := self._socket.recv(_PIECE):
                first = time.monotonic() - since if first is None else first
                raw += piece
        except ConnectionResetError:
            end = "reset"
        return Heard(raw, end, first, time.monotonic() - since)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def until(condition: Callable[[], Result]) -> Result:
    """What a condition gives, as soon as that is true; another thread or process sees to it."""
    give_up = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < give_up
        select.select([], [], [], _GLANCE)
    return found


def ask(
    url: str, path: str = "/", headers: Mapping[str, str] | None = None, body: bytes = b"", method: str = "POST"
) -> Heard:
    """Send a request on a connection of its own, and read until that ends."""
    wire = Wire.to(url)
    try:
        return wire.hear(wire.send(path, headers, body, method))
    finally:
        wire.close()
