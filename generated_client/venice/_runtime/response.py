"""An answer with all that came with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import field, frozen

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")


@frozen
class Response(Generic[T]):
    """An answer in detail.

    Attributes:
        status_code: The HTTP status; a plain number, since gateways use ones that no registry knows.
        content: The body, in bytes.
        headers: The headers.
        parsed: The body as its model; None where the operation's answer has no body.
    """

    status_code: int
    content: bytes = field(repr=False)
    headers: httpx.Headers = field(repr=False)
    parsed: T | None
