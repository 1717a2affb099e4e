"""Images that are given as URLs: fetched on request alone, from public addresses alone, and no more than an image."""

from __future__ import annotations

import asyncio
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.mock.fetching import fetching
from generator.mock.fetching.fetching import Fetched, Fetcher
from generator.mock.storage.blobs import Blobs
from tests.mock.web import PUBLIC, URL, Web

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@pytest.fixture
def web(png: bytes) -> Web:
    return Web(png)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path)


def fetched(fetcher: Fetcher, *urls: str) -> Fetched:
    return asyncio.run(fetcher.fetch_all(urls))


def failure(fetcher: Fetcher, url: str) -> str:
    found = fetched(fetcher, url)
    assert not found.images
    return found.failures[url]


def test_the_connection_goes_to_the_address_that_was_checked(web: Web, blobs: Blobs, png: bytes) -> None:
    found = fetched(web.fetcher(blobs), URL + "?size=1")
    assert found.images == {URL + "?size=1": png}
    (request,) = web.asked
    assert str(request.url) == f"https://{PUBLIC}/a.png?size=1"
    assert request.headers["host"] == "images.example"
    assert request.extensions["sni_hostname"] == "images.example"
    assert request.headers["accept-encoding"] == "identity"
    assert not {"authorization", "cookie"} & set(request.headers)
    assert web.resolved == [("images.example", 443)]


def test_ports_and_addresses_of_version_6(web: Web, blobs: Blobs) -> None:
    web.names["six.example"] = ["2606:4700::1111"]
    assert fetched(web.fetcher(blobs), "http://six.example:8080/a.png").images
    assert str(web.asked[0].url) == "http://[2606:4700::1111]:8080/a.png"
    assert web.asked[0].headers["host"] == "six.example:8080"
    assert web.resolved == [("six.example", 8080)]


def test_an_address_at_which_nobody_answers_is_followed_by_the_next(web: Web, blobs: Blobs) -> None:
    web.names["images.example"] = ["2606:4700::1111", PUBLIC]
    web.dead = {"2606:4700::1111"}
    assert fetched(web.fetcher(blobs), URL).images
    web.dead.add(PUBLIC)
    assert "nobody answers" in failure(web.fetcher(blobs), URL)


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], []],
)
def test_a_name_that_leads_inside_is_refused(web: Web, blobs: Blobs, addresses: list[str]) -> None:
    web.names["images.example"] = addresses
    assert "public internet" in failure(web.fetcher(blobs), URL)
    assert web.asked == []


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("http://127.0.0.1/a.png", "public internet"),
        ("http://[::1]/a.png", "public internet"),
        ("http://[::ffff:127.0.0.1]/a.png", "public internet"),
        ("http://[fe80::1%25eth0]/a.png", ""),
        ("http://localhost/a.png", "public internet"),
        ("http://2130706433/a.png", "unusual spelling"),
        ("http://0x7f000001/a.png", "unusual spelling"),
        ("http://0177.0.0.1/a.png", ""),
        ("http://127.1/a.png", "unusual spelling"),
        ("http://127.0.0.1./a.png", "unusual spelling"),
        ("http://\uff11\uff12\uff17.0.0.1/a.png", ""),
        ("http://127。0。0。1/a.png", ""),
        ("http://me:word@images.example/a.png", "user name"),
        ("http://images.example@127.0.0.1/a.png", "user name"),
        ("http:///a.png", "host"),
        ("http://images.example:99999/a.png", ""),
        ("http://[bad/a.png", "can't be one"),
        ("http://images.exa\nmple/a.png", "URL"),
        ("ftp://images.example/a.png", "http"),
        ("https://", "host"),
    ],
)
def test_what_is_never_called(blobs: Blobs, url: str, part: str) -> None:
    called: list[httpx.Request] = []

    def call(request: httpx.Request) -> httpx.Response:
        called.append(request)
        return httpx.Response(200)

    # The system's own resolver: none of these names leaves this machine.
    assert part in failure(Fetcher(blobs, transport=httpx.MockTransport(call)), url)
    assert called == []


def test_redirects_are_followed_and_checked(web: Web, blobs: Blobs, png: bytes) -> None:
    web.redirect("/one", "/two")
    web.redirect("/two", "//images.example/a.png")
    assert fetched(web.fetcher(blobs), "https://images.example/one").images == {"https://images.example/one": png}
    assert len(web.resolved) == 3


