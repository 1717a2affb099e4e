"""A server that writes its answers as servers may: in chunks, by HTTP/1.0, headers in any case, one a connection."""

from __future__ import annotations

import itertools
import socketserver
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedIOBase

_REASONS = ("Fine", "", "Ünlike".encode().decode("latin-1"))


def _chunked(response: httpx.Response) -> tuple[bytes, bool]:
    body = response.content
    cuts = [body[:1], body[1:3], body[3:1000], body[1000:]]
    chunks = b"".join(b"%X;name=value\r\n%s\r\n" % (len(cut), cut) for cut in cuts if cut)
    return _head("HTTP/1.1", response, "Transfer-Encoding: chunked") + chunks + b"0\r\nX-Trailer: 1\r\n\r\n", True


def _old(response: httpx.Response) -> tuple[bytes, bool]:
    return _head("HTTP/1.0", response) + response.content, False


def _loud(response: httpx.Response) -> tuple[bytes, bool]:
    head = _head("HTTP/1.1", response, f"content-length:{len(response.content)}", case=str.upper)
    return head + response.content, True


def _closing(response: httpx.Response) -> tuple[bytes, bool]:
    return _head(
        "HTTP/1.1", response, f"CONTENT-LENGTH: {len(response.content)}", "connection: Close"
    ) + response.content, False


def _until_the_end(response: httpx.Response) -> tuple[bytes, bool]:
    return _head("HTTP/1.1", response, "connection: close", case=str.lower) + response.content, False


def _informed(response: httpx.Response) -> tuple[bytes, bool]:
    whole, stays = _loud(response)
    return b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + whole, stays


STYLES: tuple[Callable[[httpx.Response], tuple[bytes, bool]], ...] = (
    _chunked,
    _old,
    _loud,
    _closing,
    _until_the_end,
    _informed,
)
"""Ways to write an answer; each tells whether the connection stays."""


def _head(version: str, response: httpx.Response, *more: str, case: Callable[[str], str] = str.title) -> bytes:
    reason = _REASONS[response.status_code % len(_REASONS)]
    own = [
        f"{case(name)}: {value}"
        for name, value in response.headers.items()
        if name not in {"content-length", "connection"}
    ]
    return "\r\n".join([f"{version} {response.status_code} {reason}", *own, *more, "", ""]).encode("latin-1")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of callers that went away."""


@contextmanager
def served(plain: httpx.BaseTransport) -> Iterator[str]:
    """Serve what a transport answers, each answer in the next style.

    Args:
        plain: Answers.

    Yields:
        The server's address.
    """
    styles = itertools.cycle(STYLES)
    lock = threading.Lock()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while (request := _read(self.rfile)) is not None:
                with lock:
                    style = next(styles)
                whole, stays = style(plain.handle_request(request))
                # The first byte by itself, as where a proxy is slow.
                for part in (whole[:1], whole[1:]):
                    self.wfile.write(part)
                    self.wfile.flush()
                if not stays:
                    return

    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _read(stream: BufferedIOBase) -> httpx.Request | None:
    """The next request of a connection; None at its end."""
    line = stream.readline().split()
    if not line:
        return None
    headers = []
    while (text := stream.readline().strip()) != b"":
        name, _, value = text.partition(b":")
        headers.append((name.strip(), value.strip()))
    named = httpx.Headers(headers)
    content = stream.read(int(named.get("content-length", 0)))
    return httpx.Request(
        line[0].decode(), f"http://{named['host']}{line[1].decode()}", headers=headers, content=content
    )
