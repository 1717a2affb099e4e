"""One request on its way through the mock."""

from __future__ import annotations

import asyncio
import time
from random import getrandbits
from typing import TYPE_CHECKING

from attrs import define, field

from generator.mock.judging.errors import RefusalError
from generator.mock.requests.bodies import MAX_BODY
from generator.mock.requests.head import head_of
from generator.mock.storage.belongings import Belongings

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope

    from generator.mock.accounts.payment import Charge
    from generator.mock.faults import Fault
    from generator.mock.json_text import JsonText
    from generator.mock.requests.bodies import Body
    from generator.mock.requests.body_room import BodyRoom, Pace, Place
    from generator.mock.requests.head import Head


class CallerGoneError(ConnectionError):
    """The caller hung up before the request was complete."""


@define
class Exchange:
    """One request, and what becomes known of it on its way.

    Attributes:
        id: The request id.
        received: When its headers had arrived, in seconds since 1970.
        method: The HTTP method.
        path: The path, decoded, without the query.
        target: The path and query as sent.
        query: The query as sent.
        http_version: e.g. "1.1".
        path_parameters: What the path's template captured.
        head: The headers.
        base_url: Where the mock was reached.
        receive: What is still to come of it, as ASGI has it.
        api: The API's name, once known.
        operation: The operationId, once known.
        media_type: The body's media type, once known; "" without a body.
        body: The decoded body, once known.
        body_size: What came of the body over the wire, in bytes.
        body_read: When the body had arrived, in seconds since 1970; 0 until then.
        upstream: The request to the model provider, once known.
        model: The model that it names or means, once known.
        remarks: What is odd about it, though it breaks no rule.
        images: The paths of the images that are made for it.
        belongings: What is to be kept with it.
        fault: The fault that it meets; None for none.
        charge: What was paid for it; None for nothing.
    """

    id: str
    received: float
    method: str
    path: str
    target: str
    query: str
    http_version: str
    path_parameters: dict[str, str]
    head: Head = field(repr=False)
    base_url: str
    receive: Receive = field(repr=False)
    api: str = ""
    operation: str = ""
    media_type: str = ""
    body: Body | None = field(default=None, repr=False)
    body_size: int = 0
    body_read: float = 0.0
    upstream: JsonText | None = field(default=None, repr=False)
    model: str = ""
    remarks: list[str] = field(factory=list)
    images: list[str] = field(factory=list)
    belongings: Belongings = field(factory=Belongings, repr=False)
    fault: Fault | None = None
    charge: Charge | None = None
    _place: Place | None = field(default=None, repr=False)

    @classmethod
    def of(cls, scope: Scope, receive: Receive) -> Exchange:
        """The exchange that an ASGI server starts."""
        head = head_of(scope["headers"])
        host, port = scope.get("server") or ("localhost", None)
        address = head.headers.get("host") or (f"{host}:{port}" if port else host)
        path, query = scope["path"], scope["query_string"].decode("latin-1")
        raw = scope.get("raw_path")
        sent = raw.decode("latin-1") if raw else path
        return cls(
            id=f"{getrandbits(128):032x}",  # tells requests apart; it is no secret
            received=time.time(),
            method=scope["method"],
            path=path,
            target=f"{sent}?{query}" if query else sent,
            query=query,
            http_version=scope.get("http_version", "1.1"),
            path_parameters=scope.get("path_params") or {},
            head=head,
            base_url=f"{scope['scheme']}://{address}",
            receive=receive,
        )

    @property
    def headers(self) -> dict[str, str]:
        """The headers, names in lower case; the values of a repeated one joined by commas."""
        return self.head.headers

    @property
    def url(self) -> str:
        """What was called, without the query, which may hold secrets."""
        return self.base_url + self.path

    async def read_body(self, room: BodyRoom) -> bytes:
        """The body, as sent. A large one is read once there is room for it, which it holds until `let_go`.

        Args:
            room: For large bodies.

        Raises:
            RefusalError: Status 413, for more than `MAX_BODY` bytes; 408, where it hardly comes and holds room.
            CallerGoneError: The caller hung up.
        """
        stated = self.headers.get("content-length", "")
        expected = int(stated) if stated.isdecimal() else 0
        if expected > MAX_BODY:
            raise _too_large()
        if expected > room.free:
            self._place = await room.place(expected)
        chunks: list[bytes] = []
        more = True
        while more:
            if self.body_size > room.free and self._place is None:
                self._place = await room.place(MAX_BODY)  # nobody knows how much will come
            if self._place is None:
                more = self._taken(await self.receive(), chunks)
            else:
                more = await self._read_at(room.pace, chunks)
        if self._place is not None:
            self._place.shrink(self.body_size)
        self.body_read = time.time()
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def let_go(self) -> None:
        """Forget the body and what came of it, and give back the room that it held."""
        self.body = None
        self.belongings.let_go()
        if self._place is not None:
            self._place.shrink(0)

    def _taken(self, message: Message, chunks: list[bytes]) -> bool:
        """Take what has come of the body; returns whether there is more."""
        if message["type"] == "http.disconnect":
            raise CallerGoneError
        chunk = message.get("body", b"")
        self.body_size += len(chunk)
        if self.body_size > MAX_BODY:
            raise _too_large()
        chunks.append(chunk)
        return bool(message.get("more_body", False))

    async def _read_at(self, pace: Pace, chunks: list[bytes]) -> bool:
        """The same until enough has come for the sender to keep its place."""
        aim = self.body_size + pace.least
        try:
            async with asyncio.timeout(pace.patience):
                while self._taken(await self.receive(), chunks):
                    if self.body_size >= aim:
                        return True
        except TimeoutError:
            message = f"Less than {pace.least} bytes of the body came in {pace.patience:g} seconds; send it again."
            raise RefusalError(408, message, headers={"Connection": "close"}) from None
        return False


def _too_large() -> RefusalError:
    return RefusalError(413, f"The request body is larger than {MAX_BODY} bytes; send a smaller image.")
