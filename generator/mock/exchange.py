"""One request on its way through the mock."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from attrs import field, mutable

from generator.mock.bodies import MAX_BODY
from generator.mock.errors import RefusalError
from generator.mock.journal import Entry

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

    from generator.mock.bodies import Body
    from generator.mock.journal import Mask
    from generator.spec.model import Json


class CallerGoneError(ConnectionError):
    """The caller hung up before the request was complete."""


@mutable
class Exchange:
    """One request, and what becomes known of it on its way.

    Attributes:
        id: The request id.
        time: When it came in.
        method: The HTTP method.
        path: The path, decoded, without the query.
        query: The query as sent.
        path_parameters: What the path's template captured.
        headers: The headers, names in lower case; of a repeated one the last.
        base_url: Where the mock was reached.
        operation: The operationId, once known.
        media_type: The body's media type, once known; "" without a body.
        body: The decoded body, once known.
        upstream: The request to the model provider, once known.
    """

    id: str
    time: datetime
    method: str
    path: str
    query: str
    path_parameters: dict[str, str]
    headers: dict[str, str] = field(repr=False)
    base_url: str
    _receive: Receive = field(repr=False)
    operation: str = ""
    media_type: str = ""
    body: Body | None = field(default=None, repr=False)
    upstream: Json = field(default=None, repr=False)

    @classmethod
    def of(cls, scope: Scope, receive: Receive) -> Exchange:
        """The exchange that an ASGI server starts."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host, port = scope.get("server") or ("localhost", None)
        address = headers.get("host") or (f"{host}:{port}" if port else host)
        return cls(
            id=uuid.uuid4().hex,
            time=datetime.now(UTC),
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            path_parameters=dict(scope.get("path_params", {})),
            headers=headers,
            base_url=f"{scope['scheme']}://{address}",
            receive=receive,
        )

    async def read_body(self) -> bytes:
        """The body, as sent.

        Raises:
            RefusalError: Status 413, for more than `MAX_BODY` bytes.
            CallerGoneError: The caller hung up.
        """
        stated = self.headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > MAX_BODY:
            raise _too_large()
        chunks: list[bytes] = []
        size = 0
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise CallerGoneError
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > MAX_BODY:
                raise _too_large()
            chunks.append(chunk)
            if not message.get("more_body", False):
                return b"".join(chunks)

    def entry(self, mask: Mask, status: int, verdict: tuple[str, ...]) -> Entry:
        """What the journal keeps of it."""
        return Entry(
            id=self.id,
            time=self.time.isoformat(timespec="milliseconds"),
            operation=self.operation,
            method=self.method,
            path=f"{self.path}?{self.query}" if self.query else self.path,
            headers=mask.headers(self.headers),
            media_type=self.media_type,
            body=self.body.described if self.body else None,
            verdict=verdict,
            status=status,
            upstream=self.upstream,
        )


def _too_large() -> RefusalError:
    return RefusalError(413, f"The request body is larger than {MAX_BODY} bytes; send a smaller image.")
