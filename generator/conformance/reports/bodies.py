"""Bodies as reports tell them: JSON as JSON, a form as its parts, an image by its size."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import re
from typing import TYPE_CHECKING, Final

from generator.conformance.json_text import read_json
from generator.conformance.reports.texts import cut, one_line
from generator.conformance.sending import as_json
from generator.spec.media_types import is_form, is_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.conformance.exchange import Answer, Exchange
    from generator.conformance.sending import Request
    from generator.spec import Json

LONGEST: Final = 4000
"""How many characters of a text are told; the longest that a rule of any gateway asks for are shorter."""

_DEEPEST: Final = 60
_SHORT: Final = 200
_BEGINNING: Final = 32
_DATA_URI: Final = re.compile(r"data:[^,]{0,100};base64,")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{200,}={0,2}")
_MAGIC: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


class TooDeepError(ValueError):
    """A value is nested too deep to be told as JSON."""


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
    except TooDeepError:
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
    if not answer.body:
        return None
    try:
        # Of a long body only the beginning is here: that is no JSON any more, and is told as text.
        return shortened(read_json(answer.body, parse_constant=_no_json))
    except ValueError:
        return bytes_in_words(answer.body, answer.media_type, max(answer.length, len(answer.body)))


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


def without_files(text: str) -> str:
    """A text in which the base64 data of images is cut short, and its length told."""
    return _BASE64.sub(lambda found: _short_text(found[0]), text)


def bytes_in_words(body: bytes, media_type: str, length: int) -> str:
    """A body that is no JSON: its text, cut short if need be, or what can be said of bytes that are none.

    Args:
        body: The body, or its beginning.
        media_type: What it is said to be.
        length: How many bytes the whole has.
    """
    if (kind := image_type(body)) or b"\x00" in body[:LONGEST]:
        return f"{kind or media_type or 'no media type'}, {length:,} bytes"
    text = body.decode("utf-8", "replace")
    if length <= len(body):
        return cut(text, LONGEST)
    return f"{text[:LONGEST]}… ({length:,} bytes)"


def image_type(data: bytes) -> str:
    """The media type of an image by its first bytes; "" for anything else."""
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")


def shortened(value: Json, depth: int = 0) -> Json:
    """A JSON value with long texts cut short, most of all base64 data, and their length told.

    Raises:
        TooDeepError: It is nested too deep.
    """
    if depth > _DEEPEST:
        raise TooDeepError("nested too deep")
    if isinstance(value, dict):
        return {str(name): shortened(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [shortened(item, depth + 1) for item in value]
    if isinstance(value, bytes):
        return f"a file of {len(value):,} bytes"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return _short_text(value) if isinstance(value, str) else value


def _short_text(text: str) -> str:
    if len(text) > _SHORT and _is_file(text):
        return cut(text, _BEGINNING + text.find(",", 0, _SHORT) + 1)
    return text if len(text) <= LONGEST else cut(text, _SHORT)


def _is_file(text: str) -> bool:
    """Whether a text is a file's data; a prompt of 800 times the same letter is base64 too, but no file."""
    if _DATA_URI.match(text):
        return True
    try:
        return bool(image_type(base64.b64decode(text[:_BEGINNING], validate=True)))
    except (binascii.Error, ValueError):
        return False


def _part(name: str, value: Json) -> Mapping[str, Json]:
    if isinstance(value, bytes):
        digest = hashlib.sha256(value).hexdigest()
        kind = image_type(value) or "application/octet-stream"
        return {"name": name, "media_type": kind, "bytes": len(value), "sha256": digest}
    try:
        return {"name": name, "value": shortened(value)}
    except TooDeepError:
        return {"name": name, "value": cut(as_json(value).decode("utf-8", "replace"), LONGEST)}


def _no_json(constant: str) -> Json:
    raise ValueError(f"{constant} is no JSON")
