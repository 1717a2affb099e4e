"""Links are fetched whole; what fails once is tried again, and what breaks off each time is cut off."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image

from generator.conformance import links as links_module
from generator.conformance.gateway import Gateway
from generator.conformance.links import MOST, Fetched, Links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract


def _png() -> bytes:
    target = BytesIO()
    Image.effect_noise((300, 300), 90).save(target, "PNG")
    return target.getvalue()


IMAGE = _png()
URL = "https://a.example/a.png"


class Storage:
    """A storage that answers so, one answer after the other; the last stays."""

    def __init__(self, *answers: Fetched | None) -> None:
        self._answers = answers
        self.asked = 0
        self.pauses: list[float] = []
        self.links = Links(self._once, self.pauses.append)

    def _once(self, url: str, most: int) -> Fetched | None:
        assert (url, most) == (URL, MOST)
        self.asked += 1
        return self._answers[min(self.asked, len(self._answers)) - 1]


def test_what_is_there_is_fetched_once() -> None:
    storage = Storage(Fetched(IMAGE))
    assert storage.links.fetch(URL) == Fetched(IMAGE)
    assert (storage.asked, storage.pauses) == (1, [])


@pytest.mark.parametrize("first", [None, Fetched(IMAGE[:1000], is_broken=True)])
def test_a_storage_may_need_a_moment(first: Fetched | None) -> None:
    storage = Storage(first, Fetched(IMAGE))
    assert storage.links.fetch(URL) == Fetched(IMAGE)
    assert (storage.asked, storage.pauses) == (2, [0.5])


def test_what_breaks_off_each_time_is_all_that_there_is() -> None:
    storage = Storage(Fetched(IMAGE[:1000], is_broken=True))
    found = storage.links.fetch(URL)
    assert found is not None
    assert (found.data, found.is_all, storage.asked) == (IMAGE[:1000], True, 3)


def test_too_little_to_tell_is_nothing() -> None:
    assert Storage(Fetched(b"<ht", is_broken=True)).links.fetch(URL) is None


def test_of_many_dead_links_only_the_first_are_tried_again() -> None:
    storage = Storage(None)
    assert [storage.links.fetch(URL) for _ in range(10)] == [None] * 10
    assert storage.asked == 3 * 3 + 7


@contextmanager
def _server(sent: bytes) -> Iterator[str]:
    """Sends the same bytes to everyone, and closes the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    connection.sendall(sent)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/a.png"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.parametrize(
    ("head", "is_broken"),
    [
        (f"content-length: {len(IMAGE)}\r\n", True),
        ("transfer-encoding: chunked\r\n", True),
        ("connection: close\r\n", False),
    ],
)
def test_a_connection_that_is_closed_early_cuts_the_image_off(
    tiny: Contract, monkeypatch: pytest.MonkeyPatch, head: str, *, is_broken: bool
) -> None:
    monkeypatch.setattr(links_module, "_PAUSES", (0.0,))
    cut = IMAGE[: len(IMAGE) // 2]
    body = b"%x\r\n%s\r\n" % (len(cut), cut) if "chunked" in head else cut
    with (
        _server(f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body) as url,
        Gateway(tiny, "https://a.example", None) as gateway,
    ):
        assert gateway.fetch(url) == Fetched(cut, is_broken=is_broken)


def test_an_image_of_any_length_is_fetched_up_to_a_bound(tiny: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links_module, "MOST", 1000)
    transport = httpx.MockTransport(
        lambda _: httpx.Response(200, content=(IMAGE[at : at + 600] for at in range(0, 9000, 600)))
    )
    with Gateway(tiny, "https://a.example", None, transport) as gateway:
        found = gateway.fetch(URL)
    assert found is not None
    assert not found.is_all
    assert 1000 <= len(found.data) < 2000
