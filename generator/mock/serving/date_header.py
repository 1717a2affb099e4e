"""Puts the mock's time into its answers' Date, by which callers tell how long a link still holds."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Send

    from generator.mock.clock import Clock


class DateHeader:
    """The header Date by the mock's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made = (0, (b"date", b""))

    def added(self, send: Send) -> Send:
        """The same as an ASGI `send`, which adds the header to answers that have none."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                if not any(name == b"date" for name, _ in headers):
                    message = {**message, "headers": [*headers, self.now()]}
            await send(message)

        return dated

    def now(self) -> tuple[bytes, bytes]:
        """The header, name and value."""
        second = int(self._clock.time())
        if self._made[0] != second:
            self._made = second, (b"date", formatdate(second, usegmt=True).encode())
        return self._made[1]
