"""Gives an answer the way a fault wants it: late, slowly, in part, or not at all."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, mutable

from generator.mock.faults.answers import BODILESS
from generator.mock.faults.connection import PATIENCE, connection_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from generator.mock.faults.connection import Connection
    from generator.mock.faults.fault import Fault

ANSWERED: Final = "answered"
CUT: Final = "cut"
RESET: Final = "reset"
CALLER_GONE: Final = "caller gone"

_SHORTEST_WAIT: Final = 0.001  # seconds
_TICK: Final = 0.05  # seconds between two pieces of a slow body
_LARGEST_PIECE: Final = 65_536  # bytes
_GARBAGE: Final = b"\x16\x03\x01\x00\x8b\x01\x00 this is no HTTP \xff\xfe\r\n\r\n"
_PERCENT: Final = 100


@frozen
class Performance:
    """What became of an answer.

    Attributes:
        first_byte: When its first byte was handed out; None if none was.
        finished: When it ended.
        outcome: "answered", "cut", "reset" or "caller gone".
        sent: How many bytes of the body were handed out.
    """

    first_byte: datetime | None
    finished: datetime
    outcome: str
    sent: int


async def perform(
    fault: Fault,
    response: Response,
    *,
    scope: Scope,
    receive: Receive,
    send: Send,
    ended: Callable[[Performance], None],
) -> None:
    """Give an answer the way a fault wants it.

    Args:
        fault: The fault.
        response: The answer. What the fault changes in it is changed already.
        scope: As ASGI has it.
        receive: As ASGI has it; whatever it still has of the request is dropped.
        send: As ASGI has it.
        ended: Told what became of it, in any case, and before the caller can see its end.

    Raises:
        ConnectionResetError: The server, or whoever calls in-process, hands no connection over, and it would have been
            reset.
        ConnectionAbortedError: The same of one that would have been closed too early, or of bytes that are no HTTP.
    """
    connection = connection_of(scope)
    caller = asyncio.create_task(_hung_up(receive))
    performer = _Performer(fault, response, send, connection, caller, ended)
    if connection is not None:
        connection.held = True
    try:
        await performer.run()
    finally:
        if connection is not None:
            connection.held = False
        caller.cancel()
        performer.tell(CALLER_GONE)


async def waited(scope: Scope, receive: Receive, seconds: float) -> bool:
    """Wait before an answer; False as soon as the caller hangs up, or the server stops and can't wait as long.

    Args:
        scope: As ASGI has it.
        receive: As ASGI has it; whatever it still has of the request is dropped.
        seconds: How long.
    """
    connection = connection_of(scope)
    held = connection is not None and seconds > PATIENCE
    caller = asyncio.create_task(_hung_up(receive))
    try:
        if connection is not None:
            connection.held = held
        return await _outlasted(caller, seconds)
    finally:
        if connection is not None:
            connection.held = False
        caller.cancel()


async def _outlasted(caller: asyncio.Task[None], seconds: float) -> bool:
    """Wait; False as soon as the caller hangs up. An event loop's timer may be early, by up to a millisecond."""
    until = time.monotonic() + seconds
    await asyncio.wait({caller}, timeout=max(0, seconds))
    while not caller.done() and (left := until - time.monotonic()) > 0:
        await asyncio.wait({caller}, timeout=max(_SHORTEST_WAIT, left))
    return not caller.done()


async def _hung_up(receive: Receive) -> None:
    """Wait until the caller hangs up."""
    while (await receive())["type"] != "http.disconnect":
        pass


@mutable
class _Performer:
    """One answer on its way out."""

    _fault: Fault
    _response: Response
    _send: Send
    _connection: Connection | None
    _caller: asyncio.Task[None]
    _ended: Callable[[Performance], None]
    _first_byte: datetime | None = field(default=None, init=False)
    _sent: int = field(default=0, init=False)
    _is_told: bool = field(default=False, init=False)

    def tell(self, outcome: str) -> None:
        """Tell what becomes of the answer; what is told first, holds."""
        if not self._is_told:
            self._is_told = True
            self._ended(Performance(self._first_byte, datetime.now(UTC), outcome, self._sent))

    async def run(self) -> None:
        """Give the answer, or as much of it as there is to be."""
        fault = self._fault
        if fault.delay and not await self._wait(fault.delay):
            return
        if isinstance(fault.reset, str):
            await self._reset()
        elif fault.hang_up:
            await self._close()
        elif fault.garbage:
            await self._write_garbage()
        else:
            await self._answer()

    async def _answer(self) -> None:
        """Give the answer, and end the connection where the fault ends it within."""
        body = bytes(self._response.body)
        end = _limit(self._fault, len(body))
        await self._start(len(body))
        if await self._pour(body[:end], complete=end is None) and end is not None:
            await (self._close() if self._fault.reset is None else self._reset())

    async def _start(self, length: int) -> None:
        """Send status and headers."""
        headers = [(name, value) for name, value in self._response.raw_headers if name.lower() != b"content-length"]
        if not self._fault.chunked and self._response.status_code not in BODILESS:
            headers.append((b"content-length", b"%d" % length))
        self._first_byte = datetime.now(UTC)
        await self._send({"type": "http.response.start", "status": self._response.status_code, "headers": headers})

    async def _pour(self, body: bytes, *, complete: bool) -> bool:
        """Send the body, as fast as the fault allows. False where the caller hung up meanwhile."""
        rate = self._fault.bytes_per_second
        piece = max(1, min(_LARGEST_PIECE, int(rate * _TICK))) if rate else _LARGEST_PIECE
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            part = body[self._sent : self._sent + piece]
            if rate and not await self._wait(began + (self._sent + len(part)) / rate - loop.time()):
                return False
            self._sent += len(part)
            is_last = self._sent == len(body)
            if complete and is_last:
                self.tell(ANSWERED)
            await self._send_body(part, more=not (complete and is_last))
            if is_last:
                return True
            if self._caller.done():
                return False

    async def _send_body(self, part: bytes, *, more: bool) -> None:
        await self._send({"type": "http.response.body", "body": part, "more_body": more})

    async def _wait(self, seconds: float) -> bool:
        """Wait; False as soon as the caller hangs up."""
        if seconds > 0:
            return await _outlasted(self._caller, seconds)
        return not self._caller.done()

    async def _reset(self) -> None:
        self.tell(RESET)
        if self._connection is None:
            raise ConnectionResetError("The mock reset the connection, as a fault asked for.")
        await self._connection.reset()
        await self._caller

    async def _close(self) -> None:
        self.tell(CUT)
        if self._connection is None:
            raise ConnectionAbortedError("The mock closed the connection too early, as a fault asked for.")
        if self._fault.half_close:
            self._connection.half_close()
        else:
            self._connection.hang_up()
        await self._caller

    async def _write_garbage(self) -> None:
        self._first_byte = datetime.now(UTC)
        self.tell(CUT)
        if self._connection is None:
            raise ConnectionAbortedError("The mock wrote bytes that are no HTTP, as a fault asked for.")
        self._connection.write(_GARBAGE)
        self._connection.hang_up()
        await self._caller


def _limit(fault: Fault, length: int) -> int | None:
    """How much of a body is sent before its connection ends; None for all of it."""
    end = fault.cut_after if fault.reset is None else fault.reset
    if isinstance(end, str):
        return length * int(end.removesuffix("%")) // _PERCENT
    return end if end is None else min(end, length)
