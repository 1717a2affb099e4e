"""Requests as they go over the wire."""

from __future__ import annotations

import hashlib
import json
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from attrs import field, frozen

from generator.spec.boundary import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx

    from generator.spec import Json

_FORM = "multipart/form-data"
_LONGEST = 300


class Credentials(Enum):
    """What a request shows to the gateway."""

    GIVEN = "the token"
    NONE = "no credentials"
    WRONG = "a made-up token"
    LONGER = "the token with more after it"
    EMPTY = "a header without a token"
    OTHER_SCHEME = "the token under another scheme than Bearer"
    WALLET = "a wallet's proof"
    NO_PROOF = "a made-up proof"
    EMPTY_WALLET = "the proof of a new wallet, which holds nothing"


@frozen
class Request:
    """One request, as it is planned.

    Attributes:
        method: Upper case.
        path: The path, its parameters filled in.
        query: Query parameters, as text.
        headers: Header parameters, as text.
        media_type: The body's media type; "" without a body.
        body: The decoded body; files in it are bytes. Of another media type than a form it is sent as JSON.
        raw: The body as bytes, where it is no value of its media type; None to make it from ``body``.
        empty: Whether a body's media type is stated and no body sent.
        credentials: What it shows.
        scheme: The name of the security scheme by which a wallet signs in; "" for others.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(factory=dict)
    headers: Mapping[str, str] = field(factory=dict)
    media_type: str = ""
    body: Json = field(default=None, repr=False)
    raw: bytes | None = field(default=None, repr=False)
    empty: bool = False
    credentials: Credentials = Credentials.GIVEN
    scheme: str = ""

    @property
    def is_billable(self) -> bool:
        """Whether it may be billed if it is carried out."""
        return self.method not in {"GET", "HEAD", "OPTIONS"}

    def digest(self) -> bytes:
        """The same for requests that are the same, so that none is sent, and billed, twice."""
        head = [self.method, self.path, dict(self.query), dict(self.headers), self.media_type, self.empty]
        found = hashlib.sha256(json.dumps([*head, self.credentials.value, self.scheme]).encode())
        found.update(b"none" if self.raw is None else b"raw:" + self.raw)
        for chunk in _chunks(self.body):
            found.update(chunk)
        return found.digest()

    def build(self, client: httpx.Client, credentials: Mapping[str, str]) -> httpx.Request:
        """The request for httpx, which writes the form's boundary.

        Args:
            client: The client that will send it.
            credentials: The headers that carry the credentials.
        """
        headers = {**self.headers, **credentials}
        content: dict[str, Any] = {}
        if self.raw is not None:
            headers["Content-Type"] = self.media_type
            content["content"] = self.raw
        elif self.media_type == _FORM and not self.empty and self.body:
            content["files"] = list(_parts(self.body))
        elif self.media_type:
            headers["Content-Type"] = f"{_FORM}; boundary=empty" if self.media_type == _FORM else self.media_type
            content["content"] = (
                b"" if self.empty else b"--empty--\r\n" if self.media_type == _FORM else as_json(self.body)
            )
        return client.build_request(self.method, self.path, params=self.query or None, headers=headers, **content)

    def __str__(self) -> str:
        query = "?" + "&".join(f"{name}={value}" for name, value in self.query.items()) if self.query else ""
        shows = "" if self.credentials is Credentials.GIVEN else f", with {self.credentials.value}"
        shows += f" in {self.scheme}" if self.scheme else ""
        parts = (self.method, self.path + query, self.media_type, self._body_in_words())
        return " ".join(part for part in parts if part) + shows

    def _body_in_words(self) -> str:
        if not self.media_type:
            return ""
        if self.empty:
            return "no body"
        if self.raw is None:
            return shown(self.body, _LONGEST)
        text = self.raw.decode("utf-8", "backslashreplace")
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def as_json(value: Json) -> bytes:
    """A value as compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def as_text(value: Json) -> str:
    """A value as a form or a query has it."""
    return value if isinstance(value, str) else as_json(value).decode()


def in_path(value: Json) -> str:
    """A value as a segment of a path."""
    return quote(as_text(value), safe="")


def _parts(body: Mapping[str, Json]) -> Iterator[tuple[str, tuple[str | None, bytes, str | None]]]:
    for name, value in body.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, bytes):
                yield name, ("image.png", item, "image/png")
            elif isinstance(item, dict | list):
                yield name, (None, as_json(item), "application/json")
            else:
                yield name, (None, as_text(item).encode(), None)


def _chunks(value: Json) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield b"file of %d bytes:" % len(value)
        yield value
    elif isinstance(value, list):
        yield b"["
        for item in value:
            yield from _chunks(item)
            yield b","
        yield b"]"
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name.encode() + b":"
            yield from _chunks(item)
        yield b"}"
    else:
        yield as_json(value)
