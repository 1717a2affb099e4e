"""Writes requests of the journal as a HAR file, which browsers and proxies open."""

from __future__ import annotations

import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

from harfile import Content, Creator, HarFile, PostData, PostParameter, Record, Request, Response, Timings

from generator.spec.media_types import is_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.mock.journal.entry import Entry
    from generator.spec.model import Json

_PHRASES: Final = {"reset": "connection reset", "cut": "cut off"}
_NO_ANSWER: Final[dict[str, Any]] = {"status": 0, "headers": {}, "media_type": "", "size": 0, "body": None}


def as_har(entries: Iterable[Entry]) -> str:
    """The HAR file's text. Secrets are masked in it, and files are told of by name, type and hash."""
    text = io.StringIO()
    with HarFile(text, creator=Creator("image-contract mock", "1")) as har:
        for entry in entries:
            har.add_entry(
                startedDateTime=entry.received,
                time=_milliseconds(entry.received, entry.finished),
                request=_request(entry),
                response=_response(entry),
                timings=_timings(entry),
                comment=entry.id,
            )
    return text.getvalue()


def _request(entry: Entry) -> Request:
    query = parse_qsl(urlsplit(entry.path).query, keep_blank_values=True)
    return Request(
        entry.method,
        entry.url,
        f"HTTP/{entry.http_version}",
        headers=_records(entry.headers),
        queryString=[Record(name, value) for name, value in query],
        postData=_posted(entry),
        bodySize=entry.body_size,
    )


def _posted(entry: Entry) -> PostData | None:
    if entry.body is None:
        return None
    if is_form(entry.media_type) and isinstance(entry.body, dict):
        return PostData(entry.media_type, params=list(_parameters(entry.body)))
    return PostData(entry.media_type, text=json.dumps(entry.body, ensure_ascii=False))


def _parameters(body: Mapping[str, Json]) -> Iterator[PostParameter]:
    for name, value in body.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and "sha256" in item:
                comment = f"{item['size']} bytes, sha256 {item['sha256']}"
                yield PostParameter(name, None, item["filename"], item["media_type"], comment)
            else:
                yield PostParameter(name, item if isinstance(item, str) else json.dumps(item, ensure_ascii=False))


def _response(entry: Entry) -> Response:
    answer = entry.answer or _NO_ANSWER
    body = answer["body"]
    text = None if body is None else body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return Response(
        status=answer["status"],
        statusText=_PHRASES.get(entry.outcome, entry.outcome if entry.answer is None else ""),
        httpVersion=f"HTTP/{entry.http_version}",
        headers=_records(answer["headers"]),
        content=Content(size=answer["size"], mimeType=answer["media_type"], text=text),
        redirectURL="",
        bodySize=answer["size"],
    )


def _timings(entry: Entry) -> Timings:
    body_read = entry.body_read or entry.received
    return Timings(
        send=_milliseconds(entry.received, body_read),
        wait=_milliseconds(body_read, entry.first_byte or entry.finished),
        receive=_milliseconds(entry.first_byte, entry.finished),
    )


def _milliseconds(start: str, end: str) -> float:
    if not start or not end:
        return 0
    return round((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() * 1000, 3)


def _records(headers: Mapping[str, str]) -> list[Record]:
    return [Record(name, value) for name, value in headers.items()]
