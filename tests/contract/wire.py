"""The bytes that a client sends, as they are read by those who had no hand in writing them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import httpx
from attrs import field, frozen
from python_multipart.multipart import MultipartParser, parse_options_header

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.spec import Json

JSON = "application/json"
MULTIPART = "multipart/form-data"

# python-multipart takes the last quote of a name that ends in a backslash (written as two) for an escaped one.
_OPTION: Final = re.compile(r'; (\w+)="((?:[^"\\]|\\.)*)"')
_ESCAPED: Final = re.compile(r"\\(.)")


class Wire:
    """Keeps what is sent, and gives every request the same answer. It takes the place of a server.

    Args:
        answer: Makes the answer.
    """

    def __init__(self, answer: Callable[[], httpx.Response]) -> None:
        self._answer = answer
        self.requests: list[httpx.Request] = []

    @property
    def transport(self) -> httpx.MockTransport:
        """The way to it, for clients of both kinds."""
        return httpx.MockTransport(self._keep)

    def _keep(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self._answer()

    def taken(self) -> httpx.Request:
        """The one request that was sent since the last time."""
        (request,) = self.requests
        self.requests.clear()
        return request


@frozen
class Part:
    """A part of a form.

    Attributes:
        name: The field's name.
        content: What is in it: bytes if it is a file, a text, or JSON in a list of one.
    """

    name: str
    content: bytes | str | list[Json]


def read_json(request: httpx.Request) -> Json:
    """What a request says in JSON.

    Raises:
        ValueError: It is no JSON, or says something twice.
    """
    return json.loads(request.content.decode(), object_pairs_hook=_once, parse_constant=_refuse)


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return dict(pairs)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


@frozen
class _Raw:
    headers: dict[str, str] = field(factory=dict)
    header: list[bytes] = field(factory=lambda: [b"", b""])
    content: bytearray = field(factory=bytearray)


def read_form(request: httpx.Request) -> list[Part]:
    """The parts of a form, in order."""
    _, options = parse_options_header(request.headers["content-type"])
    parts: list[_Raw] = []
    ended = []

    def add(place: int) -> Callable[[bytes, int, int], None]:
        def added(data: bytes, start: int, end: int) -> None:
            parts[-1].header[place] += data[start:end]

        return added

    def header_ended() -> None:
        name, value = (text.decode() for text in parts[-1].header)
        parts[-1].headers[name.lower()] = value
        parts[-1].header[:] = [b"", b""]

    def content(data: bytes, start: int, end: int) -> None:
        parts[-1].content.extend(data[start:end])

    callbacks: Any = {
        "on_part_begin": lambda: parts.append(_Raw()),
        "on_header_field": add(0),
        "on_header_value": add(1),
        "on_header_end": header_ended,
        "on_part_data": content,
        "on_end": lambda: ended.append(True),
    }
    parser = MultipartParser(options[b"boundary"], callbacks)
    parser.write(request.content)
    parser.finalize()
    assert ended, "the form has no end"
    return [_part(raw) for raw in parts]


def _part(raw: _Raw) -> Part:
    assert raw.headers.keys() <= {"content-disposition", "content-type"}
    options = {key: _ESCAPED.sub(r"\1", value) for key, value in _OPTION.findall(raw.headers["content-disposition"])}
    name, content = options["name"], bytes(raw.content)
    if "filename" in options:
        return Part(name, content)
    if raw.headers.get("content-type") == JSON:
        return Part(name, [json.loads(content)])
    assert "content-type" not in raw.headers
    return Part(name, content.decode())
