"""Requests and answers as the mutations see them: whole, decoded on demand."""

from __future__ import annotations

import json
from typing import Any

from attrs import evolve, frozen

from tests.conformance.mutants.forms import read_form, written_form

Headers = tuple[tuple[bytes, bytes], ...]


def header_of(headers: Headers, name: str) -> str | None:
    """A header's value; None if it isn't there."""
    wanted = name.lower().encode()
    return next((value.decode("latin-1") for key, value in headers if key.lower() == wanted), None)


def with_header(headers: Headers, name: str, value: str | None) -> Headers:
    """Headers with one of them set, or taken out with None."""
    kept = tuple((key, old) for key, old in headers if key.lower() != name.lower().encode())
    return kept if value is None else (*kept, (name.lower().encode(), value.encode("latin-1")))


@frozen
class Asked:
    """A request.

    Attributes:
        method: Upper case.
        path: The path.
        query: The query, as it stands in the URL.
        headers: The headers.
        body: The body.
    """

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes

    @property
    def content_type(self) -> str:
        """The content type, with its parameters."""
        return header_of(self.headers, "content-type") or ""

    @property
    def media_type(self) -> str:
        """The media type alone."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def is_form(self) -> bool:
        """Whether the body is a form."""
        return self.media_type == "multipart/form-data"

    def decoded(self) -> Any:
        """The body as a value; None if it can't be read."""
        if self.is_form:
            return read_form(self.body, self.content_type.encode())
        return json_of(self.body)

    def with_body(self, body: Any) -> Asked:
        """The request with another body, of the same media type."""
        if self.is_form:
            content_type, content = written_form(body)
        else:
            content_type, content = self.content_type, as_json(body)
        headers = with_header(with_header(self.headers, "content-type", content_type), "content-length", None)
        return evolve(self, body=content, headers=headers)


@frozen
class Given:
    """An answer.

    Attributes:
        status: The status code.
        headers: The headers.
        body: The body.
    """

    status: int
    headers: Headers
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type, without its parameters."""
        return (header_of(self.headers, "content-type") or "").partition(";")[0].strip().lower()

    def decoded(self) -> Any:
        """The body as JSON; None if it isn't."""
        return json_of(self.body)

    def with_body(self, body: bytes, content_type: str | None = None) -> Given:
        """The answer with another body."""
        headers = with_header(self.headers, "content-length", str(len(body)))
        return evolve(
            self, body=body, headers=with_header(headers, "content-type", content_type) if content_type else headers
        )


def as_json(value: Any) -> bytes:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def json_of(body: bytes) -> Any:
    """A body as JSON; None if it isn't."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
