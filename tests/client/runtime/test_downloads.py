"""Images are fetched from their links: patiently, without credentials, and nothing but images of a sane size."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
import threading
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import httpx
import pytest
from PIL import Image

from generator.client.runtime.deadline import Deadline
from generator.client.runtime.download_client import new_async_client, new_client
from generator.client.runtime.errors import DownloadFailed
from generator.client.runtime.limits import LARGEST
from generator.client.runtime.steps import Pause
from generator.client.runtime.tls import ssl_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

_LINK = "https://files.example/1?Signature=abc"
_Handler: TypeAlias = "Callable[[httpx.Request], httpx.Response]"


def _image(file_format: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, file_format)
    return stream.getvalue()


_PNG = _image("PNG")


class Fetch(Protocol):
    """Fetches an image's bytes, with a handler for the requests that it makes."""

    def __call__(self, url: str, handler: _Handler, **options: Any) -> bytes: ...


@pytest.fixture(params=["blocking", "awaited"])
def fetch(request: pytest.FixtureRequest, picture: type[Any]) -> Fetch:
    """Both ways of fetching."""

    def blocking(url: str, handler: _Handler, **options: Any) -> bytes:
        with httpx.Client(transport=httpx.MockTransport(handler)) as http:
            content: bytes = picture(url=url).bytes(http_client=http, **options)
            return content

    def awaited(url: str, handler: _Handler, **options: Any) -> bytes:
        async def run() -> bytes:
            async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
                content: bytes = await picture(url=url).abytes(http_client=http, **options)
                return content

        return asyncio.run(run())

    return blocking if request.param == "blocking" else awaited


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, none of which takes any time."""
    made: list[float] = []

    async def awaited(pause: Pause) -> None:
        made.append(pause.seconds)

    monkeypatch.setattr(Pause, "do", lambda pause: made.append(pause.seconds))
    monkeypatch.setattr(Pause, "ado", awaited)
    return made


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in pieces, which may break off, and which counts what was taken of it."""

    def __init__(self, *pieces: bytes, failure: Exception | None = None) -> None:
        self.pieces, self.failure = pieces, failure
        self.taken = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.taken += 1
            yield piece
        if self.failure is not None:
            raise self.failure

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def _script(*answers: httpx.Response | Exception) -> tuple[_Handler, list[httpx.Request]]:
    """A handler that gives these answers in turn, and the requests that it got."""
    left, got = list(answers), []

    def handle(request: httpx.Request) -> httpx.Response:
        got.append(request)
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return handle, got


def _good() -> httpx.Response:
    return httpx.Response(200, content=_PNG)


_TROUBLES: dict[str, Callable[[], httpx.Response | Exception]] = {
    "no connection": lambda: httpx.ConnectError("no route"),
    "no answer": lambda: httpx.ReadTimeout("slow"),
    "garbage": lambda: httpx.RemoteProtocolError("gone"),
    "half an image": lambda: httpx.Response(200, stream=Body(_PNG[:40], failure=httpx.ReadError("half"))),
    "408": lambda: httpx.Response(408),
    "500": lambda: httpx.Response(500),
    "502": lambda: httpx.Response(502, html="<html>"),
    "520": lambda: httpx.Response(520),
}


@pytest.mark.parametrize("trouble", _TROUBLES)
def test_what_passes_is_tried_again(fetch: Fetch, pauses: list[float], trouble: str) -> None:
    handler, got = _script(_TROUBLES[trouble](), _good())
    assert fetch(_LINK, handler) == _PNG
    assert len(got) == 2
    assert len(pauses) == 1


def test_it_waits_as_long_as_it_is_asked_to(fetch: Fetch, pauses: list[float]) -> None:
    handler, _ = _script(httpx.Response(429, headers={"Retry-After": "7"}), _good())
    assert fetch(_LINK, handler) == _PNG
    assert 7 <= pauses[0] < 8


def test_it_gives_up_in_the_end(fetch: Fetch, pauses: list[float]) -> None:
    handler, got = _script(*(httpx.Response(503) for _ in range(4)))
    with pytest.raises(DownloadFailed, match=r"answered 503. It is safe to try again") as caught:
        fetch(_LINK, handler)
    assert (len(got), len(pauses)) == (4, 3)
    assert (caught.value.status_code, caught.value.url) == (503, _LINK)
    assert caught.value.__context__ is None


