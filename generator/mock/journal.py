"""The journal: what came in, how it was judged, and what a gateway would have made of it."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, Final

from attrs import asdict, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.spec.model import Contract, Json

MAX_ENTRIES: Final = 1000
"""How many requests the journal keeps."""

MAX_BYTES: Final = 64_000_000
"""How much the journal keeps, in bytes of request bodies as it shows them."""

_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key"})
_SMALL = 4096  # bytes; a body of that size needs no measuring


@frozen
class Entry:
    """One request.

    Attributes:
        id: The request id, as in the answer's X-Request-Id.
        time: When it came in, ISO 8601, UTC.
        operation: The operationId; "" where none was meant.
        method: The HTTP method.
        path: The path, with the query.
        headers: The headers, secrets masked.
        media_type: The body's media type; "" without a body.
        body: The decoded body: a file as its name, media type, size and hash; None where it wasn't or couldn't be
            read.
        verdict: The ids of the rules that it breaks; none for a right request.
        status: The answer's HTTP status.
        upstream: The request that a gateway would have sent to the model provider; None if there is none.
    """

    id: str
    time: str
    operation: str
    method: str
    path: str
    headers: Mapping[str, str]
    media_type: str
    body: Json
    verdict: tuple[str, ...]
    status: int
    upstream: Json

    def as_json(self) -> dict[str, Json]:
        """The entry as JSON has values."""
        return asdict(self, recurse=False)


class Journal:
    """The last requests, newest last. What is kept is bounded, in number and in bytes."""

    def __init__(self, max_entries: int = MAX_ENTRIES, max_bytes: int = MAX_BYTES) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._kept: deque[tuple[Entry, int]] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def record(self, entry: Entry, body_size: int) -> None:
        """Add an entry; the oldest make room.

        Args:
            entry: The entry.
            body_size: The size of its body as sent, in bytes.
        """
        size = body_size if body_size <= _SMALL else len(json.dumps(entry.body))
        self._kept.append((entry, size))
        self._bytes += size
        while len(self._kept) > self._max_entries or (self._bytes > self._max_bytes and len(self._kept) > 1):
            self._bytes -= self._kept.popleft()[1]

    def entries(self) -> tuple[Entry, ...]:
        """The entries, newest last."""
        return tuple(entry for entry, _ in self._kept)

    def reset(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._bytes = 0


class Mask:
    """Masks the headers that carry secrets."""

    def __init__(self, contracts: Iterable[Contract]) -> None:
        schemes = [scheme for contract in contracts for scheme in contract.security_schemes.values()]
        self._secret = _SECRET_HEADERS | {scheme.header.lower() for scheme in schemes}

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers, the secret ones without their value: "Bearer ***", "***"."""
        return {name: _masked(value) if name in self._secret else value for name, value in headers.items()}


def _masked(value: str) -> str:
    return "Bearer ***" if value[:7].lower() == "bearer " else "***"
