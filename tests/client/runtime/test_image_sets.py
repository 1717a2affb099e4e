"""All images of an answer are saved: at once, into their folder, and what failed can be made up for."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import pickle
import signal
import socket
import sys
import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import httpx
import pytest
from PIL import Image

from generator.client.runtime.errors import AnswerUnreadable, DownloadFailed, FileProblem, ImageClientError
from generator.client.runtime.steps import Pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from generator.client.runtime.progress import Progress

_Handler: TypeAlias = "Callable[[httpx.Request], httpx.Response]"


def _image(file_format: str = "PNG", side: int = 4) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side)).save(stream, file_format)
    return stream.getvalue()


_PNG = _image()
_ENCODED = base64.b64encode(_PNG).decode()


class Save(Protocol):
    """Saves an answer's images, with a handler for the requests that it makes."""

    def __call__(self, answer: Any, folder: Path, handler: _Handler | None = None, **options: Any) -> list[Path]: ...


@pytest.fixture(params=["blocking", "awaited"])
def save(request: pytest.FixtureRequest) -> Save:
    """Both ways of saving."""

    def blocking(answer: Any, folder: Path, handler: _Handler | None = None, **options: Any) -> list[Path]:
        with httpx.Client(transport=httpx.MockTransport(handler or _refuse)) as http:
            paths: list[Path] = answer.save(folder, http_client=http, **options)
            return paths

    def awaited(answer: Any, folder: Path, handler: _Handler | None = None, **options: Any) -> list[Path]:
        async def run() -> list[Path]:
            async with httpx.AsyncClient(transport=httpx.MockTransport(handler or _refuse)) as http:
                paths: list[Path] = await answer.asave(folder, http_client=http, **options)
                return paths

        return asyncio.run(run())

    return blocking if request.param == "blocking" else awaited


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    async def awaited(_: Pause) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr(Pause, "do", lambda _: None)
    monkeypatch.setattr(Pause, "ado", awaited)


def _refuse(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"{request.url} was fetched")


def _serve(request: httpx.Request) -> httpx.Response:
    """Serves an image of as many pixels as the link says, or the status that it says."""
    number = int(request.url.path[1:])
    return httpx.Response(number) if number >= 400 else httpx.Response(200, content=_image(side=number))


_SERVED = httpx.MockTransport(_serve)


@pytest.fixture
def answer(pictures: type[Any], picture: type[Any]) -> Callable[..., Any]:
    """Makes an answer whose images are at links."""

    def make(*numbers: int) -> Any:
        return pictures(data=[picture(url=f"https://files.example/{number}") for number in numbers])

    return make


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_images_are_named_by_their_real_format(
    pictures: type[Any], picture: type[Any], tmp_path: Path, save: Save
) -> None:
    formats = ("PNG", "JPEG", "WEBP", "GIF")
    some = pictures(data=[picture(b64_json=base64.b64encode(_image(each)).decode()) for each in formats])
    saved = save(some, tmp_path / "new" / "out", name="my cat")
    assert [path.name for path in saved] == ["my cat-1.png", "my cat-2.jpg", "my cat-3.webp", "my cat-4.gif"]
    assert [path.read_bytes() for path in saved] == [_image(each) for each in formats]
    assert _names(tmp_path / "new" / "out") == sorted(path.name for path in saved)


def test_an_answer_without_images_saves_none(pictures: type[Any], tmp_path: Path, save: Save) -> None:
    assert pictures().images == []
    assert save(pictures(), tmp_path) == []


def test_links_are_fetched_at_once_and_kept_in_order(answer: Any, tmp_path: Path) -> None:
    barrier = threading.Barrier(3, timeout=10)

    def together(request: httpx.Request) -> httpx.Response:
        barrier.wait()
        return _serve(request)

    with httpx.Client(transport=httpx.MockTransport(together)) as http:
        saved = answer(*range(1, 7)).save(tmp_path, concurrency=3, http_client=http)
    assert [path.read_bytes() for path in saved] == [_image(side=number) for number in range(1, 7)]

    async def main() -> list[Path]:
        waiting = 0
        all_there = asyncio.Event()

        async def await_others(request: httpx.Request) -> httpx.Response:
            nonlocal waiting
            waiting += 1
            if waiting == 6:
                all_there.set()
            await asyncio.wait_for(all_there.wait(), 10)
            return _serve(request)

        async with httpx.AsyncClient(transport=httpx.MockTransport(await_others)) as http:
            paths: list[Path] = await answer(*range(1, 7)).asave(tmp_path / "b", concurrency=6, http_client=http)
            return paths

    assert [path.name for path in asyncio.run(main())] == [f"image-{number}.png" for number in range(1, 7)]


