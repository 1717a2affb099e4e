"""A mock transport that answers once, and compares what was sent with what the spec says."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, unquote

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERVER = "https://api.example"
"""Where the clients of these tests send to; nothing leaves the process."""


class Exchange:
    """One request and its answer.

    Args:
        status: The answer's status.
        media_type: What the answer is; "" for one without a body.
        content: The answer's body: bytes as they are, anything else as JSON.
    """

    def __init__(self, status: int = 200, media_type: str = "", content: Any = b"") -> None:
        self._status, self._media_type = status, media_type
        self._content = content if isinstance(content, bytes) else json.dumps(content).encode()
        self._requests: list[httpx.Request] = []
        self.transport = httpx.Client(transport=httpx.MockTransport(self._answer))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.transport.close()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self._requests.append(request)
        headers = {"Content-Type": self._media_type} if self._media_type else {}
        return httpx.Response(self._status, headers=headers, content=self._content)

    def sent(
        self,
        method: str,
        path: str,
        *,
        query: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
    ) -> None:
        """Compare what was sent, its body apart.

        Args:
            method: The method.
            path: The path, below the server, its percent-encoding undone.
            query: Every pair of the query, in any order.
            headers: Headers that must be among those sent.
            cookies: Cookies that must be among those sent, their percent-encoding undone.
        """
        assert len(self._requests) == 1
        request = self._requests[0]
        target, _, text = request.url.raw_path.decode().partition("?")
        assert (request.method, unquote(target)) == (method, path)
        assert sorted(parse_qsl(text, keep_blank_values=True)) == sorted(query)
        for name, value in (headers or {}).items():
            assert request.headers.get(name) == value, f"{name}: {request.headers.get(name)!r}"
        given = {unquote(pair) for pair in request.headers.get("Cookie", "").split("; ")}
        assert {f"{name}={value}" for name, value in (cookies or {}).items()} <= given

    def sent_no_body(self) -> None:
        """Compare the body with none at all."""
        assert self._requests[0].content == b""

    def sent_json(self, value: Any, media_type: str = "application/json") -> None:
        """Compare the body with JSON.

        Args:
            value: The JSON, decoded.
            media_type: What it must be called.
        """
        assert self._media_type_sent() == media_type.partition(";")[0].strip().lower()
        assert json.loads(self._requests[0].content) == value

    def sent_content(self, content: bytes, media_type: str) -> None:
        """Compare the body with a text or a file, byte for byte.

        Args:
            content: The bytes.
            media_type: What they must be called; "" for anything.
        """
        assert not media_type or self._media_type_sent() == media_type
        assert self._requests[0].content == content

    def sent_form(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Compare the body with a form that is URL-encoded.

        Args:
            pairs: Every pair of name and text, in any order.
        """
        assert self._media_type_sent() == "application/x-www-form-urlencoded"
        assert sorted(parse_qsl(self._requests[0].content.decode(), keep_blank_values=True)) == sorted(pairs)

    def sent_parts(self, parts: Sequence[tuple[str, str | bytes]]) -> None:
        """Compare the body with a multipart form.

        Args:
            parts: Every part's name and content, in any order; a text as it is, JSON as its compact text, a file as
                its bytes.
        """
        request = self._requests[0]
        assert self._media_type_sent() == "multipart/form-data"
        head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
        found: list[tuple[str, bytes]] = []
        for part in BytesParser(policy=HTTP).parsebytes(head + request.content).iter_parts():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found.append((str(part.get_param("name", header="content-disposition")), content))
        wanted = [(name, content.encode() if isinstance(content, str) else content) for name, content in parts]
        assert sorted(found) == sorted(wanted)

    def read_back(self, result: Any) -> None:
        """Compare what a method returned with the answer: a model as JSON, a file by its bytes, a text as it is."""
        if isinstance(result, str) and not self._media_type.endswith("json"):
            assert result.encode() == self._content
        elif hasattr(result, "bytes"):
            assert result.bytes() == self._content
        elif isinstance(result, bytes):
            assert result == self._content
        else:
            assert _told(plain(result)) == _told(json.loads(self._content))

    def _media_type_sent(self) -> str:
        return str(self._requests[0].headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def plain(value: Any) -> Any:
    """What a method returned, as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return plain(value.to_dict()) if hasattr(value, "to_dict") else value


def _told(value: Any) -> Any:
    """JSON without fields that are null: a model tells them by None, as it does those that are absent."""
    if isinstance(value, list):
        return [_told(item) for item in value]
    return {name: _told(item) for name, item in value.items() if item is not None} if isinstance(value, dict) else value


def picture(width: int, height: int) -> bytes:
    """A black PNG.

    Args:
        width: In pixels.
        height: In pixels.
    """

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + bytes(width)) * height)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def in_base64(content: bytes) -> str:
    """Bytes as a JSON string has them."""
    return base64.b64encode(content).decode()


def basic(name: str, password: str) -> str:
    """The value of an Authorization header that shows a name and a password."""
    return "Basic " + in_base64(f"{name}:{password}".encode())
