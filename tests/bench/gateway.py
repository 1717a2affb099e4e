"""A gateway for measurements: takes any request, and answers with images as large as is asked for."""

from __future__ import annotations

import base64
import json
import struct
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

UPLOAD_BYTES = 24_000_000
IMAGE_BYTES = 16_000_000
FOUR_AS_BASE64 = 4 * (IMAGE_BYTES // 3 * 4)
_PIECE = 48_000
_WARM = "warm up"


def picture(size: int) -> bytes:
    """Bytes of a PNG as far as its header goes, filled up to a size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 1024, 1024, 8, 6, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return start + bytes(size - len(start))


class Gateway:
    """The gateway, on a port of its own while the context lasts."""

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
        """Say nothing."""

    def do_GET(self) -> None:
        size = int(self.path.rpartition("/")[2])
        self._start("image/png", size)
        start = picture(_PIECE)
        self.wfile.write(start[:size])
        for sent in range(_PIECE, size, _PIECE):
            self.wfile.write(bytes(min(_PIECE, size - sent)))

    def do_POST(self) -> None:
        left = int(self.headers["Content-Length"])
        seen = b""
        while left:
            piece = self.rfile.read(min(_PIECE, left))
            left -= len(piece)
            seen = (seen + piece)[:2_000]
        size = _PIECE if _WARM.encode() in seen else IMAGE_BYTES
        if b"b64_json" in seen:
            self._start("application/json", sum(map(len, _as_base64(size))))
            for part in _as_base64(size):
                self.wfile.write(part)
            return
        link = f"http://{self.headers['Host']}/{size}"
        answer = json.dumps({"created": 1, "data": [{"url": link}] * 4}).encode()
        self._start("application/json", len(answer))
        self.wfile.write(answer)

    def _start(self, media_type: str, size: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(size))
        self.end_headers()


def _as_base64(size: int) -> Iterator[bytes]:
    """The pieces of an answer with four images."""
    encoded = base64.b64encode(picture(_PIECE))
    more = base64.b64encode(bytes(_PIECE))
    yield b'{"created": 1, "data": ['
    for number in range(4):
        yield b'%s{"b64_json": "' % (b"," if number else b"")
        yield encoded
        for _ in range(size // _PIECE - 1):
            yield more
        yield b'"}'
    yield b"]}"
