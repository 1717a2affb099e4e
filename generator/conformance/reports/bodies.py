"""Bodies as reports tell them: JSON as JSON, a form as its parts, an image by its size."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from generator.conformance.json_text import read_json
from generator.conformance.reports.shortening import LONGEST, NoRoomError, image_type, shortened, without_files
from generator.conformance.reports.texts import cut, one_line
from generator.conformance.sending import as_json
from generator.spec.media_types import is_form, is_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.conformance.exchange import Answer, Exchange
    from generator.conformance.sending import Request
    from generator.spec import Json

_KEPT: Final = 500  # answers


def request_body(exchange: Exchange) -> Json:
    """What a request's body said: JSON, a list of a form's parts, text; None without a body."""
    request = exchange.request
    if request.empty or not request.media_type:
        return None
    if is_parts(request):
        return [_part(name, value) for name, value in parts(request)]
    if request.raw is not None or not is_json(request.media_type) or isinstance(request.body, bytes):
        body = exchange.sent.body if request.raw is None else request.raw
        return bytes_in_words(body, request.media_type, max(exchange.sent.length, len(body)))
    try:
        return shortened(request.body)
    except NoRoomError:
        return cut(as_json(request.body).decode("utf-8", "replace"), LONGEST)


def is_parts(request: Request) -> bool:
    """Whether a request's body is a form, sent as its parts."""
    is_whole = request.raw is None and not request.empty
    return is_whole and is_form(request.media_type) and isinstance(request.body, dict) and bool(request.body)


def parts(request: Request) -> Iterator[tuple[str, Json]]:
    """The parts of a request's form, in order, each with its name."""
    for name, value in request.body.items():
        for item in value if isinstance(value, list) else [value]:
            yield name, item


def answer_body(answer: Answer) -> Json:
    """What an answer's body said: JSON, else text, of an image and the like its size in words; None without a body."""
    return _told(answer.body, answer.media_type, max(answer.length, len(answer.body))) if answer.body else None


@lru_cache(_KEPT)  # each of several reports tells it
def _told(body: bytes, media_type: str, length: int) -> Json:
    try:
        # Of a long body only the beginning is here: that is no JSON any more, and is told as text.
        return shortened(read_json(body, exact=True))
    except ValueError:
        return bytes_in_words(body, media_type, length)


def answer_in_words(answer: Answer, longest: int) -> str:
    """An answer on one line: its status and the beginning of its body; why there is none where none came.

    Args:
        answer: The answer.
        longest: How much of the body to tell, in characters.
    """
    if not answer.status:
        return one_line(str(answer), longest)
    body = answer_body(answer)
    if body is None:
        return f"{answer}, without a body"
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return f"{answer}: {one_line(without_files(text), longest)}"


def bytes_in_words(body: bytes, media_type: str, length: int) -> str:
    """A body that is no JSON: its text, cut short if need be, or what can be said of bytes that are none.

    Args:
        body: The body, or its beginning.
        media_type: What it is said to be.
        length: How many bytes the whole has.
    """
    if (kind := image_type(body)) or b"\x00" in body[:LONGEST]:
        return f"{kind or media_type or 'no media type'}, {length:,} bytes"
    is_whole = length <= len(body)
    text = body.decode("utf-8", "replace")
    told = without_files(text, is_whole=is_whole)
    if is_whole:
        return told if len(told) <= LONGEST else f"{told[:LONGEST]}… ({len(text):,} characters)"
    return f"{told[:LONGEST]}… ({length:,} bytes)"


def _part(name: str, value: Json) -> Mapping[str, Json]:
    if isinstance(value, bytes):
        digest = hashlib.sha256(value).hexdigest()
        kind = image_type(value) or "application/octet-stream"
        return {"name": name, "media_type": kind, "bytes": len(value), "sha256": digest}
    try:
        return {"name": name, "value": shortened(value)}
    except NoRoomError:
        return {"name": name, "value": cut(as_json(value).decode("utf-8", "replace"), LONGEST)}
