"""Kinds of requests that are broken as HTTP: lengths that lie, chunks that are none, floods of headers."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Final

from tests.mock.hostile.attack import GENERATIONS, JUDGED, REFUSED, Attack, head, posted

if TYPE_CHECKING:
    from random import Random

_BODY: Final = json.dumps({"model": "qwen-image-2.0-pro", "prompt": "p"}).encode()
_JSON: Final = {"Content-Type": "application/json"}
_PROTOCOL: Final = frozenset({400, 413, 431})
"""What is wrong before any operation is known; the answer has no documented shape."""


def lengths_that_lie(random: Random) -> Attack:
    """A Content-Length that is no number, another one, or there twice."""
    stated = random.choice(["-1", "abc", "1e3", "0x10", "", "+5", "5, 6", "9" * 40, " ", "\xb2"])
    more: dict[str, object] = random.choice([{}, {"content-length": len(_BODY)}, {"Transfer-Encoding": "chunked"}])
    sent = head("POST", GENERATIONS, {**_JSON, "Content-Length": stated, **more}) + _BODY
    return Attack(sent, _PROTOCOL | JUDGED, hangs_up=True, keeps=False)


def bodies_that_end_early(random: Random) -> Attack:
    """A sender that is gone before its body is complete."""
    sent = head("POST", GENERATIONS, {**_JSON, "Content-Length": len(_BODY) + random.choice([1, 100, 10**7])})
    return Attack(sent + _BODY[: random.randrange(len(_BODY))], _PROTOCOL, hangs_up=True, keeps=False)


def bodies_that_go_on(random: Random) -> Attack:
    """More than the stated length; what follows is no request."""
    length = random.randrange(len(_BODY))
    sent = head("POST", GENERATIONS, {**_JSON, "Content-Length": length}) + _BODY + random.randbytes(50)
    return Attack(sent, _PROTOCOL | JUDGED, hangs_up=True, keeps=False)


def broken_chunks(random: Random) -> Attack:
    """Chunked encoding with sizes, ends or trailers that can't be."""
    whole = b"%x\r\n%s\r\n" % (len(_BODY), _BODY)
    bodies = [
        b"zz\r\nabc\r\n0\r\n\r\n", b"-1\r\n\r\n", b"fffffffffffffffff\r\na", b"5\r\nabc\r\n0\r\n\r\n", whole + b"1",
        b"%x\n%s\n0\n\n" % (len(_BODY), _BODY), whole + b"0\r\n" + b"A: b\r\n" * 5000 + b"\r\n", b"\r\n\r\n",
        b"0\r\n\r\n",
        b"%x;%s\r\n%s\r\n0\r\n\r\n" % (len(_BODY), b"e=" + b"x" * 70_000, _BODY), whole + b"0\r\nbad trailer\r\n\r\n",
        b"".join(b"1\r\n%c\r\n" % byte for byte in _BODY) + b"0\r\n\r\n", b"00000000000000000000001\r\n{\r\n0\r\n\r\n",
        b"7fffffffffffffff\r\n" + _BODY, b"0x5\r\nhello\r\n0\r\n\r\n", whole + b"0\r\n\r\n" + whole,
    ]  # fmt: skip
    coding = random.choice(["chunked", "chunked", "chunked, chunked", "gzip, chunked", "identity", "xchunked"])
    sent = head("POST", GENERATIONS, {**_JSON, "Transfer-Encoding": coding}) + random.choice(bodies)
    return Attack(sent, _PROTOCOL | JUDGED, hangs_up=True, keeps=False)


def smuggled(random: Random) -> Attack:
    """A request inside the body of another, where length and chunks disagree."""
    inner = head("GET", "/api/v1/models", {}) + b""
    framing = random.choice(
        [
            {"Content-Length": 4, "Transfer-Encoding": "chunked"},
            {"Transfer-Encoding": "chunked", "Content-Length": 4},
            {"Content-Length": 0, "Transfer-Encoding": "\x0bchunked"},
            {"Transfer-Encoding ": "chunked", "Content-Length": 3},
        ]
    )
    sent = head("POST", GENERATIONS, {**_JSON, **framing}) + b"0\r\n\r\n" + inner
    return Attack(sent, _PROTOCOL | JUDGED, hangs_up=True, keeps=False)


def floods_of_headers(random: Random) -> Attack:
    """Very many headers, or very long ones."""
    floods: list[dict[str, str | int]] = [
        {f"X-{index}": "y" * 20 for index in range(random.choice([200, 5_000]))},
        {"X": "y" * random.choice([9_000, 70_000, 1_000_000])},
        {"X" * 70_000: "y"},
        {"Cookie": "a=b; " * 15_000},
        {"Accept": "*/*," * 10_000},
    ]
    sent = head("POST", GENERATIONS, {**_JSON, **random.choice(floods), "Content-Length": len(_BODY)}) + _BODY
    return Attack(sent, _PROTOCOL | JUDGED, hangs_up=True, keeps=False)


def broken_headers(random: Random) -> Attack:
    """Headers that are none."""
    lines = [
        b"no colon", b": empty", b"a b: c", b"X: \0", b"X: a\rb", b" folded: x", b"\xff\xfe: \xff", b"X: y\n", b"X:\ty",
        b"Host: other\r\nHost: third", b"Connection: close, keep-alive, upgrade", b"Expect: 100-continue", b"Expect: x",
        b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk", b"Content-Encoding: gzip",
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA",
    ]  # fmt: skip
    start, _, rest = head("POST", GENERATIONS, {**_JSON, "Content-Length": len(_BODY)}).partition(b"\r\n")
    sent = start + b"\r\n" + random.choice(lines) + b"\r\n" + rest + _BODY
    return Attack(sent, _PROTOCOL | JUDGED | {404, 405}, hangs_up=True, keeps=False)


def no_requests_at_all(random: Random) -> Attack:
    """Bytes that are no HTTP, or another version of it."""
    sent = random.choice(
        [
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + random.randbytes(200),
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET /\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: a\r\n",
            b"\0" * 5000,
            b"\r\n" * 5000,
            b"GET " + b"/" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
            b"POST  /v1/images/edits  HTTP/1.1\r\n\r\n",
            b"SSH-2.0-OpenSSH_9.0\r\n",
            random.randbytes(random.randint(1, 3000)),
        ]
    )
    return Attack(sent, _PROTOCOL | {200, 401, 404, 405}, hangs_up=True, keeps=False)


def packed_bodies(random: Random) -> Attack:
    """A body that is packed, and grows to very much; no document takes packed bodies."""
    packed = gzip.compress(b" " * random.choice([10_000, 30_000_000]) + _BODY)
    coding = random.choice(["gzip", "deflate", "br", "zstd", "gzip, gzip", "x"])
    framing = {**_JSON, "Content-Encoding": coding, "Content-Length": len(packed)}
    return Attack(head("POST", GENERATIONS, framing) + packed, REFUSED | {415}, GENERATIONS)


def half_requests_in_a_row(random: Random) -> Attack:
    """Several requests at once on one connection, the last without its end."""
    good = posted(GENERATIONS, _BODY).sent
    return Attack(good * random.randint(1, 4) + good[:-5], JUDGED, hangs_up=True, keeps=False)
