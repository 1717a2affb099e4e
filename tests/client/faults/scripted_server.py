"""A server on loopback that plays a script of faults, and counts what it was paid for.

It stands on bare sockets, so that it can fail in every way that a socket can. One act of the script is played for each
request; when the script is over, its last act is played again and again.
"""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from .connection import Connection, Counts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

_PATIENCE: Final = 15.0  # seconds, longer than any act lasts

Act: TypeAlias = Callable[[Connection], None]
"""What the server does with one request. The connection serves the next one unless the act closes it."""


class ScriptedServer:
    """Plays acts, each connection in a thread of its own.

    Args:
        script: The acts, in order.
        listening: Whether it listens from the start.

    Attributes:
        counts: What it was asked for, and what it was paid for.
        port: Its port on 127.0.0.1.
    """

    def __init__(self, script: Sequence[Act], *, listening: bool = True) -> None:
        self.counts = Counts()
        self._script = list(script)
        self._stopping, self._end = socket.socketpair()
        self._idle = threading.Condition()
        self._busy = 0
        self._threads: list[threading.Thread] = []
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        if listening:
            self.listen()

    def listen(self) -> None:
        """Begin to accept connections, if it does not already; before, they are refused."""
        if self._threads:
            return
        self._socket.listen()
        self._start(self._accept)

    def settle(self) -> None:
        """Wait until no act is being played, such as one that closes the connection after its answer."""
        with self._idle:
            assert self._idle.wait_for(lambda: self._busy == 0, _PATIENCE), "an act does not end"

    def close(self) -> None:
        """Stop accepting, end all acts, and wait for them."""
        self._end.close()
        for thread in self._threads:
            thread.join(_PATIENCE)
            assert not thread.is_alive(), "an act does not end"
        self._socket.close()
        self._stopping.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while select.select([self._socket, self._stopping], [], [])[0] == [self._socket]:
            peer, _ = self._socket.accept()
            self._start(partial(self._serve, Connection(peer, self.counts, self._stopping)))

    def _serve(self, connection: Connection) -> None:
        try:
            while connection.is_open and connection.waits_for_more():
                self._play(connection)
        finally:
            connection.close()

    def _play(self, connection: Connection) -> None:
        with self._idle:
            self._busy += 1
            act = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        with self.counts.lock:
            self.counts.requests += 1
        try:
            act(connection)
        except OSError:
            connection.close()  # the client left in the middle of the act
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()
