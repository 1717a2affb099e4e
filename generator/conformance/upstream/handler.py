"""Reads requests to the played model provider off the wire, and writes its answers."""

from __future__ import annotations

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from generator.conformance.upstream.provider import Provider
    from generator.spec import Json

_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]+")
_MOST: Final = 200_000_000
"""Bytes of a body."""
_LINE: Final = 1000
_JSON: Final = "application/json"
_ASYNCHRONOUS: Final = "x-dashscope-async"
"""The header by which the native API is asked for a task."""


class Server(ThreadingHTTPServer):
    """The server.

    Attributes:
        provider: Whom it serves.
    """

    daemon_threads = True
    provider: Provider

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a gateway that went away; anything else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it was given


class Handler(BaseHTTPRequestHandler):
    """Serves one connection."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    """Seconds that a gateway may be silent in the middle of a request."""

    def do_POST(self) -> None:
        """Take a request for images."""
        body = self._body()
        if body is None:
            self._tell(400, {"code": "InvalidParameter", "message": "The body can't be read."})
            return
        later = self.headers.get(_ASYNCHRONOUS, "").lower() == "enable"
        self._tell(*self._provider.take(body, self._base_url(), later=later))

    def do_GET(self) -> None:
        """Hand out an image, or a task's answer."""
        path = self.path.partition("?")[0]
        image = self._provider.file(path)
        if image is not None:
            self._send(200, "image/png", image)
        elif (answer := self._provider.task(path)) is not None:
            self._tell(200, answer)
        else:
            self._tell(404, {"code": "NotFound", "message": "Nothing is here."})

    def do_HEAD(self) -> None:
        """Tell of an image."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing: the run's report says what arrived."""

    @property
    def _provider(self) -> Provider:
        return cast("Server", self.server).provider

    def _base_url(self) -> str:
        """Where the gateway reached this server, which may be by another name than this machine's own."""
        host = self.headers.get("host", "")
        return f"http://{host}" if _HOST.fullmatch(host) else self._provider.url

    def _body(self) -> bytes | None:
        if self.headers.get("transfer-encoding", "").lower() == "chunked":
            return self._chunked()
        length = self.headers.get("content-length", "0")
        return self.rfile.read(int(length)) if length.isdecimal() and int(length) <= _MOST else None

    def _chunked(self) -> bytes | None:
        """A body that comes in chunks, each with its length before it."""
        body = bytearray()
        while True:
            try:
                length = int(self.rfile.readline(_LINE).partition(b";")[0], 16)
            except ValueError:
                return None
            if length == 0:
                while self.rfile.readline(_LINE).strip():  # trailers
                    pass
                return bytes(body)
            body += self.rfile.read(length)
            self.rfile.readline(_LINE)
            if len(body) > _MOST:
                return None

    def _tell(self, status: int, answer: Json) -> None:
        self._send(status, _JSON, json.dumps(answer, ensure_ascii=False).encode())

    def _send(self, status: int, media_type: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")  # so that no thread waits for a next request
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
