"""A request as it is written where it was answered with JSON: put together from texts that are JSON already.

It is written with each request and read with few, so that what can be worked out when it is read isn't written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from generator.mock.journal.timestamps import timestamp
from generator.mock.json_text import encoded
from generator.mock.requests.bodies import LONGEST_TEXT_SHOWN

if TYPE_CHECKING:
    from generator.mock.exchange import Exchange
    from generator.mock.storage.belongings import Belongings
    from generator.spec.model import Json

_TIMES: Final = "times"
_WITH_TEXTS: Final = b'%b,"headers":%b,"body":%b,"upstream":%b,"answer":%b}'
_HEADERS: Final = ("content-length", "content-type", "x-request-id")
"""The headers of such an answer."""

JSON: Final = "application/json"

Columns = tuple[str, str, str, str, int, str, str]
"""What the journal has columns for: a request's id, API, operation, path, status, outcome and broken rules."""


@define
class RawEntry:
    """A request that met no fault and was answered as it deserves, with JSON.

    Attributes:
        columns: What the journal has columns for.
        body_size: The body's size as sent, in bytes.
        belongings: What is to be written with it.
        seq: Its number in the journal; 0 until it is recorded.
    """

    columns: Columns
    body_size: int
    belongings: Belongings | None
    _text: bytes = field(repr=False)
    seq: int = 0

    @classmethod
    def of(cls, exchange: Exchange, *, target: str, headers: bytes, status: int, answer: bytes, now: float) -> RawEntry:
        """The entry of a request that is answered now.

        Args:
            exchange: The request.
            target: Its path and query, secrets masked.
            headers: Its headers as a JSON text, secrets masked.
            status: The answer's status.
            answer: The answer's body, a JSON text.
            now: Seconds since 1970.
        """
        known = encoded(
            {
                "method": exchange.method,
                "path": target,
                "base_url": exchange.base_url,
                "http_version": exchange.http_version,
                "media_type": exchange.media_type,
                "body_size": exchange.body_size,
                "remarks": exchange.remarks,
                "model": exchange.model,
                _TIMES: (exchange.received, exchange.body_read, now),
                "size": len(answer),
                "images": exchange.images,
            }
        )
        upstream = exchange.upstream.text if exchange.upstream else b"null"
        # What is JSON already is put in here, in half the time that the encoder would take for it.
        text = _WITH_TEXTS % (known[:-1], headers, _body(exchange), upstream, answer)
        columns = exchange.id, exchange.api, exchange.operation, target.partition("?")[0], status, "answered", ""
        return cls(columns, exchange.body_size, exchange.belongings, text)

    def encoded(self) -> bytes:
        """The entry as a JSON text, without what the columns hold."""
        return self._text


def whole(known: dict[str, Json], columns: Columns) -> dict[str, Any]:
    """The fields of an entry by name, whether it was written whole or as a `RawEntry`.

    Args:
        known: What was written.
        columns: What the journal's columns hold.
    """
    request_id, api, operation, _, status, _, _ = columns
    if _TIMES not in known:
        return known
    received, body_read, now = (timestamp(seconds) for seconds in known.pop(_TIMES))
    body, size = known.pop("answer"), known.pop("size")
    headers = dict(zip(_HEADERS, (str(size), JSON, request_id), strict=True))
    answer = {"status": status, "headers": headers, "media_type": JSON, "size": size, "body": body}
    times = {"received": received, "body_read": body_read, "first_byte": now, "finished": now}
    url = known.pop("base_url") + known["path"]
    return {**known, **times, "id": request_id, "api": api, "operation": operation, "url": url, "answer": answer}


def _body(exchange: Exchange) -> bytes:
    """The body for the journal: the text that was sent, where no secret can hide in it behind a backslash."""
    body = exchange.body
    if body is None:
        return b"null"
    if body.text and body.size <= LONGEST_TEXT_SHOWN and b"\\" not in body.text:
        return body.text
    return encoded(body.described)
