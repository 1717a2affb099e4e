"""What a server may do with a request, good and bad."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .connection import Connection
    from .scripted_server import Act

IMAGES: Final = json.dumps(
    {"created": 1763700000, "data": [{"url": "https://pictures.example/1.png"}], "metadata": {}}
).encode()
"""What PowerTokens answers."""

MODELS: Final = json.dumps({"object": "list", "type": "image", "data": []}).encode()
"""What Venice answers to those who ask for its models."""

PNG: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAQAAAAEAAQAAAAB0CZXLAAAAH0lEQVR4nO3BAQ0AAADCoPdPbQ43oAAAAAAA"
    "AAAAvg0hAAAB8Wch7gAAAABJRU5ErkJggg=="
)
"""A picture, 256 by 256 pixels."""

_JSON: Final = "application/json"
_HTML: Final = b"<!doctype html><title>Bad gateway</title><h1>nginx</h1>"
_REASON: Final = b"Whatever"


def answered(status: int, body: bytes = b"{}", media_type: str = _JSON, *, made: bool = False, **headers: str) -> Act:
    """Read the request and answer it, the connection staying open.

    Args:
        status: The HTTP status.
        body: The body.
        media_type: Its media type; "" for none.
        made: Whether the work was done that costs money.
        headers: More headers, `_` for `-`.
    """
    lines = {"Content-Length": str(len(body)), "Content-Type": media_type}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}

    def act(connection: Connection) -> None:
        connection.read_request()
        if made:
            connection.make_image()
        connection.send(_head(status, lines) + body)

    return act


def done(body: bytes = IMAGES) -> Act:
    """What the client hopes for."""
    return answered(200, body, made=True)


def page(status: int, *, made: bool = True) -> Act:
    """Answer with a page for people, as gateways do."""
    return answered(status, _HTML, "text/html", made=made)


def closed_after(act: Act, *, by_reset: bool = False) -> Act:
    """Close the connection after an act, without having said so."""

    def both(connection: Connection) -> None:
        act(connection)
        (connection.reset if by_reset else connection.close)()

    return both


def reset_before(connection: Connection) -> None:
    """Reset the connection though a request is coming in."""
    connection.reset()


def reset_during(connection: Connection) -> None:
    """Reset the connection when some of a request is read."""
    connection.read(1 << 17)
    connection.reset()


def closed_during(connection: Connection) -> None:
    """Close the connection properly when some of a request is read."""
    connection.read(1 << 17)
    connection.finish()


def stuck(connection: Connection) -> None:
    """Read some of a request and no more of it."""
    connection.read(1 << 10)
    connection.stop_reading()


def reset_after(connection: Connection) -> None:
    """Do the work, and reset the connection."""
    _work(connection)
    connection.reset()


def closed_afterwards(connection: Connection) -> None:
    """Do the work, and close the connection properly."""
    _work(connection)
    connection.close()


def silent(connection: Connection) -> None:
    """Do the work, and say nothing."""
    _work(connection)
    connection.wait_for_end()


def sent(data: bytes) -> Act:
    """Do the work, answer with bytes as they are, and close the connection."""

    def act(connection: Connection) -> None:
        _work(connection)
        connection.send(data)
        connection.finish()

    return act


def dripping(start: bytes, drop: bytes, *, made: bool = True) -> Act:
    """Do the work, and answer with bytes as they are, of which the last come for ever, a few at a time."""

    def act(connection: Connection) -> None:
        connection.read_request()
        if made:
            connection.make_image()
        connection.send(start)
        connection.drip(drop)
        connection.close()

    return act


def sipped(connection: Connection) -> None:
    """Read the request very slowly."""
    connection.sip()


def sent_elsewhere(connection: Connection) -> None:
    """Redirect to another host; it is the same server by another name, so that it sees who follows."""
    answered(307, Location=f"http://localhost:{connection.port}/elsewhere")(connection)


def refused_early(*, by_reset: bool = False) -> Act:
    """Answer 413 when some of a request is read; then take the rest, as good servers do, or none of it."""
    body = json.dumps({"error": {"message": "too large", "type": "", "param": "", "code": "body_too_large"}}).encode()

    def act(connection: Connection) -> None:
        connection.read(1 << 17)
        connection.send(_head(413, {"Content-Type": _JSON, "Content-Length": str(len(body))}) + body)
        (connection.reset if by_reset else connection.finish)()

    return act


def not_tls(connection: Connection) -> None:
    """Answer to a greeting in TLS as servers do that speak HTTP alone."""
    connection.read(1)
    connection.send(_head(400, {"Content-Length": "0", "Connection": "close"}))
    connection.finish()


def reset_greeting(connection: Connection) -> None:
    """Reset the connection in the middle of the greeting."""
    connection.read(1)
    connection.reset()


def unanswered_greeting(connection: Connection) -> None:
    """Let the greeting stand without an answer."""
    connection.wait_for_end()


def head(status: int, **headers: str) -> bytes:
    """The beginning of an answer, as far as the empty line; `_` for `-` in names of headers."""
    return _head(status, {name.replace("_", "-"): value for name, value in headers.items()})


def _work(connection: Connection) -> None:
    connection.read_request()
    connection.make_image()


def _head(status: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers.items() if value)]
    return "\r\n".join([*lines, "", ""]).encode()
