"""Servers that answer by a spec, to be loaded: our mock, Stoplight Prism, and one that answers at once."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from generator.spec import openapi_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

PRISM: Final = Path(".tools/node_modules/.bin/prism")
"""Where Prism is, if it is; `make tools` puts it there."""

_PATIENCE = 60  # seconds that a server may take to listen
_ANSWER: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n" + b" " * 500


@frozen
class Server:
    """A server to be loaded.

    Attributes:
        host: Where it listens.
        port: Where it listens.
        pid: Its process; 0 for one of this process, whose CPU time nobody asks for.
    """

    host: str
    port: int
    pid: int = 0

    def cpu_seconds(self) -> float:
        """The CPU time that its process has taken."""
        if not self.pid:
            return 0.0
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@frozen
class Load:
    """What came of a load.

    Attributes:
        rate: Answers a second.
        cpu: Seconds of the server's CPU time that an answer took.
        median: Seconds from a request to the end of its answer, the median.
        statuses: How many answers had which status.
    """

    rate: float
    cpu: float
    median: float
    statuses: dict[str, int]


def load(server: Server, request: Path, connections: int = 8, *limit: str) -> Load:
    """Load a server from a process of its own.

    Args:
        server: The server.
        request: A file with the request as it goes over the wire.
        connections: How many there are.
        limit: "--seconds" or "--count", and how many.
    """
    command = [sys.executable, "-m", "tests.bench.load", server.host, str(server.port), str(request), str(connections)]
    before = server.cpu_seconds()
    done = subprocess.run([*command, *limit], check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    if told["lost"]:
        raise RuntimeError(f"{told['lost']} connections were lost at {server}")
    taken = server.cpu_seconds() - before
    return Load(told["answers"] / told["seconds"], taken / told["answers"], told["median"], told["statuses"])


@contextmanager
def prism(spec: str) -> Iterator[Server]:
    """Prism serves a spec, as it comes; what it logs is thrown away.

    Args:
        spec: The spec's name.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        address: tuple[str, int] = ("127.0.0.1", free.getsockname()[1])
    command = [str(PRISM.absolute()), "mock", "--host", address[0], "--port", str(address[1])]
    command.append(str(openapi_folder() / f"{spec}.yaml"))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(address, process)
            yield Server(*address, process.pid)
        finally:
            process.terminate()


def _wait_for(address: tuple[str, int], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(address).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Prism doesn't listen on {address}; try it by hand: {PRISM}")


@contextmanager
def at_once() -> Iterator[Server]:
    """A server that answers at once, whatever is sent: it shows how much the load generator itself can do."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        ended = threading.Event()
        threads = [threading.Thread(target=_accept, args=(listener, ended))]
        threads[0].start()
        try:
            yield Server(*listener.getsockname())
        finally:
            ended.set()
            threads[0].join()


def _accept(listener: socket.socket, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        threading.Thread(target=_answer, args=(connection,), daemon=True).start()


def _answer(connection: socket.socket) -> None:
    with connection:
        while connection.recv(65_536):
            connection.sendall(_ANSWER)
