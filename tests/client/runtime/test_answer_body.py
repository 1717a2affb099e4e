"""Bodies of answers are read whole, in pieces, or not at all; what is too large is refused, what broke off is told."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime.answer_body import JsonError, read_bytes, read_file, read_json
from generator.client.runtime.deadline import Deadline
from generator.client.runtime.errors import AnswerUnreadable
from generator.client.runtime.steps import Plan, arun, run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

_NEVER = Deadline.after(None)
_LIMIT = 10_000_000


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces, and counts those that were taken."""

    def __init__(self, body: bytes, size: int = 65_536, failure: Exception | None = None) -> None:
        self._pieces = [body[at : at + size] for at in range(0, len(body), size)]
        self._failure = failure
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.taken += 1
            yield piece
        if self._failure is not None:
            raise self._failure

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def _answer(body: bytes | _Body, **headers: str) -> httpx.Response:
    stream = _Body(body) if isinstance(body, bytes) else body
    return httpx.Response(200, stream=stream, headers={name.replace("_", "-"): text for name, text in headers.items()})


def _blocking(plan: Callable[[], Plan[Any]]) -> Any:
    return run(plan())


def _awaited(plan: Callable[[], Plan[Any]]) -> Any:
    return asyncio.run(arun(plan()))


@pytest.fixture(params=[_blocking, _awaited], ids=["blocking", "awaited"])
def carry_out(request: pytest.FixtureRequest) -> Callable[[Callable[[], Plan[Any]]], Any]:
    """Runs a plan in either way."""
    way: Callable[[Callable[[], Plan[Any]]], Any] = request.param
    return way


_VALUE = {"data": [{"b64_json": base64.b64encode(b"\x00\xff" * 100_000).decode(), "url": None}, {"url": "https://a"}]}


@pytest.mark.parametrize("compressed", [False, True])
def test_json_is_read_in_pieces(carry_out: Callable[..., Any], *, compressed: bool) -> None:
    raw = json.dumps(_VALUE).encode()
    answer = _answer(gzip.compress(raw), content_encoding="gzip") if compressed else _answer(raw)
    assert carry_out(lambda: read_json(answer, _NEVER, limit=_LIMIT)) == _VALUE


def test_a_small_body_is_read_whole_and_stays(carry_out: Callable[..., Any]) -> None:
    answer = _answer(b'{"a": 1}', content_length="8")
    assert carry_out(lambda: read_json(answer, _NEVER, limit=_LIMIT)) == {"a": 1}
    assert answer.content == b'{"a": 1}'


def test_a_body_that_was_read_before_is_read_again() -> None:
    answer = httpx.Response(200, content=b"[]")
    assert run(read_json(answer, _NEVER, limit=_LIMIT)) == []
    assert run(read_json(answer, _NEVER, limit=_LIMIT)) == []


@pytest.mark.parametrize("length", [{"content_length": "14"}, {}])
def test_what_is_no_json_is_shown(length: dict[str, str]) -> None:
    with pytest.raises(JsonError) as caught:
        run(read_json(_answer(b"<html>no</html", **length), _NEVER, limit=_LIMIT))
    assert caught.value.body == b"<html>no</html"
    assert caught.value.__suppress_context__


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    body = _Body(b"[" * 500_000)
    with pytest.raises(AnswerUnreadable, match="larger than 100,000 bytes"):
        run(read_json(_answer(body, content_length="500000"), _NEVER, limit=100_000))
    assert body.taken == 0


@pytest.mark.parametrize("reader", [read_json, read_file])
def test_a_body_that_turns_out_too_large_is_not_read_on(reader: Any, carry_out: Callable[..., Any]) -> None:
    body = _Body(b'"' * 500_000)
    with pytest.raises(AnswerUnreadable, match="larger than 100,000 bytes"):
        carry_out(lambda: reader(_answer(body), _NEVER, limit=100_000))
    assert body.taken == 2


def test_what_is_compressed_is_measured_as_it_unfolds() -> None:
    bomb = gzip.compress(b" " * 1_000_000)
    with pytest.raises(AnswerUnreadable, match="larger than"):
        run(read_json(_answer(bomb, content_encoding="gzip", content_length=str(len(bomb))), _NEVER, limit=100_000))


@pytest.mark.parametrize("reader", [read_json, read_file, read_bytes])
def test_a_body_that_breaks_off(reader: Any, carry_out: Callable[..., Any]) -> None:
    body = _Body(b"[1, 2", failure=httpx.RemoteProtocolError("gone"))
    with pytest.raises(httpx.RemoteProtocolError, match="gone"):
        carry_out(lambda: reader(_answer(body), _NEVER, limit=_LIMIT))


@pytest.mark.parametrize("size", [0, 100, 3_000_000])
def test_a_file_is_read_from_its_beginning(size: int, carry_out: Callable[..., Any]) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    with carry_out(lambda: read_file(_answer(content), _NEVER, limit=_LIMIT)) as file:
        assert file.read() == content


def test_only_the_beginning_of_an_error_is_read(carry_out: Callable[..., Any]) -> None:
    body = _Body(b"0123456789" * 100, size=10)
    assert carry_out(lambda: read_bytes(_answer(body), _NEVER, limit=25)) == b"0123456789012345678901234"
    assert body.taken == 3
    assert carry_out(lambda: read_bytes(_answer(b"all"), _NEVER, limit=25)) == b"all"


def test_a_deadline_that_has_passed() -> None:
    with pytest.raises(httpx.ReadTimeout):
        run(read_json(_answer(b"[]"), Deadline.after(0), limit=_LIMIT))
