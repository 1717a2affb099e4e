"""A hostile request: the very bytes that are sent, and what may come of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from tests.mock.served import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

GENERATIONS: Final = "/v1/images/generations"
EDITS: Final = "/v1/images/edits"
VENICE: Final = "/api/v1/image/edit"
MODELS: Final = "/api/v1/models"

JUDGED: Final = frozenset({200, 400})
"""A body that can be read: right or wrong by the rules."""

REFUSED: Final = frozenset({400})
"""A body that can't be read, or is wrong for sure."""


@frozen
class Attack:
    """A hostile request.

    Attributes:
        sent: All that is sent, as it goes over the wire.
        statuses: The answers that are right.
        path: The path of the operation that is meant; "" where the server can't know one. Errors have its shape.
        hangs_up: Whether the sender is gone when all is sent; then there may be no answer, and may be one.
        keeps: Whether the connection can be used again, for what was sent ends where it says.
    """

    sent: bytes = field(repr=lambda sent: f"{sent[:3000]!r} ({len(sent)} bytes)")
    statuses: frozenset[int]
    path: str = ""
    hangs_up: bool = False
    keeps: bool = True


def head(method: str, path: str, headers: Mapping[str, object]) -> bytes:
    """The head of a request, with the right key unless the headers have another Authorization."""
    lines = {"Host": "127.0.0.1", "Authorization": f"Bearer {KEY}", **headers}
    fields = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{fields}\r\n".encode("latin-1", errors="replace")


def posted(path: str, body: bytes, content_type: str = "application/json", statuses: frozenset[int] = JUDGED) -> Attack:
    """A body, properly framed.

    Args:
        path: The operation's path.
        body: The body.
        content_type: What it is said to be.
        statuses: The answers that are right.
    """
    framing = {"Content-Type": content_type, "Content-Length": len(body)}
    return Attack(head("POST", path, framing) + body, statuses, path)
