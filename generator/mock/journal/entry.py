"""One request as the journal keeps it."""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, fields

from generator.mock.journal.raw_entry import whole
from generator.mock.json_text import encoded

if TYPE_CHECKING:
    from generator.mock.journal.raw_entry import Columns
    from generator.mock.storage.belongings import Belongings
    from generator.spec.model import Json


@define(kw_only=True)
class Entry:
    """One request, how it was judged, what a gateway would have made of it, and what went out.

    Times are ISO 8601 in UTC, of the real clock, with microseconds; "" where it didn't come to that.

    Attributes:
        seq: Its number in the journal; 0 until it is recorded.
        id: The request id, as in the answer's X-Request-Id.
        api: The API's name; "" where none was meant.
        operation: The operationId; "" where none was meant.
        method: The HTTP method.
        path: The path, with the query, as sent.
        url: The same with scheme and host.
        http_version: e.g. "1.1".
        headers: The headers, names in lower case, secrets masked.
        media_type: The body's media type; "" without a body.
        body: The decoded body; a file as {filename, media_type, size, sha256, blob}, where blob is what it is called
            under ``/_mock/blobs/``; None where the body wasn't or couldn't be read.
        body_size: The body's size as sent, in bytes.
        verdict: The rules that it breaks, each as {rule, field, message, document}; none for a right request.
        refused_because: Why it was refused, where that is no matter of rules; "" otherwise.
        remarks: What is odd about a request that breaks no rule, each a field and words: fields that no document knows,
            files that are no images.
        model: The model that it names, or means by naming none; "" where no image was asked for rightly.
        upstream: The request that a gateway would have sent to the model provider; None if there is none.
        fault: The scripted fault that was performed; None for none.
        received: When its headers had arrived.
        body_read: When its body had arrived.
        first_byte: When the answer's first byte was handed to the server.
        finished: When the answer's last byte was handed to the server.
        answer: What went out, as {status, headers, media_type, size, body}; None if nothing did.
        images: The paths at which the images that it made are served.
        outcome: "answered", "cut", "reset", "caller gone" or "under way".

    An entry that is to be written may hold its answer's body as the JSON text that was sent, `raw_answer`, which needs
    no decoding and encoding then; an entry that was read holds it as a value. `belongings` is what is to be written
    with it.
    """

    seq: int = 0
    id: str
    api: str = ""
    operation: str = ""
    method: str
    path: str
    url: str = ""
    http_version: str = "1.1"
    headers: dict[str, str] = field(factory=dict, repr=False)
    media_type: str = ""
    body: Json = field(default=None, repr=False)
    body_size: int = 0
    verdict: list[dict[str, Json]] = field(factory=list)
    refused_because: str = ""
    remarks: list[str] = field(factory=list)
    model: str = ""
    upstream: Json = field(default=None, repr=False)
    fault: Json = None
    received: str = ""
    body_read: str = ""
    first_byte: str = ""
    finished: str = ""
    answer: dict[str, Json] | None = field(default=None, repr=False)
    images: list[str] = field(factory=list)
    outcome: str = "answered"
    _raw_answer: bytes = field(default=b"", repr=False, alias="raw_answer", eq=False)
    belongings: Belongings | None = field(default=None, repr=False, eq=False)

    @property
    def status(self) -> int:
        """The answer's HTTP status; 0 if there was none."""
        return int(self.answer["status"]) if self.answer else 0

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that it breaks."""
        return tuple(breach["rule"] for breach in self.verdict)

    def as_json(self) -> dict[str, Json]:
        """The entry as JSON has values."""
        return {name: getattr(self, name) for name in _NAMES} | {"status": self.status}

    def encoded(self) -> bytes:
        """The entry as a JSON text, without its number."""
        text = encoded(dict(zip(_ENCODED, _values(self), strict=True)))
        return b'%b,"%b":%b}' % (text[:-1], _RAW.encode(), self._raw_answer) if self._raw_answer else text

    @property
    def columns(self) -> Columns:
        """What the journal has columns for."""
        path = self.path.partition("?")[0]
        rules = f" {' '.join(self.rules)} " if self.verdict else ""
        return self.id, self.api, self.operation, path, self.status, self.outcome, rules

    @classmethod
    def decoded(cls, seq: int, columns: Columns, text: bytes | str) -> Entry:
        """The entry that was written.

        Args:
            seq: Its number.
            columns: What the journal's columns hold of it.
            text: What its `encoded` gave, or that of a `RawEntry`.
        """
        known: dict[str, Any] = json.loads(text)
        if _RAW in known:
            known["answer"]["body"] = known.pop(_RAW)
        return cls(seq=seq, **whole(known, columns))


_NAMES: Final = tuple(attribute.name for attribute in fields(Entry) if attribute.eq)  # what makes it what it is
_RAW: Final = "raw_answer"
_ENCODED: Final = tuple(name for name in _NAMES if name != "seq")
_values: Final = attrgetter(*_ENCODED)
