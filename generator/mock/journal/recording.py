"""Writes requests into the journal: what came in, how it was judged, what went out."""

from __future__ import annotations

import json
import sys
import time
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import field, frozen
from starlette.responses import JSONResponse

from generator.mock.journal.entry import Entry
from generator.mock.journal.raw_entry import RawEntry
from generator.mock.journal.request_line import line_of
from generator.mock.journal.timestamps import timestamp
from generator.mock.json_text import JsonResponse, encoded
from generator.mock.requests.bodies import LONGEST_TEXT_SHOWN, shortened
from generator.mock.requests.head import REMEMBERED
from generator.mock.storage.group_commit import GroupCommit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from starlette.responses import Response

    from generator.mock.exchange import Exchange
    from generator.mock.handle import MockControl
    from generator.mock.journal.journal import Journal
    from generator.mock.journal.masking import Mask
    from generator.mock.judging.errors import RefusalError
    from generator.mock.requests.head import Head
    from generator.mock.storage.blobs import Blobs
    from generator.spec.model import Contract, Json, Rule

_JSON = "application/json"


@frozen
class Recorder:
    """Writes requests into the journal.

    Attributes:
        journal: The journal.
        commits: Writes into it.
        blobs: Keeps the files that requests bring.
        mask: Hides secrets.
        rules: All rules of the APIs, by id.
        verbose: Whether each request is told in a line on standard error.
    """

    journal: Journal
    commits: GroupCommit
    blobs: Blobs
    mask: Mask
    rules: Mapping[str, Rule]
    verbose: bool = False
    _shown_headers: Callable[[Head], bytes] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Remember how headers are shown; masking them takes as long as judging a request."""
        shown = lru_cache(REMEMBERED)(lambda head: encoded(self.mask.headers(head.headers)))
        object.__setattr__(self, "_shown_headers", shown)

    @classmethod
    def of(cls, mock: MockControl, contracts: Iterable[Contract]) -> Recorder:
        """The recorder of these APIs' requests."""
        rules = {rule.id: rule for contract in contracts for rule in contract.rules}
        return cls(mock.journal, GroupCommit(mock.journal), mock.blobs, mock.mask, rules, mock.settings.verbose)

    async def record(
        self, exchange: Exchange, response: Response | None, refusal: RefusalError | None = None
    ) -> Entry | RawEntry:
        """Write a request with its answer, just before the answer's first byte is sent.

        Args:
            exchange: The request, which meets no fault.
            response: The answer; None where the caller is gone.
            refusal: Why it was refused; None where it wasn't.
        """
        self._keep_uploads(exchange)
        if isinstance(response, JsonResponse) and self._is_plain(exchange, response, refusal):
            raw = self._raw_entry(exchange, response)
            await self.commits.record(raw)
            return raw
        entry = self.entry(exchange, response, refusal)
        await self._write(entry, exchange)
        self.tell(entry)
        return entry

    async def record_under_way(
        self, exchange: Exchange, response: Response | None, refusal: RefusalError | None = None
    ) -> Entry:
        """Write a request whose answer takes its time, so that what becomes of it is still to be written.

        Args:
            exchange: The request.
            response: The answer; None where the caller is gone.
            refusal: Why it was refused; None where it wasn't.

        Returns:
            The entry, which can be changed and given to `Journal.update`.
        """
        self._keep_uploads(exchange)
        entry = self.entry(exchange, response, refusal)
        entry.outcome, entry.first_byte, entry.finished, entry.answer = "under way", "", "", None
        await self._write(entry, exchange)
        return entry

    async def _write(self, entry: Entry, exchange: Exchange) -> None:
        entry.belongings = exchange.belongings
        try:
            await self.commits.record(entry)
        finally:
            entry.belongings = None

    def tell(self, entry: Entry) -> None:
        """Tell of a request that has come to its end, where that is wanted."""
        if self.verbose:
            print(self.mask.text(line_of(entry)), file=sys.stderr, flush=True)  # noqa: T201  # what the command was asked to say

    def _is_plain(self, exchange: Exchange, response: JsonResponse, refusal: RefusalError | None) -> bool:
        """Whether a request can be written as a `RawEntry`, which takes a fraction of the time."""
        odd = refusal or exchange.fault or self.verbose
        return not odd and response.is_plain and len(response.body) <= LONGEST_TEXT_SHOWN

    def _raw_entry(self, exchange: Exchange, response: JsonResponse) -> RawEntry:
        return RawEntry.of(
            exchange,
            target=self.mask.text(exchange.target),
            headers=self._shown_headers(exchange.head),
            status=response.status_code,
            answer=bytes(response.body),
            now=time.time(),
        )

    def _keep_uploads(self, exchange: Exchange) -> None:
        """Keep the files that a request brings. The request itself is told of without them, where there is no room."""
        if exchange.body is None:
            return
        try:
            for upload in exchange.body.files.values():
                self.blobs.keep(upload.content, upload.sha256, exchange.belongings)
        except OSError as error:
            exchange.remarks.append(f"The files of this request can't be kept: {error.strerror}.")

    def entry(self, exchange: Exchange, response: Response | None, refusal: RefusalError | None) -> Entry:
        """The entry of a request that is answered now."""
        now = timestamp(time.time())
        target = self.mask.text(exchange.target)
        # What a fault has changed may be no JSON.
        raw = b"" if exchange.fault else _raw(response)
        return Entry(
            id=exchange.id,
            api=exchange.api,
            operation=exchange.operation,
            method=exchange.method,
            path=target,
            url=exchange.base_url + target,
            http_version=exchange.http_version,
            headers=self.mask.headers(exchange.headers),
            media_type=exchange.media_type,
            body=exchange.body.described if exchange.body else None,
            body_size=exchange.body_size,
            verdict=list(self._verdict(refusal)) if refusal else [],
            refused_because=refusal.message if refusal and not refusal.rules else "",
            remarks=exchange.remarks,
            model=exchange.model,
            upstream=exchange.upstream and exchange.upstream.value,
            fault=exchange.fault.as_json() if exchange.fault else None,
            received=timestamp(exchange.received),
            body_read=timestamp(exchange.body_read),
            first_byte=now if response else "",
            finished=now,
            answer=self.answer(response, raw) if response else None,
            raw_answer=raw,
            images=exchange.images,
            outcome="answered" if response else "caller gone",
        )

    def answer(self, response: Response, raw: bytes = b"") -> dict[str, Json]:
        """An answer as the journal shows it, without a body that is told raw."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in response.raw_headers}
        media_type = headers.get("content-type", "").partition(";")[0]
        content = bytes(response.body)
        return {
            "status": response.status_code,
            "headers": self.mask.headers(headers),
            "media_type": media_type,
            "size": len(content),
            "body": None if raw else _shown(content, media_type),
        }

    def _verdict(self, refusal: RefusalError) -> Iterator[dict[str, Json]]:
        """The broken rules of a refusal, each with its document."""
        if refusal.breaches:
            for breach in refusal.breaches:
                yield _told(breach.rule, breach.field, breach.message)
            return
        for rule in (self.rules[name] for name in refusal.rules):
            yield _told(rule, refusal.param or rule.field, refusal.message)


def _raw(response: Response | None) -> bytes:
    """An answer's JSON text, where it holds no image data that were to be shortened."""
    if isinstance(response, JSONResponse) and len(response.body) <= LONGEST_TEXT_SHOWN:
        return bytes(response.body)
    return b""


def _shown(content: bytes, media_type: str) -> Json:
    """An answer's body: JSON as a value, a text, and JSON that is none, as a text; None for what is neither."""
    if media_type == _JSON and content:
        try:
            return shortened(json.loads(content), len(content))
        except ValueError:
            return shortened(content.decode(errors="replace"), len(content))
    return shortened(content.decode(errors="replace"), len(content)) if media_type.startswith("text/") else None


def _told(rule: Rule, field: str, message: str) -> dict[str, Json]:
    return {"rule": rule.id, "field": field, "message": message, "document": str(rule.source)}
