"""Writes JSON, quickly: each request has four texts written for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import orjson
from attrs import define, field
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json


def encoded(value: Json) -> bytes:
    """A value as a JSON text in UTF-8, without spaces but in a `JsonText`; the same for the same value."""
    try:
        return orjson.dumps(value, default=_as_fragment)
    except TypeError:
        # Numbers beyond 64 bits, halves of surrogate pairs: Python writes them too.
        return json.dumps(value, separators=(",", ":"), default=_as_value).encode()


def inner_text(value: str) -> bytes:
    """A text as it stands in JSON between quotation marks, in UTF-8."""
    return encoded(value)[1:-1]


@define
class JsonText:
    """A value that is a JSON text already, and stands as it is in the texts that it becomes a part of.

    Attributes:
        text: The text, in UTF-8.
    """

    text: bytes = field(repr=False)

    @property
    def value(self) -> Json:
        """What the text says."""
        return json.loads(self.text)


def _as_fragment(part: object) -> orjson.Fragment:
    if isinstance(part, JsonText):
        return orjson.Fragment(part.text)
    raise TypeError(f"{type(part).__name__} is no JSON.")


def _as_value(part: object) -> Json:
    if isinstance(part, JsonText):
        return part.value
    raise TypeError(f"{type(part).__name__} is no JSON.")


class JsonResponse(JSONResponse):
    """An answer that is JSON.

    Attributes:
        is_plain: Whether it had no headers but those of every answer, and the usual media type, when it was made.
    """

    def __init__(
        self,
        content: Json,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str = "application/json",
    ) -> None:
        self.is_plain = not headers and media_type == "application/json"
        if headers:
            super().__init__(content, status_code, headers, media_type)
            return
        # The same in half the time: there are no other headers to look at.
        self.status_code, self.media_type, self.background = status_code, media_type, None
        self.body = content.text if isinstance(content, JsonText) else encoded(content)
        self.raw_headers = [
            (b"content-length", b"%d" % len(self.body)),
            (b"content-type", media_type.encode("latin-1")),
        ]

    def render(self, content: Json) -> bytes:
        """The answer's body."""
        return encoded(content)
