"""Everything that was sent and came back, as a HAR file, which browsers and proxies open."""

from __future__ import annotations

import base64
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from harfile import Content, Creator, HarFile, PostData, PostParameter, Record, Request, Response, Timings

from generator.conformance.events import Exchanged
from generator.conformance.reports.bodies import is_parts, parts
from generator.conformance.reports.files import is_device, partial_of, put_in_place
from generator.conformance.reports.headers import told_headers
from generator.conformance.reports.shortening import image_type
from generator.conformance.reports.texts import brief
from generator.conformance.sending import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import TextIO

    from generator.conformance.events import Event
    from generator.conformance.exchange import Answer, Exchange
    from generator.spec import Json

_LONGEST: Final = 16_000  # bytes of a body
_END: Final = "\n        ]\n    }\n}\n"
_HTTP: Final = "HTTP/1.1"


class HarReport:
    """Writes each request as soon as it is answered.

    The file that grows has ``.partial`` at the end of its name and is a whole HAR file at every moment, so that a run
    that is killed leaves what it did; once the run is over it takes the name that was asked for. A symbolic link is
    followed. A device gets the whole file once the run is over.

    Attributes:
        path: Where to.
        is_written: Whether it has its name.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Args:
            path: Where to.

        Raises:
            OSError: It can't be opened.
        """
        self.path = path
        self.is_written = False
        self._target = path.resolve()
        self._is_device = is_device(path)
        self._partial = partial_of(path)
        self._file: TextIO = self._opened()
        self._har = HarFile(self._file, creator=Creator("image-contract conformance", "1"))
        self._is_empty = True

    def __call__(self, event: Event) -> None:
        """Take an event."""
        if not isinstance(event, Exchanged):
            return
        try:
            self._add(event)
        except OSError:
            with suppress(OSError):  # it is the same again
                self._file.close()
            raise

    def close(self) -> None:
        """Give the file its name."""
        if self._file.closed:
            return
        if self._is_empty:
            self._har.close()
        with self._file:
            if self._is_device:
                self._file.seek(0)
                with self.path.open("w", encoding="utf-8", newline="\n") as device:
                    shutil.copyfileobj(self._file, device)
        if not self._is_device:
            put_in_place(self._partial, self._target)
        self.is_written = True

    def _opened(self) -> TextIO:
        if self._is_device:
            return tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")
        return self._partial.open("w", encoding="utf-8", newline="\n")

    def _add(self, event: Exchanged) -> None:
        exchange = event.exchange
        answers = [*exchange.earlier, exchange.answer]
        started = exchange.started - sum(answer.seconds for answer in exchange.earlier)
        for number, answer in enumerate(answers, 1):
            tried = f"; try {number} of {len(answers)}, its time estimated" if number < len(answers) else ""
            about = ", ".join(case.id for case in event.cases) or exchange.operation
            self._har.add_entry(
                startedDateTime=datetime.fromtimestamp(started, UTC).isoformat(timespec="milliseconds"),
                time=_milliseconds(answer),
                request=_request(exchange),
                response=_response(answer),
                timings=Timings(send=0, wait=_milliseconds(answer), receive=0),
                comment=_fit(f"{brief(about)}{tried}"),
            )
            started += answer.seconds
        self._is_empty = False
        # What closes the file is written each time, and overwritten by the next request.
        after = self._file.tell()
        self._file.write(_END)
        self._file.flush()
        self._file.seek(after)


def _request(exchange: Exchange) -> Request:
    sent = exchange.sent
    query = parse_qsl(urlsplit(sent.url).query, keep_blank_values=True)
    return Request(
        sent.method,
        sent.url,
        _HTTP,
        headers=_records(sent.headers),
        queryString=[Record(name, value) for name, value in query],
        postData=_posted(exchange),
        bodySize=sent.length,
    )


def _posted(exchange: Exchange) -> PostData | None:
    request, sent = exchange.request, exchange.sent
    if not request.media_type:
        return None
    media_type = next((value for name, value in sent.headers.items() if name.lower() == "content-type"), "")
    if is_parts(request):
        return PostData(media_type, params=[_parameter(name, value) for name, value in parts(request)])
    text = sent.body[:_LONGEST].decode("utf-8", "replace")
    return PostData(media_type, text=text, comment=_cut(sent.body, sent.length))


def _parameter(name: str, value: Json) -> PostParameter:
    if isinstance(value, bytes):
        kind = image_type(value) or "application/octet-stream"
        return PostParameter(name, None, "image.png", kind, f"{len(value):,} bytes")
    return PostParameter(name, as_text(value))


def _response(answer: Answer) -> Response:
    shown = answer.body[:_LONGEST]
    is_text = b"\x00" not in shown and not image_type(shown)
    text = shown.decode("utf-8", "replace") if is_text else base64.b64encode(shown).decode()
    return Response(
        status=answer.status,
        statusText=_fit(brief(answer.why)),
        httpVersion=_HTTP,
        headers=_records(answer.headers),
        content=Content(
            size=answer.length,
            mimeType=_fit(brief(answer.headers.get("content-type", ""))),
            text=text if shown else None,
            encoding=None if is_text else "base64",
            comment=_cut(answer.body, answer.length),
        ),
        redirectURL=_fit(brief(answer.headers.get("location", ""))),
        bodySize=answer.length,
    )


def _cut(body: bytes, length: int) -> str | None:
    """What to say of a body of which not all stands in the file."""
    kept = min(len(body), _LONGEST)
    return f"cut to the first {kept:,} of {length:,} bytes" if length > kept else None


def _milliseconds(answer: Answer) -> float:
    return round(answer.seconds * 1000, 3)


def _records(headers: Mapping[str, str]) -> list[Record]:
    return [Record(_fit(name), _fit(value)) for name, value in told_headers(headers).items()]


def _fit(text: str) -> str:
    """A text without half a surrogate pair, of which strict readers of JSON make an error."""
    return text.encode("utf-8", "replace").decode()