def test_one_failure_keeps_no_other_from_being_saved(answer: Any, tmp_path: Path, save: Save) -> None:
    some = answer(1, 404, 3, 410)
    with pytest.raises(DownloadFailed, match=r"image 2: .* answered 404") as caught:
        save(some, tmp_path, _serve)
    error: Any = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert error.saved == (tmp_path / "image-1.png", None, tmp_path / "image-3.png", None)
    assert "Not saved: 2 of 4 images (2, 4)" in str(error)
    assert (error.status_code, error.url) == (404, "https://files.example/404")
    assert _names(tmp_path) == ["image-1.png", "image-3.png"]


def test_what_is_missing_can_be_fetched_later(answer: Any, tmp_path: Path, save: Save) -> None:
    with pytest.raises(DownloadFailed):
        save(answer(1, 404, 3), tmp_path, _serve)
    fetched = []

    def serve(request: httpx.Request) -> httpx.Response:
        fetched.append(request.url.path)
        return _serve(request)

    saved = save(answer(1, 2, 3), tmp_path, serve, skip_existing=True)
    assert fetched == ["/2"]
    assert [path.read_bytes() for path in saved] == [_image(side=number) for number in (1, 2, 3)]


def test_failures_of_several_kinds(pictures: type[Any], picture: type[Any], tmp_path: Path, save: Save) -> None:
    some = pictures(data=[picture(b64_json=_ENCODED), picture(), picture(b64_json="!")])
    with pytest.raises(AnswerUnreadable, match="image 2: the image has neither"):
        save(some, tmp_path)
    assert _names(tmp_path) == ["image-1.png"]


def test_nothing_is_fetched_if_a_place_is_taken(answer: Any, tmp_path: Path, save: Save) -> None:
    (tmp_path / "image-2.webp").write_bytes(b"precious")
    with pytest.raises(FileProblem, match=r"image-2.webp: is there already.*skip_existing=True"):
        save(answer(1, 2), tmp_path)
    assert _names(tmp_path) == ["image-2.webp"]
    save(answer(1, 2), tmp_path, _serve, overwrite=True)
    assert _names(tmp_path) == ["image-1.png", "image-2.png", "image-2.webp"]


def test_options_that_contradict_each_other(answer: Any, tmp_path: Path, save: Save) -> None:
    with pytest.raises(ValueError, match="exclude each other"):
        save(answer(1), tmp_path, overwrite=True, skip_existing=True)
    with pytest.raises(ValueError, match="concurrency must be 1 or more"):
        save(answer(1), tmp_path, concurrency=0)


@pytest.mark.parametrize("name", ["../image", "a/b", "/etc/image", "..", "C:\\image", "a\0"])
def test_nothing_lands_outside_of_the_folder(answer: Any, tmp_path: Path, save: Save, name: str) -> None:
    with pytest.raises(ValueError, match="name must be"):
        save(answer(1), tmp_path / "folder", name=name)
    assert _names(tmp_path) == []


def test_a_folder_that_is_a_file(answer: Any, tmp_path: Path, save: Save) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileProblem, match="can't be written"):
        save(answer(1), tmp_path / "file")


def test_terms_hold_for_each_image(answer: Any, tmp_path: Path, save: Save) -> None:
    with pytest.raises(DownloadFailed, match="larger than 50 bytes"):
        save(answer(1), tmp_path, _serve, max_bytes=50)
    page = lambda _: httpx.Response(200, html="<html>")  # noqa: E731 - as short as it is used
    with pytest.raises(DownloadFailed, match=r"image 1: .*text/html"):
        save(answer(1), tmp_path, page)
    assert [path.name for path in save(answer(1), tmp_path, page, check=False)] == ["image-1.bin"]


def test_progress_is_told(pictures: type[Any], picture: type[Any], tmp_path: Path, save: Save) -> None:
    told: list[Progress] = []
    some = pictures(data=[picture(url="https://files.example/4"), picture(b64_json=_ENCODED)])
    save(some, tmp_path, _serve, progress=told.append)
    size = len(_PNG)
    for index in range(2):
        mine = [each for each in told if each.index == index]
        assert [(each.received, each.done) for each in mine] == [(size, False), (size, True)]
        assert {each.images for each in mine} == {2}
    assert {each.total for each in told if each.index == 0} == {size}
    told.clear()
    save(some, tmp_path, progress=told.append, skip_existing=True)
    assert [(each.received, each.done) for each in sorted(told, key=lambda each: each.index)] == [(size, True)] * 2


