"""However a gateway drips, each request ends in its time, and so does what a link leads to."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING

import pytest

from generator.conformance import gateway as gateway_module
from generator.conformance.deadline import within
from generator.conformance.gateway import Gateway
from generator.conformance.sending import Request

from .hostile import Behave, Peer, hostile

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.conformance.exchange import Answer
    from generator.spec import Contract

GET = Request("GET", "/images/1")
POST = Request("POST", "/images", media_type="application/json", body={"model": "big", "prompt": "cat"})
TIME = 0.25
LATE = 4.0
"""A time that no answer takes that ends in its own, in seconds, however busy the machine is."""
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"transfer-encoding: chunked\r\n\r\n"
DRIPS: dict[str, Behave] = {
    "nothing": lambda peer: peer.drip(b"", b""),
    "the status line": lambda peer: peer.drip(b"HTTP/1.1 200 ", b"O"),
    "a header": lambda peer: peer.drip(OK + b"x-long: ", b"a"),
    "headers": lambda peer: peer.drip(OK, b"x: y\r\n"),
    "100 Continue": lambda peer: peer.drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "102 Processing": lambda peer: peer.drip(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "a flood of 102": lambda peer: peer.drip(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 500, 0.0001),
    "a chunk's size": lambda peer: peer.drip(CHUNKED, b"0"),
    "a chunk's extension": lambda peer: peer.drip(CHUNKED + b"1;", b"x"),
    "chunks": lambda peer: peer.drip(CHUNKED, b"1\r\na\r\n"),
    "trailers": lambda peer: peer.drip(CHUNKED + b"0\r\n", b"x: y\r\n"),
    "a body": lambda peer: peer.drip(OK + b"content-length: 100000\r\n\r\n", b"a"),
    "a body without length": lambda peer: peer.drip(OK + b"connection: close\r\n\r\n", b"a"),
}


@pytest.fixture
def at(tiny: Contract, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Gateway]:
    """Speak to the gateway at a URL."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(gateway_module, "_FETCH", TIME)
    return lambda url: Gateway(tiny, url, "key")


def _sent(gateway: Gateway, contract: Contract, request: Request = GET, timeout: float = TIME) -> Answer:
    """What is answered, in good time."""
    operation = next(each for each in contract.operations if each.method == request.method)
    start = time.monotonic()
    _, answer = gateway.send(operation, request, timeout)
    assert time.monotonic() - start < LATE
    return answer


@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS)
def test_what_drips_ends(at: Callable[[str], Gateway], tiny: Contract, drip: Behave) -> None:
    with hostile(drip) as url, at(url) as gateway:
        answer = _sent(gateway, tiny)
    assert (answer.status, answer.why) == (0, f"no answer within {TIME:g} seconds")


@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS)
def test_what_a_link_leads_to_ends(at: Callable[[str], Gateway], drip: Behave) -> None:
    with hostile(drip) as url, at(url) as gateway:
        start = time.monotonic()
        assert gateway._fetched(f"{url}/image", 10**6) is None
        assert time.monotonic() - start < LATE


def test_redirects_have_one_time_together(at: Callable[[str], Gateway]) -> None:
    asked: list[str] = []

    def on(peer: Peer) -> None:
        asked.append(peer.path)
        peer.over.wait(TIME * 0.6)
        peer.write(b"HTTP/1.1 302 Found\r\nlocation: /%d\r\ncontent-length: 0\r\n\r\n" % len(asked))

    with hostile(on) as url, at(url) as gateway:
        assert gateway._fetched(f"{url}/image", 10**6) is None
    assert 1 <= len(asked) <= 2


def test_a_redirect_is_followed_and_its_body_left(at: Callable[[str], Gateway]) -> None:
    def on(peer: Peer) -> None:
        if peer.path == "/image":
            peer.drip(b"HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 1000000\r\n\r\n", b"a")
        peer.write(OK + b"content-length: 4\r\n\r\ndone")

    with hostile(on) as url, at(url) as gateway:
        found = gateway._fetched(f"{url}/image", 10**6)
    assert found is not None
    assert found.data == b"done"


def test_a_connection_that_is_kept_has_a_new_time_each_time(at: Callable[[str], Gateway], tiny: Contract) -> None:
    peers: list[int] = []

    def on(peer: Peer) -> None:
        peers.append(id(peer._socket))
        if len(peers) == 3:
            peer.drip(OK, b"x: y\r\n")
        peer.over.wait(TIME * 0.6)
        peer.write(OK + b"content-length: 2\r\n\r\n{}")

    with hostile(on) as url, at(url) as gateway:
        answers = [_sent(gateway, tiny) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 0]
    assert len(set(peers)) == 1