def test_a_pause_past_the_deadline_is_not_made(fetch: Fetch, pauses: list[float]) -> None:
    handler, got = _script(httpx.Response(503, headers={"Retry-After": "100"}))
    with pytest.raises(DownloadFailed, match="503"):
        fetch(_LINK, handler, deadline=50)
    assert (len(got), pauses) == (1, [])


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_link_that_has_expired(fetch: Fetch, status: int) -> None:
    handler, got = _script(httpx.Response(status, text="expired"))
    with pytest.raises(DownloadFailed, match=f"answered {status}; links live for a limited time") as caught:
        fetch(_LINK, handler)
    assert len(got) == 1
    assert caught.value.status_code == status


@pytest.mark.parametrize("status", [204, 206, 304, 400])
def test_other_statuses_are_no_images(fetch: Fetch, status: int) -> None:
    with pytest.raises(DownloadFailed, match=f"its link answered {status}$"):
        fetch(_LINK, _script(httpx.Response(status))[0])


def test_redirects_are_followed(fetch: Fetch) -> None:
    handler, got = _script(
        httpx.Response(302, headers={"Location": "/2"}),
        httpx.Response(308, headers={"Location": "https://cdn.example/3"}),
        _good(),
    )
    assert fetch("http://files.example/1", handler) == _PNG
    assert [str(request.url) for request in got] == [
        "http://files.example/1",
        "http://files.example/2",
        "https://cdn.example/3",
    ]


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://files.example/", "from https to http"),
        ("file:///etc/passwd", "not on the web"),
        ("https://h:x/", "."),
    ],
)
def test_redirects_that_are_not_followed(fetch: Fetch, location: str, words: str) -> None:
    handler, got = _script(*(httpx.Response(302, headers={"Location": location}) for _ in range(4)))
    with pytest.raises(DownloadFailed, match=words):
        fetch(_LINK, handler)
    assert {request.url for request in got} == {httpx.URL(_LINK)}


def test_redirects_in_a_circle(fetch: Fetch) -> None:
    handler, got = _script(*(httpx.Response(302, headers={"Location": _LINK}) for _ in range(6)))
    with pytest.raises(DownloadFailed, match="more than 5 times"):
        fetch(_LINK, handler)
    assert len(got) == 6