def test_progress_on_a_terminal(answer: Any, tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stderr", terminal)
    save(answer(1, 2), tmp_path, _serve, progress=True)
    assert terminal.getvalue().endswith("\r2 of 2 images, 0.0 of 0.0 MB\n")


def test_a_report_that_fails_stops_all(answer: Any, tmp_path: Path, save: Save) -> None:
    def report(_: Progress) -> None:
        raise KeyError("a mistake of the user's")

    with pytest.raises(KeyError):
        save(answer(1, 2, 3), tmp_path, _serve, progress=report)
    assert _names(tmp_path) == []


class _Halves:
    """A server that sends half of each image, and nothing more; then does something."""

    def __init__(self, connections: int, then: Callable[[], object]) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/1"
        self._thread = threading.Thread(target=self._serve, args=(connections, then))
        self._thread.start()

    def _serve(self, connections: int, then: Callable[[], object]) -> None:
        for _ in range(connections):
            connection, _ = self._listener.accept()
            self._open.append(connection)
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + _PNG)
        then()

    def close(self) -> None:
        self._thread.join()
        for connection in [*self._open, self._listener]:
            connection.close()


@pytest.fixture
def halves() -> Iterator[Callable[[int, Callable[[], object]], str]]:
    """Starts such a server; gives its URL."""
    servers: list[_Halves] = []

    def start(connections: int, then: Callable[[], object]) -> str:
        servers.append(_Halves(connections, then))
        return servers[-1].url

    yield start
    for server in servers:
        server.close()


@pytest.mark.skipif(os.name == "nt", reason="a process can't interrupt itself there")
def test_ctrl_c_leaves_no_temporary_file(halves: Any, pictures: type[Any], picture: type[Any], tmp_path: Path) -> None:
    url = halves(2, lambda: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        pictures(data=[picture(url=url), picture(url=url)]).save(tmp_path)
    assert _names(tmp_path) == []


def test_cancellation_leaves_no_temporary_file(
    halves: Any, pictures: type[Any], picture: type[Any], tmp_path: Path
) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        half_there = asyncio.Event()
        url = halves(2, lambda: loop.call_soon_threadsafe(half_there.set))
        task = asyncio.create_task(pictures(data=[picture(url=url), picture(url=url)]).asave(tmp_path))
        await half_there.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert _names(tmp_path) == []


def test_a_name_that_another_takes_meanwhile(answer: Any, tmp_path: Path, save: Save) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        (tmp_path / "image-1.png").write_bytes(b"another's")
        return _serve(request)

    with pytest.raises(FileProblem, match="is there already") as caught:
        save(answer(1), tmp_path, serve)
    assert isinstance(caught.value, ImageClientError)
    assert (tmp_path / "image-1.png").read_bytes() == b"another's"
    assert _names(tmp_path) == ["image-1.png"]


@pytest.mark.parametrize("way", ["blocking", "awaited"])
def test_base64_needs_no_connection(
    pictures: type[Any], picture: type[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for name in ("new_client", "new_async_client"):
        monkeypatch.setattr(f"generator.client.runtime.images.{name}", None)
    some = pictures(data=[picture(b64_json=_ENCODED)] * 2)
    saved = some.save(tmp_path) if way == "blocking" else asyncio.run(some.asave(tmp_path))
    assert [path.read_bytes() for path in saved] == [_PNG] * 2


@pytest.mark.parametrize("number", [1, 404])
def test_its_own_connections_are_closed(
    answer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    sync, later = httpx.Client(transport=_SERVED), httpx.AsyncClient(transport=_SERVED)
    monkeypatch.setattr("generator.client.runtime.images.new_client", lambda: sync)
    monkeypatch.setattr("generator.client.runtime.images.new_async_client", lambda: later)
    ways = {"blocking": answer(number).save, "awaited": lambda folder: asyncio.run(answer(number).asave(folder))}
    for name, way in ways.items():
        with pytest.raises(DownloadFailed) if number == 404 else nullcontext():
            way(tmp_path / name)
    assert sync.is_closed
    assert later.is_closed
