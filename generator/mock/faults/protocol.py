"""uvicorn's connections, handed over to the application, so that a fault can end them in an unusual way."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from generator.mock.faults.connection import WHOLE_ANSWER, extension_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_RESET: Final = struct.pack("ii", 1, 0)  # linger for no time: what isn't sent is dropped, and the peer told by RST
_TOLERANCE: Final = 0.001  # seconds by which a timer's end may come early
_GLANCE: Final = 0.001  # seconds between two looks at what is still to be sent


def _answer_at_once(
    cycle: RequestResponseCycle, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes
) -> bool:
    """Give a whole answer by one write, in a third of the time that uvicorn takes for its head and body.

    The headers are the mock's own, so that nobody need look at them once more. What isn't as usual is left to uvicorn.
    """
    if cycle.flow.write_paused or cycle.disconnected or cycle.response_started or not cycle.keep_alive:
        return False
    # The extension refers to the cycle, which refers to the scope: only the cyclic collector would free the three.
    del cycle.scope["extensions"][WHOLE_ANSWER]
    cycle.response_started = cycle.response_complete = True
    cycle.waiting_for_100_continue = False
    lines = [b"%b: %b\r\n" % header for header in (*cycle.default_headers, *headers)]
    cycle.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], b"".join(lines), body))
    cycle.message_event.set()
    cycle.on_response()
    return True


class MockProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which is the `Connection` of its requests as well."""

    held = False
    _under_way: Sequence[RequestResponseCycle] = ()
    _idle_since: float | None = None

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.scope["extensions"] = extension_of(self)

    def on_headers_complete(self) -> None:
        """A request's head is complete; its answer begins, or waits for those to the requests before it."""
        super().on_headers_complete()
        if self.scope["method"] != "HEAD":
            self.scope["extensions"][WHOLE_ANSWER] = {"answer": partial(_answer_at_once, self.cycle)}
        # No list is made where it needn't be: callers that send a request before the last one's answer are few.
        if self._under_way and not self._under_way[-1].response_complete:
            self._under_way = [cycle for cycle in (*self._under_way, self.cycle) if not cycle.response_complete]
        else:
            self._under_way = (self.cycle,)

    def on_response_complete(self) -> None:
        """An answer is complete; another request may come.

        uvicorn sets a timer after each answer, and stops it with each request. Here one timer is left to run, and looks
        at its end how long nothing has come.
        """
        if self.pipeline or self.transport.is_closing():
            super().on_response_complete()
            return
        self._idle_since = self.loop.time()
        self.server_state.total_requests += 1
        self.flow.resume_reading()
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def timeout_keep_alive_handler(self) -> None:
        """The timer is at its end: hang up if nothing has come for so long."""
        self.timeout_keep_alive_task = None
        if self._idle_since is None:
            return
        left = self._idle_since + self.timeout_keep_alive - self.loop.time()
        if left > _TOLERANCE:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def _unset_keepalive_if_required(self) -> None:
        """Something has come, or the connection has ended."""
        self._idle_since = None

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP: say so, and hang up."""
        super().send_400_response(msg)
        self._forsake()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        super().connection_lost(exc)
        super()._unset_keepalive_if_required()
        self._forsake()

    def _forsake(self) -> None:
        """Tell all requests under way that nobody waits for their answers.

        uvicorn tells the last one at most. The others would write to a closed connection, and be reported as failures.
        """
        for cycle in self._under_way:
            cycle.disconnected = True
            cycle.message_event.set()

    def shutdown(self) -> None:
        """The server stops."""
        if self.held:
            self.transport.abort()
        else:
            super().shutdown()

    async def reset(self) -> None:
        """Send what was written, then reset the connection: the caller's next read fails."""
        await self._sent()
        found = self.transport.get_extra_info("socket")
        if found is not None and not self.transport.is_closing():
            with socket.socket(fileno=os.dup(found.fileno())) as same:
                same.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.transport.abort()

    def hang_up(self) -> None:
        """Close the connection in good order, whatever was promised."""
        self.transport.close()

    def half_close(self) -> None:
        """Close the mock's side alone; the caller's stays open until the caller closes it."""
        if self.transport.can_write_eof():
            self.transport.write_eof()
        else:
            self.transport.close()

    def write(self, raw: bytes) -> None:
        """Write bytes as they are, past HTTP."""
        self.transport.write(raw)

    async def _sent(self) -> None:
        """Wait until all that was written has come to the other side."""
        # No event tells when the other side has everything, so that one has to look.
        while not self.transport.is_closing() and self._unsent():  # noqa: ASYNC110  # see above
            await asyncio.sleep(_GLANCE)

    def _unsent(self) -> int:
        """How much was written and hasn't come to the other side, in bytes, as far as the system tells."""
        waiting = self.transport.get_write_buffer_size()
        found = self.transport.get_extra_info("socket")
        if found is None or sys.platform == "win32":
            return waiting
        import fcntl  # noqa: PLC0415  # there is none on Windows
        import termios  # noqa: PLC0415

        try:
            (under_way,) = struct.unpack("i", fcntl.ioctl(found.fileno(), termios.TIOCOUTQ, bytes(4)))
        except OSError:  # a system that doesn't tell it of sockets
            return waiting
        return waiting + int(under_way)
