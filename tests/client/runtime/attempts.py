"""Attempts to send a body, as httpx makes them."""

from __future__ import annotations

import asyncio
import base64
import email
from contextlib import ExitStack
from typing import TYPE_CHECKING

import httpx
import pytest

from generator.client.runtime.body import MULTIPART

if TYPE_CHECKING:
    from email.message import Message

    from generator.client.runtime.body import Body

JSON = "application/json"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PIECES = bytes(range(251)) * 600
"""A file of 150,600 bytes, which are four pieces, none like another."""

every_kind = pytest.mark.parametrize("media_type", [JSON, MULTIPART])
each_way = pytest.mark.parametrize("style", ["sync", "async"])


def made(body: Body, style: str, stack: ExitStack) -> httpx.Request:
    """The request of an attempt, its body not yet read."""
    return httpx.Request("POST", "https://host", **body.for_httpx(stack, asynchronous=style == "async"))


def read(request: httpx.Request, style: str) -> bytes:
    """A request's body, whose length it must have announced."""
    content = request.read() if style == "sync" else asyncio.run(request.aread())
    assert int(request.headers["content-length"]) == len(content)
    assert "transfer-encoding" not in request.headers
    return content


def attempt(body: Body, style: str = "sync") -> bytes:
    """What goes over the wire in one attempt."""
    with ExitStack() as stack:
        return read(made(body, style, stack), style)


def parts(content_type: str, content: bytes) -> list[Message]:
    """The parts of a form as a server sees them."""
    message = email.message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + content)
    return [part for part in message.walk() if not part.is_multipart()]


def on_the_wire(content: bytes, media_type: str) -> bytes:
    """How a file stands in a body."""
    return content if media_type == MULTIPART else base64.b64encode(content)
