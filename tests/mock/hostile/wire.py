"""Sends bytes to the mock and reads what comes back, however rude the sender."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final, Self

import httptools
from attrs import field, mutable

if TYPE_CHECKING:
    from tests.mock.hostile.attack import Attack
    from tests.mock.served import ServedMock

PATIENCE: Final = 60
"""Seconds after which a request that got no answer counts as hung, on a machine that does other things too."""

_FINAL: Final = 200
"""The least status of an answer; "100 Continue" comes before one."""


@mutable
class Answer:
    """One HTTP answer.

    Attributes:
        status: Its status; 0 where the connection ended without one.
        headers: Its headers, names in lower case.
        body: Its body.
        complete: Whether it came whole.
    """

    status: int = 0
    headers: dict[str, str] = field(factory=dict)
    body: bytes = field(default=b"", repr=lambda body: repr(body[:500]))
    complete: bool = False

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Connection:
    """One connection to the mock."""

    def __init__(self, mock: ServedMock) -> None:
        self._mock = mock

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._mock.host, self._mock.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except ConnectionError:
            # The mock may be the first to hang up on a rude sender.
            return

    async def exchange(self, attack: Attack) -> Answer:
        """Send an attack's bytes, and read the answer.

        Raises:
            TimeoutError: Neither an answer nor an end comes.
        """
        sending = asyncio.create_task(self.send(attack.sent, hang_up=attack.hangs_up))
        try:
            return await self.read()
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def send(self, content: bytes, *, hang_up: bool = False) -> None:
        """Send bytes; the mock may stop reading them."""
        try:
            self._writer.write(content)
            await self._writer.drain()
            if hang_up:
                self._writer.write_eof()
        except ConnectionError:
            return

    async def read(self) -> Answer:
        """Read one answer; an end of the connection is one too.

        Raises:
            TimeoutError: Neither comes.
        """
        collector = _Collector()
        try:
            async with asyncio.timeout(PATIENCE):
                while not collector.answer.complete and (data := await self._reader.read(65_536)):
                    collector.parser.feed_data(data)
        except ConnectionError:
            return collector.answer
        return collector.answer


class _Collector:
    """What the parser calls back."""

    def __init__(self) -> None:
        self.answer = Answer()
        self.parser = httptools.HttpResponseParser(self)

    def on_headers_complete(self) -> None:
        self.answer.status = self.parser.get_status_code()

    def on_header(self, name: bytes, value: bytes) -> None:
        self.answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self.answer.body += body

    def on_message_complete(self) -> None:
        if self.answer.status >= _FINAL:
            self.answer.complete = True
        else:
            self.answer = Answer()
