"""The steps of a transfer over httpx: send a request, take its answer piece by piece, close it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

import httpx
from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from .deadline import Deadline
    from .evidence import Evidence
    from .steps import Plan

AnyHttp: TypeAlias = httpx.Client | httpx.AsyncClient


@define
class Send:
    """Send a request; what comes of it is the response, its body not yet read.

    Attributes:
        client: What to send it with: an httpx.Client to do it, an httpx.AsyncClient to await it.
        request: The request.
        deadline: When it must have come back.
        auth: What signs the request in besides; by default what the httpx client has for that, None for nothing.
        evidence: Is told whether the request was sent.
    """

    client: AnyHttp
    request: httpx.Request
    deadline: Deadline
    auth: Any = httpx.USE_CLIENT_DEFAULT
    evidence: Evidence | None = None

    def do(self) -> httpx.Response:
        """Send it, blocking."""
        client = cast("httpx.Client", self.client)
        with self.deadline.blocking(self.request):
            if self.evidence is not None:
                self.evidence.begin(self.request)
            return client.send(self.request, stream=True, follow_redirects=False, auth=self.auth)

    async def ado(self) -> httpx.Response:
        """Send it, awaiting the response."""
        client = cast("httpx.AsyncClient", self.client)
        with self.deadline.awaiting(self.request):
            if self.evidence is not None:
                self.evidence.begin(self.request, awaited=True)
            return await client.send(self.request, stream=True, follow_redirects=False, auth=self.auth)


class Pieces:
    """Take the next piece of an answer's body, decoded; None comes at its end. One object serves all pieces.

    Args:
        response: The response.
        deadline: When the whole body must be there.
    """

    __slots__ = ("_async", "_deadline", "_response", "_sync")

    def __init__(self, response: httpx.Response, deadline: Deadline) -> None:
        self._response, self._deadline = response, deadline
        self._sync: Iterator[bytes] | None = None
        self._async: AsyncIterator[bytes] | None = None

    def do(self) -> bytes | None:
        """Take it, blocking."""
        if self._sync is None:
            self._sync = self._response.iter_bytes()
        with self._deadline.blocking():
            return next(self._sync, None)

    async def ado(self) -> bytes | None:
        """Take it, awaiting it."""
        if self._async is None:
            self._async = self._response.aiter_bytes()
        with self._deadline.awaiting():
            return await anext(self._async, None)


@define
class ReadWhole:
    """Read all of an answer's body; what comes of it is the body, in bytes.

    Attributes:
        response: The response.
        deadline: When the whole body must be there.
    """

    response: httpx.Response = field(repr=False)
    deadline: Deadline

    def do(self) -> bytes:
        """Read it, blocking."""
        with self.deadline.blocking():
            return self.response.read()

    async def ado(self) -> bytes:
        """Read it, awaiting it."""
        with self.deadline.awaiting():
            return await self.response.aread()


@define
class Close:
    """Close a response, read or not.

    Attributes:
        response: The response.
    """

    response: httpx.Response = field(repr=False)

    def do(self) -> None:
        """Close it, blocking."""
        self.response.close()

    async def ado(self) -> None:
        """Close it, awaiting it."""
        await self.response.aclose()


def closing(response: httpx.Response) -> Plan[None]:
    """Close a response; also where Ctrl-C comes as that is about to begin.

    Args:
        response: The response.
    """
    try:
        yield Close(response)
    except BaseException:
        if not response.is_closed:
            yield Close(response)
        raise
