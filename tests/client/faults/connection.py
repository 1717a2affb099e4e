"""One connection as a server's act uses it: reading requests, answering them, or failing to."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import struct
import threading
from typing import Final

_PATIENCE: Final = 10.0  # seconds after which an act ends though the client neither sends nor leaves
_DRIP: Final = 0.02  # seconds between two bytes of a drip
_SIP: Final = 1 << 14  # bytes of a request that is read slowly, between two pauses
_PIECE: Final = 1 << 16  # bytes read at once
_RESET: Final = struct.pack("ii", 1, 0)  # SO_LINGER with no time: closing sends RST


class Counts:
    """What a server was asked for, and what it was paid for.

    Attributes:
        requests: How many requests reached it.
        images: How many images it has made.
        received: All that was sent to it, in bytes, in order of arrival.
    """

    def __init__(self) -> None:
        self.requests = 0
        self.images = 0
        self.received = bytearray()
        self.lock = threading.Lock()

    def forget(self) -> None:
        """Count from zero again."""
        with self.lock:
            self.requests = self.images = 0
            self.received.clear()


class Connection:
    """A connection that a client opened.

    Args:
        peer: The socket.
        counts: What the server counts.
        stopping: A socket that becomes readable when the server is closed.

    Attributes:
        is_open: Whether the server holds it open.
    """

    def __init__(self, peer: socket.socket, counts: Counts, stopping: socket.socket) -> None:
        self.is_open = True
        self._peer, self._counts, self._stopping = peer, counts, stopping
        self._read = bytearray()
        self._posted = False

    @property
    def port(self) -> int:
        """The server's port."""
        port: int = self._peer.getsockname()[1]
        return port

    def waits_for_more(self) -> bool:
        """Wait for the client to send something; false if it leaves, or the server stops, or nothing comes."""
        if not self._comes(_PATIENCE):
            return False
        with contextlib.suppress(OSError):
            return bool(self._peer.recv(1, socket.MSG_PEEK))
        return False

    def read(self, count: int = 1) -> bytes:
        """Read until so many bytes are there.

        Returns:
            All that was read and not yet taken.

        Raises:
            OSError: The client left.
        """
        while len(self._read) < count:
            data = self._peer.recv(_PIECE) if self._comes(_PATIENCE) else b""
            if not data:
                raise ConnectionResetError
            self._read += data
            with self._counts.lock:
                self._counts.received += data
        return bytes(self._read)

    def read_request(self) -> bytes:
        """Read a request whole, and take it.

        Returns:
            All of it.
        """
        while b"\r\n\r\n" not in self._read:
            self.read(len(self._read) + 1)
        self._posted = self._read.startswith(b"POST ")
        head, _, rest = bytes(self._read).partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        if length is not None:
            end = len(head) + 4 + int(length[1])
            self.read(end)
        elif re.search(rb"transfer-encoding: *chunked", head, re.IGNORECASE):
            while not rest.endswith(b"0\r\n\r\n"):
                rest = self.read(len(self._read) + 1).partition(b"\r\n\r\n")[2]
            end = len(self._read)
        else:
            end = len(head) + 4
        request = bytes(self._read[:end])
        del self._read[:end]
        return request

    def make_image(self) -> None:
        """Do the work, which costs money if it was asked for by POST."""
        with self._counts.lock:
            self._counts.images += self._posted

    def send(self, data: bytes) -> None:
        """Send bytes, whatever they are."""
        self._peer.sendall(data)

    def drip(self, drop: bytes) -> None:
        """Send a few bytes over and over, each time well within any read time-out, until the client leaves."""
        for _ in range(int(_PATIENCE / _DRIP)):
            self.send(drop)
            if self._ready(_DRIP):
                return

    def wait_for_end(self) -> None:
        """Read without a word until the client leaves."""
        while self.waits_for_more():
            self._peer.recv(_PIECE)

    def sip(self) -> None:
        """Read as slowly as keeps the client's writes going, until the client leaves."""
        for _ in range(int(_PATIENCE / _DRIP)):
            if not self._peer.recv(_SIP):
                return
            if self._pause(_DRIP):
                return

    def stop_reading(self) -> None:
        """Let what the client sends pile up, until the server is closed."""
        self._pause(_PATIENCE)

    def finish(self) -> None:
        """Say that nothing more comes, read on until the client leaves, and close the connection."""
        self._peer.shutdown(socket.SHUT_WR)
        self.wait_for_end()
        self.close()

    def close(self) -> None:
        """Close the connection at once."""
        self.is_open = False
        self._peer.close()

    def reset(self) -> None:
        """Close the connection by a reset."""
        with contextlib.suppress(OSError):
            self._peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.close()

    def _comes(self, seconds: float) -> bool:
        """Whether something comes from the client within so many seconds, be it its end, and the server goes on."""
        return self._ready(seconds) == [self._peer]

    def _pause(self, seconds: float) -> bool:
        """Wait; return whether the server stops."""
        return bool(select.select([self._stopping], [], [], seconds)[0])

    def _ready(self, seconds: float) -> list[socket.socket]:
        return select.select([self._peer, self._stopping], [], [], seconds)[0]