@pytest.mark.parametrize(
    ("location", "part"),
    [
        ("http://inside.example/a.png", "public internet"),
        ("http://2130706433/a.png", "unusual spelling"),
        ("file:///etc/passwd", "http"),
        ("http://me@images.example/a.png", "user name"),
        ("http://[bad", "can't be one"),
        ("/away", "redirects more than"),
    ],
)
def test_redirects_that_lead_astray(web: Web, blobs: Blobs, location: str, part: str) -> None:
    web.redirect("/away", location)
    assert part in failure(web.fetcher(blobs), "https://images.example/away")
    assert all(request.url.host == PUBLIC for request in web.asked)


def test_what_is_no_image(web: Web, blobs: Blobs) -> None:
    web.pages["/a.png"] = httpx.Response(200, content=b"<html>", headers={"Content-Type": "image/png"})
    assert "no image" in failure(web.fetcher(blobs), URL)
    web.pages["/a.png"] = httpx.Response(404)
    assert "status 404" in failure(web.fetcher(blobs), URL)
    assert "can't be found" in failure(web.fetcher(blobs), "https://nowhere.example/a.png")


def test_compressed_content_is_not_unpacked(web: Web, blobs: Blobs, png: bytes) -> None:
    web.pages["/a.png"] = httpx.Response(200, content=png)
    web.pages["/a.png"].headers["Content-Encoding"] = "br"
    assert "compressed" in failure(web.fetcher(blobs), URL)


def test_no_more_is_read_than_an_image_takes(
    web: Web, blobs: Blobs, png: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", len(png))
    assert fetched(web.fetcher(blobs), URL).images
    monkeypatch.setattr(fetching, "MAX_BYTES", len(png) - 1)
    assert f"larger than {len(png) - 1} bytes" in failure(web.fetcher(blobs), URL)
    monkeypatch.setattr(fetching, "MAX_BYTES", len(png))
    monkeypatch.setattr(fetching, "MAX_BYTES_TOGETHER", 2 * len(png) - 1)
    found = fetched(web.fetcher(blobs), URL, URL + "?again")
    assert set(found.images) == {URL}
    assert "larger" in found.failures[URL + "?again"]


def test_what_doesnt_come_is_not_waited_for(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_host: str, _port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(fetching, "MAX_SECONDS", 0.01)
    assert "didn't come" in failure(Fetcher(blobs, resolve=never), URL)


def test_a_url_is_fetched_once_in_a_while(web: Web, blobs: Blobs, png: bytes) -> None:
    fetcher = web.fetcher(blobs)
    assert fetched(fetcher, URL, URL).images == fetched(fetcher, URL).images
    assert len(web.asked) == 1
    digest = blobs.keep(png)
    blobs.remove(digest)
    assert fetched(fetcher, URL).images == {URL: png}
    assert len(web.asked) == 2
    web.now = 301
    fetched(fetcher, URL)
    assert len(web.asked) == 3


class _Page(BaseHTTPRequestHandler):
    content = b""
    hosts: list[str]

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(png: bytes) -> Iterator[tuple[int, list[str]]]:
    """An HTTP server on this machine that has one picture: its port, and the names that it was called by."""
    hosts: list[str] = []
    page = type("Page", (_Page,), {"content": png, "hosts": hosts})
    with HTTPServer(("127.0.0.1", 0), page) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port, hosts
        server.shutdown()
        thread.join()


def test_over_a_socket(server: tuple[int, list[str]], blobs: Blobs, png: bytes) -> None:
    port, hosts = server

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    url = f"http://images.example:{port}/a.png"
    fetcher = Fetcher(blobs, resolve=resolve, allows=lambda address: address == "127.0.0.1")
    assert fetched(fetcher, url).images == {url: png}
    assert hosts == [f"images.example:{port}"]
    assert "public internet" in failure(Fetcher(blobs), f"http://127.0.0.1:{port}/a.png")
    assert len(hosts) == 1


def test_certificates_are_checked(blobs: Blobs) -> None:
    fetcher = Fetcher(blobs)
    client = fetcher._client()
    assert fetcher._tls is not None
    assert fetcher._tls.verify_mode is ssl.CERT_REQUIRED
    assert fetcher._tls.check_hostname
    asyncio.run(client.aclose())
