"""Whatever stands in an answer, a run ends by itself with a report, and takes no more memory than it must."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.conformance import content_coding
from generator.conformance.content_coding import pieces, whole_body
from generator.conformance.deadline import within
from generator.conformance.gateway import Gateway
from generator.conformance.sending import Request

from .hostile import Peer, hostile
from .serving import served
from .test_endings import _at

if TYPE_CHECKING:
    from generator.conformance import Report
    from generator.spec import Contract

    from .conftest import Run

Gateways = Callable[..., Any]
Judge = Callable[..., "Report"]
MIB = 1024 * 1024
GET = Request("GET", "/images/1")
_JSON = {"content-type": "application/json"}


BODIES: dict[str, bytes] = {
    "deep": b"[" * 100_000,
    "deep beside what is asked for": b'{"data":[{"url":"x"}],"more":' + b"[" * 9000 + b"]" * 9000 + b"}",
    "a huge number": b'{"data":[{"url":1e999999}],"created":1e999999}',
    "a long integer": b'{"data":[],"created":' + b"9" * 5000 + b"}",
    "NaN": b'{"data":[{"url":NaN}],"created":-Infinity}',
    "half a surrogate pair": b'{"data":[{"url":"\\ud800"}],"\\udc00":"\\ud800"}',
    "a half in UTF-8": b'{"data":[{"url":"\xed\xa0\x80"}]}',
    "a name twice": b'{"data":1,"data":[{"url":"x","url":null}],"data":[]}',
    "no UTF-8": b'{"data":"\xff\xfe"}',
    "UTF-16": '{"data":[]}'.encode("utf-16"),
    "NUL": b'{"data":"\0"}\0',
    "many items": b'{"data":[' + b"{}," * 20_000 + b"{}]}",
    "many links": b'{"data":[' + b",".join(b'{"url":"http://127.0.0.1:9/%d"}' % n for n in range(5000)) + b"]}",
    "a list": b"[]",
    "nothing": b"",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("status", [200, 400])
def test_a_body_of_any_kind_is_judged(judge: Judge, status: int, body: bytes) -> None:
    report = judge(
        lambda _: httpx.Response(status, headers=_JSON, content=body), retries=0, max_billable=4, connections=1
    )
    assert "This program" not in report.ended
    assert report.verdicts
    assert report.exit_code != 0


@pytest.mark.parametrize("name", ["deep", "a huge number", "half a surrogate pair", "NaN"])
def test_it_is_told_in_every_report(ending: Run, gateway: Gateways, name: str) -> None:
    made = _at(gateway())

    def answer(request: httpx.Request) -> httpx.Response:
        right = made(request)
        is_made = right.is_success and request.method == "POST"
        return httpx.Response(200, headers=_JSON, content=BODIES[name]) if is_made else right

    with served(answer) as url:
        end = ending(url, "--operation", "makeImages", "--max-billable", "8")
    assert end.code in {1, 2}
    assert end.verdicts["makeImages/json/n/type"] == "conforms"


def test_what_is_nested_too_deep_to_be_read_is_not_judged(judge: Judge, gateway: Gateways) -> None:
    deep = BODIES["deep beside what is asked for"]
    made = gateway()

    def answer(request: httpx.Request) -> httpx.Response:
        right = made(request)
        return httpx.Response(200, headers=_JSON, content=deep) if request.method == "POST" and right else right

    report = judge(answer, operations={"makeImages"}, max_billable=3)
    assert not [finding for finding in report.findings if "/answer-200/" in finding.rule]
    assert "makeImages: the answer isn't read: nested too deep" in report.unjudged


def test_an_integer_of_any_length_is_an_integer(judge: Judge, gateway: Gateways) -> None:
    made = gateway()

    def answer(request: httpx.Request) -> httpx.Response:
        right: httpx.Response = made(request)
        if right.headers["content-type"] != "application/json":
            return right
        content = right.content[:-1] + b',"extra":' + b"9" * 5000 + b',"more":1e99999}'
        return httpx.Response(right.status_code, headers=_JSON, content=content)

    assert judge(answer).exit_code == 0


HEADS: dict[str, bytes] = {
    "thousands of headers": b"".join(b"x-%d: y\r\n" % n for n in range(5000)),
    "one of 90,000 bytes": b"x-long: " + b"a" * 90_000 + b"\r\n",
    "one of a million bytes": b"x-long: " + b"a" * 1_000_000 + b"\r\n",
    "bytes that are no UTF-8": b"x-name: \xff\xfe\xe9\r\ncontent-type: \xff/\xfe; charset=\xff\r\n",
    "a charset that is none": b"content-type: application/json; charset=no-such-one\r\n",
    "codings": b"content-encoding: gzip" + b", gzip" * 500 + b"\r\n",
    "no coding that is known": b"content-encoding: br, utf-8\r\n",
    "a coding that it isn't": b"content-encoding: gzip\r\n",
    "two lengths": b"content-length: 1\r\n",
    "a length of many digits": b"content-length: " + b"9" * 400 + b"\r\n",
    "cookies": b"".join(b"set-cookie: c%d=v; expires=Thu, 99 Foo 9999 99:99:99 GMT\r\n" % n for n in range(500)),
    "no header": b"what is this\r\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_headers_of_any_kind(ending: Run, head: bytes) -> None:
    def answer(peer: Peer) -> None:
        peer.write(b"HTTP/1.1 400 \xe9\xff\r\n" + head + b"content-length: 2\r\n\r\n{}")

    with hostile(answer) as url:
        end = ending(url, "--connections", "1")
    assert end.code in {0, 1, 2}
    assert "This program" not in end.report["ended"]


@pytest.mark.parametrize(
    "answer",
    [b"", b"\0" * 100, b"HTTP/1.1 999 No\r\n\r\n", b"<html>no</html>\r\n\r\n"],
    ids=["nothing", "NUL", "another status", "a page"],
)
def test_what_is_no_answer(ending: Run, answer: bytes) -> None:
    def write(peer: Peer) -> None:
        peer.write(answer)
        raise ConnectionError

    with hostile(write) as url:
        end = ending(url)
    assert end.code == 2
    assert end.report["findings"] == []


def _zeros(mebibytes: int) -> bytes:
    """A gzip file of so many mebibytes of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"0" * MIB) for _ in range(mebibytes)) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", _zeros(64)),
        ("gzip, gzip", gzip.compress(_zeros(512))),
        ("deflate", zlib.compress(b"0" * 64 * MIB)),
    ],
    ids=["gzip", "gzip in gzip", "deflate"],
)
def test_what_grows_when_it_is_unpacked_is_not_read_to_its_end(
    tiny: Contract, monkeypatch: pytest.MonkeyPatch, coding: str, bomb: bytes
) -> None:
    monkeypatch.setattr(content_coding, "MOST", 4 * MIB)
    monkeypatch.setenv("NO_PROXY", "*")
    head = f"HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\ncontent-length: {len(bomb)}\r\n\r\n".encode()
    with hostile(lambda peer: peer.write(head + bomb)) as url, Gateway(tiny, url, "key") as gateway:
        operation = next(each for each in tiny.operations if each.method == "GET")
        tracemalloc.start()
        try:
            _, answer = gateway.send(operation, GET, 20)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert answer.status == 200
    assert not answer.is_whole
    assert peak < 16 * MIB


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "deflate, gzip", "GZIP", "identity", "utf-8"])
def test_what_is_packed_is_unpacked(coding: str) -> None:
    text = b"a plain text " * 20_000
    content = {
        "gzip": gzip.compress(text),
        "GZIP": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw deflate": zlib.compress(text)[2:-4],
        "deflate, gzip": gzip.compress(zlib.compress(text)),
    }.get(coding, text)
    headers = {"content-encoding": coding.removeprefix("raw ")}
    response = httpx.Response(200, headers=headers, stream=_Stream(content))
    assert whole_body(response) == (text, True)


def test_what_is_unpacked_without_an_end_has_a_time() -> None:
    response = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=_Stream(_zeros(64)))
    with within(0.0), pytest.raises(httpx.ReadTimeout):
        list(pieces(response))


class _Stream(httpx.SyncByteStream):
    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Any:
        yield from (self._content[at : at + 999] for at in range(0, len(self._content), 999))


@pytest.mark.parametrize("is_image", [False, True])
def test_an_answer_that_is_too_long_is_told_as_such(
    ending: Run, gateway: Gateways, monkeypatch: pytest.MonkeyPatch, *, is_image: bool
) -> None:
    monkeypatch.setattr(content_coding, "MOST", MIB)
    made = _at(gateway())

    def answer(request: httpx.Request) -> httpx.Response:
        right = made(request)
        if not right.is_success or (request.method == "GET") != is_image:
            return right
        headers = {"content-type": right.headers["content-type"]}
        return httpx.Response(200, headers=headers, content=right.content + b" " * 2 * MIB)

    with served(answer) as url:
        end = ending(url, "--operation", "getImage" if is_image else "makeImages")
    assert end.code == 2
    assert end.report["findings"] == []
    assert any("the answer is longer than" in reason for reason in end.report["unjudged"])