def test_no_credential_goes_along(picture: type[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither those of a given httpx client, nor those of ~/.netrc, nor cookies that a link sets."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine files.example login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    handler, got = _script(
        httpx.Response(302, headers={"Location": "/2", "Set-Cookie": "session=secret"}), _good(), _good()
    )
    given = httpx.Client(
        transport=httpx.MockTransport(handler),
        auth=("me", "secret"),
        headers={"Authorization": "Bearer secret", "X-Api-Key": "secret", "Referer": "secret"},
        cookies={"key": "secret"},
        params={"key": "secret"},
    )
    with given:
        for _ in range(2):
            picture(url=_LINK).bytes(http_client=given)
    for request in got:
        assert set(request.headers) == {"host", "accept", "accept-encoding", "user-agent"}
        assert "secret" not in f"{request.headers} {request.url}"
    assert got[0].headers["accept-encoding"] == "identity"


_NO_IMAGES = {
    "a page": (b"<html>sorry</html>", "text/html", "text/html, 18 bytes, begins '<html>sorry</html>'"),
    "nothing": (b"", "image/png", "nothing at all"),
    "another type": (_image("JPEG"), "image/png", "what came is image/jpeg, and image/png was announced"),
    "zeroes": (bytes(64), "", r"64 bytes, begins b'\\x00"),
}


@pytest.mark.parametrize("name", _NO_IMAGES)
def test_what_is_no_image_is_told_and_taken_if_asked(fetch: Fetch, name: str) -> None:
    content, media_type, words = _NO_IMAGES[name]
    answers = [httpx.Response(200, content=content, headers={"Content-Type": media_type}) for _ in range(2)]
    handler, got = _script(*answers)
    with pytest.raises(DownloadFailed, match=words) as caught:
        fetch(_LINK, handler)
    assert len(got) == 1
    assert caught.value.status_code == 200
    assert "check=False" in str(caught.value)
    assert fetch(_LINK, handler, check=False) == content


@pytest.mark.parametrize("announced", ["image/png", "IMAGE/PNG; x=y", "image/x-png", "image/*", "text/plain", ""])
def test_types_that_are_right_for_a_png(fetch: Fetch, announced: str) -> None:
    answer = httpx.Response(200, content=_PNG, headers={"Content-Type": announced})
    assert fetch(_LINK, _script(answer)[0]) == _PNG


def test_a_page_of_any_length_is_not_read_to_its_end(fetch: Fetch) -> None:
    body = Body(*[b"<html>" * 10] * 1000)
    with pytest.raises(DownloadFailed, match="no image that is known: begins '<html>"):
        fetch(_LINK, _script(httpx.Response(200, stream=body))[0])
    assert body.taken == 1
    assert body.closed


def test_what_says_that_it_is_too_large_is_not_read(fetch: Fetch) -> None:
    body = Body(_PNG)
    answer = httpx.Response(200, stream=body, headers={"Content-Length": str(LARGEST + 1)})
    with pytest.raises(DownloadFailed, match=r"larger than 134,217,728 bytes; say max_bytes"):
        fetch(_LINK, _script(answer)[0])
    assert body.taken == 0
    assert body.closed


def test_what_turns_out_too_large_is_not_read_on(fetch: Fetch) -> None:
    body = Body(_PNG, *[b"x" * 100] * 100)
    with pytest.raises(DownloadFailed, match="larger than 1,000 bytes"):
        fetch(_LINK, _script(httpx.Response(200, stream=body))[0], max_bytes=1000)
    assert body.taken < 12


class _Stalled(Body):
    """A body that never ends, and never comes."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield _PNG
        await asyncio.Event().wait()


def test_every_download_ends_by_its_deadline(picture: type[Any]) -> None:
    handler, _ = _script(httpx.Response(200, stream=_Stalled()), httpx.Response(200, stream=_Stalled()))

    async def awaited() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
            await picture(url=_LINK).abytes(http_client=http, deadline=0.05)

    with pytest.raises(DownloadFailed, match="deadline has passed"):
        asyncio.run(awaited())
    with (
        httpx.Client(transport=httpx.MockTransport(handler)) as http,
        pytest.raises(DownloadFailed, match="deadline has passed"),
    ):
        picture(url=_LINK).bytes(http_client=http, deadline=0)


def test_an_attempt_that_follows_another_begins_anew(picture: type[Any], tmp_path: Path) -> None:
    half = httpx.Response(200, stream=Body(_image("JPEG"), bytes(500), failure=httpx.ReadError("half")))
    handler, _ = _script(half, _good())
    with httpx.Client(transport=httpx.MockTransport(handler)) as http:
        assert picture(url=_LINK).save(tmp_path / "a.png", http_client=http).read_bytes() == _PNG


def test_the_log_tells_of_repeats_without_the_link(fetch: Fetch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "generator.client")
    fetch(_LINK, _script(httpx.Response(503), _good())[0])
    ours = [record.getMessage() for record in caplog.records if record.name == "generator.client"]
    assert len(ours) == 1
    assert "fetched again" in ours[0]
    assert "files.example" not in ours[0]


def test_what_connections_trust_is_read_once() -> None:
    with new_client():
        asyncio.run(new_async_client().aclose())
    assert ssl_context() is ssl_context()


@pytest.fixture
def loopback() -> Iterator[Callable[[list[bytes]], str]]:
    """Serves scripted answers on a port of its own, one a connection; gives the URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve(answers: list[bytes]) -> None:
        for answer in answers:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)

    def start(answers: list[bytes]) -> str:
        threads.append(threading.Thread(target=serve, args=(answers,)))
        threads[-1].start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/a.png"

    yield start
    for thread in threads:
        thread.join()
    listener.close()


@pytest.mark.parametrize("way", ["blocking", "awaited"])
def test_over_a_socket(loopback: Callable[[list[bytes]], str], picture: type[Any], tmp_path: Path, way: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n" % len(_PNG)
    url = loopback([head + _PNG[:-9], b"", b"garbage\r\n\r\n", head + _PNG])
    item = picture(url=url)
    path = tmp_path / "a.png"
    saved = item.save(path) if way == "blocking" else asyncio.run(item.asave(path))
    assert saved.read_bytes() == _PNG
    assert list(tmp_path.iterdir()) == [path]


def test_the_deadline_is_one_for_all_attempts(monkeypatch: pytest.MonkeyPatch, fetch: Fetch) -> None:
    made: list[float | None] = []
    after = Deadline.after

    def counted(seconds: float | None) -> Deadline:
        made.append(seconds)
        return after(seconds)

    monkeypatch.setattr(Deadline, "after", staticmethod(counted))
    fetch(_LINK, _script(httpx.Response(500), httpx.Response(500), _good())[0], deadline=33)
    assert made == [33]


def test_what_stands_in_the_link_itself_goes_along(fetch: Fetch) -> None:
    handler, got = _script(_good())
    assert fetch("https://me:mine@files.example/1", handler) == _PNG
    assert got[0].headers["authorization"] == "Basic bWU6bWluZQ=="
