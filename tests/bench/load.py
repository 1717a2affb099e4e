"""Sends one request over and over on a few connections, and tells how many answers came: run by itself, as a process.

``python -m tests.bench.load HOST PORT FILE CONNECTIONS (--seconds N | --count N)``. The file holds the request as it
goes over the wire; ten digits 0 in it are replaced by a number that is another one each time. An answer is read by its
Content-Length, or to its last chunk, and looked at no further: this does several times as much as what it measures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from pathlib import Path
from typing import Final, cast

import uvloop

COUNTER: Final = b"0" * 10
_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"
_LAST_CHUNK: Final = b"0\r\n\r\n"


class _Sender(asyncio.Protocol):
    """One connection: sends the next request when the answer to the last one is complete."""

    def __init__(self, load: _Load) -> None:
        self._load = load
        self._seen = b""
        self._left = 0  # bytes of the body that are still to come; -1 for a chunked one

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's is no subclass of it
        self._next()

    def data_received(self, data: bytes) -> None:
        if self._left > 0:
            self._left -= len(data)
        elif self._left < 0:
            self._seen = self._seen[-len(_LAST_CHUNK) :] + data
            if self._seen.endswith(_LAST_CHUNK):
                self._left = 0
        else:
            self._seen += data
            if not self._head():
                return
        if self._left == 0:
            self._seen = b""
            self._load.answered(time.perf_counter() - self._sent_at)
            self._next()

    def connection_lost(self, error: Exception | None) -> None:
        self._load.ended(early=error is not None or not self._transport.is_closing())

    def _head(self) -> bool:
        """Read the answer's head, if it is there."""
        end = self._seen.find(_HEAD_END)
        if end < 0:
            return False
        head = self._seen[:end].lower() + b"\r\n"
        self._load.started(head[9:12].decode())
        behind = self._seen[end + len(_HEAD_END) :]
        at = head.find(_LENGTH)
        if at < 0:
            self._seen = behind
            self._left = 0 if behind.endswith(_LAST_CHUNK) else -1
        else:
            self._left = int(head[at + len(_LENGTH) : head.index(b"\r\n", at)]) - len(behind)
        return True

    def _next(self) -> None:
        request = self._load.next_request()
        if request is None:
            self._transport.close()
        else:
            self._sent_at = time.perf_counter()
            self._transport.write(request)


class _Load:
    """What all connections share."""

    def __init__(self, request: bytes, connections: int, seconds: float | None, count: int | None) -> None:
        self._before, self._counter, self._behind = request.partition(COUNTER)
        self._open = connections
        self._until = None if seconds is None else time.perf_counter() + seconds
        self._left = count
        self._sent = 0
        self.delays: list[float] = []
        self.lost = 0
        self.statuses: dict[str, int] = {}
        self.all_closed = asyncio.Event()

    def next_request(self) -> bytes | None:
        """The next request; None when there have been enough."""
        if self._until is not None and time.perf_counter() >= self._until:
            return None
        if self._left is not None and self._sent >= self._left:
            return None
        self._sent += 1
        if not self._counter:
            return self._before
        return b"%s%010d%s" % (self._before, self._sent, self._behind)

    def started(self, status: str) -> None:
        """An answer has begun."""
        self.statuses[status] = self.statuses.get(status, 0) + 1

    def answered(self, delay: float) -> None:
        """An answer is complete, this many seconds after its request was sent."""
        self.delays.append(delay)

    def ended(self, *, early: bool) -> None:
        """A connection is closed; by the server, if early."""
        self.lost += early
        self._open -= 1
        if not self._open:
            self.all_closed.set()


async def _run(given: argparse.Namespace) -> str:
    loop = asyncio.get_running_loop()
    load = _Load(given.file.read_bytes(), given.connections, given.seconds, given.count)
    started = time.perf_counter()
    for _ in range(given.connections):
        await loop.create_connection(lambda: _Sender(load), given.host, given.port)
    await load.all_closed.wait()
    taken = time.perf_counter() - started
    told = {"answers": len(load.delays), "seconds": taken, "median": statistics.median(load.delays)}
    return json.dumps({**told, "statuses": load.statuses, "lost": load.lost})


def main() -> None:
    """Load a server, and print as JSON how many answers came, in how many seconds, how soon, of which status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("connections", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--count", type=int)
    print(uvloop.run(_run(parser.parse_args())))  # noqa: T201  # the process's answer


if __name__ == "__main__":
    main()