def test_a_gateway_that_reads_slowly(at: Callable[[str], Gateway], tiny: Contract) -> None:
    """It takes a little of a request now and then: each write has its time, and all of them together."""
    over = threading.Event()
    large = Request("POST", "/images", media_type="application/json", body={"prompt": "a" * 30_000_000})
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def sip() -> None:
            connection, _ = listener.accept()
            with connection:
                while not over.wait(0.02):
                    connection.recv(2048)

        thread = threading.Thread(target=sip)
        thread.start()
        with at(f"http://127.0.0.1:{listener.getsockname()[1]}") as gateway:
            answer = _sent(gateway, tiny, large)
        over.set()
        thread.join()
    assert answer.why == f"no answer within {TIME:g} seconds"


@pytest.mark.parametrize("drip", ["a header", "100 Continue", "a chunk's size", "a body"])
def test_what_drips_within_tls_ends(
    at: Callable[[str], Gateway], tiny: Contract, drip: str, trusted: ssl.SSLContext
) -> None:
    with hostile(DRIPS[drip], trusted) as url, at(url) as gateway:
        answer = _sent(gateway, tiny)
    assert answer.why == f"no answer within {TIME:g} seconds"


def test_a_handshake_that_never_ends(at: Callable[[str], Gateway], tiny: Contract) -> None:

    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                # The header of a record of 16,000 bytes, then its bytes one by one.
                connection.sendall(b"\x16\x03\x03\x3e\x80\x02\x00\x3e\x7c")
                try:
                    while not over.wait(0.02):
                        connection.sendall(b"\x03")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        with at(f"https://127.0.0.1:{listener.getsockname()[1]}") as gateway:
            answer = _sent(gateway, tiny)
        over.set()
        thread.join()
    assert answer.why == f"no connection within {TIME:g} seconds"


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch, tiny: Contract) -> Callable[[str, str], Gateway]:
    """Speak to a gateway through the proxy that the environment names."""

    def through(proxy: str, url: str) -> Gateway:
        for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy)
        return Gateway(tiny, url, "key")

    return through


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("drip", ["the status line", "headers", "102 Processing"])
def test_a_proxy_that_drips(proxied: Callable[[str, str], Gateway], tiny: Contract, scheme: str, drip: str) -> None:
    with hostile(DRIPS[drip]) as url, proxied(url, f"{scheme}://gateway.example") as gateway:
        answer = _sent(gateway, tiny)
    assert answer.why == f"no answer within {TIME:g} seconds"


def test_a_proxy_that_lets_nobody_through(proxied: Callable[[str, str], Gateway], tiny: Contract) -> None:
    def no(peer: Peer) -> None:
        peer.write(b"HTTP/1.1 407 Who are you?\r\ncontent-length: 0\r\n\r\n")

    with hostile(no) as url, proxied(url, "https://gateway.example") as gateway:
        answer = _sent(gateway, tiny, POST)
    assert answer.why.startswith("no connection: the proxy")


@pytest.mark.parametrize("drip", ["a header", "a body", "a record"])
def test_tls_through_a_proxy_that_speaks_tls(
    proxied: Callable[[str, str], Gateway], tiny: Contract, trusted: ssl.SSLContext, drip: str
) -> None:
    """TLS within TLS, whose pieces no socket's time-out limits together."""

    def tunnel(peer: Peer) -> None:
        assert peer.head.startswith(b"CONNECT")
        peer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        _tls_over(peer, trusted, drip)

    with hostile(tunnel, trusted) as url, proxied(url, "https://127.0.0.1:1") as gateway:
        answer = _sent(gateway, tiny)
    assert answer.status == 0
    assert answer.why == f"no answer within {TIME:g} seconds"


def _tls_over(peer: Peer, context: ssl.SSLContext, drip: str) -> None:
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    within_it = context.wrap_bio(incoming, outgoing, server_side=True)

    def flush() -> None:
        peer.write(outgoing.read())

    while True:
        try:
            within_it.do_handshake()
            break
        except ssl.SSLWantReadError:
            flush()
            incoming.write(peer._socket.recv(65536))
    flush()
    if drip == "a record":
        within_it.write(OK + b"x: " + b"a" * 10_000)
        for byte in outgoing.read():
            peer.write(bytes([byte]))
            if peer.over.wait(0.02):
                return
    within_it.write(OK + (b"x: " if drip == "a header" else b"content-length: 100000\r\n\r\n"))
    while not peer.over.wait(0.02):
        within_it.write(b"a")
        flush()


def test_time_is_not_lent_to_what_comes_after() -> None:
    with within(0.001) as first, within(100) as second:
        assert second == first
    with within(100) as third:
        assert third > first


def test_what_is_cut_ends_at_once(at: Callable[[str], Gateway], tiny: Contract) -> None:
    came = threading.Event()

    def on(peer: Peer) -> None:
        came.set()
        peer.over.wait(20)

    def cut() -> None:
        came.wait(20)
        gateway.cut()

    with hostile(on) as url, at(url) as gateway:
        thread = threading.Thread(target=cut)
        thread.start()
        answer = _sent(gateway, tiny, timeout=20)
        thread.join()
        assert answer.why == "the connection was closed before an answer was complete"
        assert _sent(gateway, tiny, timeout=20).status == 0
