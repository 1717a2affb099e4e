"""Files on their way: never whole in memory, read from one open file by many, changed or gone meanwhile."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import threading
import tracemalloc
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime.body import MULTIPART, encode
from generator.client.runtime.errors import FileProblem
from generator.client.runtime.files import UploadFile

from .attempts import JSON, PIECES, PNG, attempt, each_way, every_kind, made, on_the_wire, parts, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.client.runtime.body import Body

_LARGE = 24_000_000  # bytes


@pytest.fixture(name="big")
def _big(tmp_path: Path) -> Path:
    """A file of 24 MB that takes no place."""
    path = tmp_path / "big.png"
    with path.open("wb") as file:
        file.write(PNG)
        file.truncate(_LARGE)
    return path


@every_kind
@each_way
def test_an_open_file_goes_from_its_place_each_time(form: type[Any], media_type: str, style: str) -> None:
    stream = io.BytesIO(b"skip" + PIECES)
    stream.seek(4)
    body = encode(form.unchecked(image=stream), media_type)
    for _ in range(2):
        content = attempt(body, style)
        assert stream.tell() == 4
        assert on_the_wire(PIECES, media_type) in content
        assert b"skip" not in content


@every_kind
@each_way
def test_an_open_file_given_twice_goes_twice(form: type[Any], media_type: str, style: str) -> None:
    stream = io.BytesIO(PIECES)
    body = encode(form.unchecked(image=[stream, ("again.png", stream)]), media_type)
    assert attempt(body, style).count(on_the_wire(PIECES, media_type)) == 2


@every_kind
def test_two_requests_read_one_open_file_at_once(form: type[Any], media_type: str) -> None:
    """Piece by piece in turn."""
    stream = io.BytesIO(b"skip" + PIECES)
    stream.seek(4)
    whole = on_the_wire(PIECES, media_type)
    body = encode(form.unchecked(image=stream), media_type)
    with ExitStack() as stack:
        one, other = (iter(made(body, "sync", stack).stream) for _ in range(2))  # type: ignore[arg-type]
        found = [[next(one) for _ in range(3)], []]
        later = encode(form.unchecked(image=stream), media_type)  # made while the file is moved about
        assert stream.tell() > 4
        for first, second in zip_longest(one, other, fillvalue=b""):
            found[0].append(first)
            found[1].append(second)
    assert [b"".join(pieces).count(whole) for pieces in found] == [1, 1]
    assert stream.tell() == 4
    assert whole in attempt(later)


def test_many_threads_send_one_open_file(form: type[Any]) -> None:
    stream = io.BytesIO(PIECES)
    found: list[int] = []

    def send() -> None:
        found.extend(attempt(encode(form(prompt="x", image=stream), MULTIPART)).count(PIECES) for _ in range(10))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 40


@every_kind
@each_way
def test_a_large_file_never_stands_in_memory(big: Path, prompt: type[Any], media_type: str, style: str) -> None:
    assert _peak(encode(prompt.unchecked(image=big), media_type), style) < 1_000_000


@each_way
def test_a_large_image_as_text_does_not_stand_in_memory_twice(prompt: type[Any], style: str) -> None:
    request = prompt.unchecked(image="A" * _LARGE)
    tracemalloc.start()
    try:
        encode(request, JSON)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert _peak(encode(request, JSON), style) < 1_000_000


def _peak(body: Body, style: str) -> int:
    """The most memory that an attempt takes, in bytes."""

    async def drain(stream: Any) -> int:
        sent = 0
        async for piece in stream:
            sent += len(piece)
        return sent

    with ExitStack() as stack:
        request = made(body, style, stack)
        tracemalloc.start()
        try:
            stream: Any = request.stream
            sent = sum(map(len, stream)) if style == "sync" else asyncio.run(drain(stream))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert sent == int(request.headers["content-length"]) > _LARGE - 1
    return peak


def test_paths_are_opened_for_the_attempt_and_closed_after_it(form: type[Any], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    body = encode(form(prompt="x", image=path), MULTIPART)
    with ExitStack() as stack:
        request = made(body, "sync", stack)
        path.unlink()
        assert PNG in request.read()
    with ExitStack() as stack, pytest.raises(FileProblem, match="there is no such file"):
        body.for_httpx(stack)


@every_kind
@pytest.mark.parametrize("length", [0, len(PIECES) - 1, len(PIECES) + 1])
def test_a_file_that_changes_between_attempts_is_told_before_anything_is_sent(
    form: type[Any], tmp_path: Path, media_type: str, length: int
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PIECES)
    body = encode(form.unchecked(image=path), media_type)
    attempt(body)
    path.write_bytes((PIECES * 2)[:length])
    with ExitStack() as stack, pytest.raises(FileProblem, match=f"had {len(PIECES)} bytes and now has {length}"):
        body.for_httpx(stack)


@every_kind
@each_way
@pytest.mark.parametrize("length", [100_000, len(PIECES) + 1])
def test_a_file_that_changes_while_it_is_sent_breaks_the_request_off(
    form: type[Any], tmp_path: Path, media_type: str, style: str, length: int
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PIECES)
    with ExitStack() as stack:
        request = made(encode(form.unchecked(image=path), media_type), style, stack)
        path.write_bytes((PIECES * 2)[:length])
        with pytest.raises(FileProblem, match=f"a.png: changed while .* now has {length}"):
            read(request, style)


def test_a_piece_that_comes_short_is_not_sent() -> None:
    """Also where the file is as large as before when it is looked at the next time."""
    content = bytearray(PIECES)
    file = UploadFile.of(content)
    with file.opened() as opened:
        pieces = file.pieces(opened)
        next(pieces)
        del content[60_000:]
        with pytest.raises(FileProblem, match="had 150600 bytes and now has 60000"):
            next(pieces)


@every_kind
def test_a_file_that_is_closed_meanwhile_is_told(form: type[Any], media_type: str) -> None:
    stream = io.BytesIO(PIECES)
    body = encode(form.unchecked(image=("a.png", stream)), media_type)
    with ExitStack() as stack:
        request = made(body, "sync", stack)
        stream.close()
        with pytest.raises(FileProblem, match=r"a.png: can't be read .*closed"):
            request.read()
    with ExitStack() as stack, pytest.raises(FileProblem, match="closed"):
        body.for_httpx(stack)


@every_kind
@each_way
def test_over_a_connection(form: type[Any], tmp_path: Path, media_type: str, style: str) -> None:
    """The length is announced, and is right: otherwise httpx would break the request off, or the server wait."""
    path = tmp_path / "a.png"
    path.write_bytes(PIECES)
    body = encode(form.unchecked(image=path), media_type)

    async def send(url: str, stack: ExitStack) -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.post(url, **body.for_httpx(stack, asynchronous=True))

    with _server() as url, ExitStack() as stack:
        if style == "sync":
            with httpx.Client(trust_env=False) as client:
                answer = client.post(url, **body.for_httpx(stack))
        else:
            answer = asyncio.run(send(url, stack))
    assert int(answer.headers["x-length"]) == len(answer.content)
    content_type = answer.headers["x-type"]
    if media_type == JSON:
        assert (content_type, json.loads(answer.content)) == (JSON, {"image": base64.b64encode(PIECES).decode()})
    else:
        assert [part.get_payload(decode=True) for part in parts(content_type, answer.content)] == [PIECES]


class _Echo(BaseHTTPRequestHandler):
    """Answers with what it got."""

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Length", self.headers["Content-Length"])
        self.send_header("X-Type", self.headers["Content-Type"])
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
