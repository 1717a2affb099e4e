"""An image of an answer is decoded or fetched, read, opened and saved."""

from __future__ import annotations

import asyncio
import base64
import binascii
import io
import tracemalloc
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.client.runtime.errors import AnswerUnreadable, DownloadFailed, FileProblem
from generator.client.runtime.image_source import Embedded, Link, source_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

_LINK = "https://files.example/1"
_NAMES = ("url", "b64_json")


def _image(file_format: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, file_format)
    return stream.getvalue()


_PNG = _image("PNG")
_ENCODED = base64.b64encode(_PNG).decode()


def _http(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(handler))


def _async_http(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(handler))


def _serve(content: bytes) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(200, content=content)


@pytest.mark.parametrize(
    "given",
    [
        {"b64_json": _ENCODED},
        {"b64_json": f"data:image/png;base64,{_ENCODED}"},
        {"url": f"DATA:image/png;charset=x;base64,{_ENCODED}"},
        {"url": _LINK},
        {"url": "https://elsewhere.example", "b64_json": _ENCODED},
    ],
)
def test_an_image_is_decoded_or_fetched(picture: type[Any], given: dict[str, str], tmp_path: Path) -> None:
    item = picture(**given)

    def serve(request: httpx.Request) -> httpx.Response:
        assert request.url == _LINK
        return httpx.Response(200, content=_PNG)

    async def awaited() -> list[bytes]:
        async with _async_http(serve) as http:
            with await item.aopen(http_client=http) as opened:
                saved = await item.asave(tmp_path / "b.png", http_client=http)
                return [await item.abytes(http_client=http), opened.read(), saved.read_bytes()]

    with _http(serve) as http, item.open(http_client=http) as opened:
        saved = item.save(tmp_path / "a.png", http_client=http)
        assert [item.bytes(http_client=http), opened.read(), saved.read_bytes()] == [_PNG] * 3
    assert asyncio.run(awaited()) == [_PNG] * 3


def test_an_opened_image_is_a_file_as_others_are(picture: type[Any]) -> None:
    with picture(b64_json=_ENCODED).open() as file:
        assert Image.open(file).size == (4, 4)
        file.seek(-4, io.SEEK_END)
        assert file.read() == _PNG[-4:]
        assert file.seek(0) == 0
        assert file.read(8) == _PNG[:8]


def test_an_image_is_saved_and_never_over_another(picture: type[Any], tmp_path: Path) -> None:
    path = picture(b64_json=_ENCODED).save(tmp_path / "new" / "a.png")
    other = picture(b64_json=base64.b64encode(_image("JPEG")).decode())
    with pytest.raises(FileProblem, match="overwrite=True"):
        other.save(path)
    assert path.read_bytes() == _PNG
    other.save(path, overwrite=True, check=False)
    assert path.read_bytes() == _image("JPEG")
    assert [file.name for file in path.parent.iterdir()] == ["a.png"]


def test_a_place_that_is_taken_costs_no_download(picture: type[Any], tmp_path: Path) -> None:
    def serve(_: httpx.Request) -> httpx.Response:
        raise AssertionError("was fetched")

    with _http(serve) as http:
        (tmp_path / "a.png").touch()
        with pytest.raises(FileProblem, match="is there already"):
            picture(url=_LINK).save(tmp_path / "a.png", http_client=http)
        (tmp_path / "image.webp").mkdir()
        with pytest.raises(FileProblem, match="is a folder"):
            picture(url=_LINK).save(tmp_path, overwrite=True, http_client=http)


@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a.webp"])
@pytest.mark.parametrize("given", [{"b64_json": _ENCODED}, {"url": _LINK}])
def test_a_name_for_another_format_is_warned_of_and_loses_nothing(
    picture: type[Any], tmp_path: Path, given: dict[str, str], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    item = picture(**given)
    with _http(lambda _: httpx.Response(200, content=_PNG)) as http:
        assert item.save(tmp_path / name, http_client=http).read_bytes() == _PNG
        assert "holds an image of the format png; a.png would be its name" in caplog.text
        caplog.clear()
        for free in ("a.PNG", "a", "a.final", "v1.2"):
            assert item.save(tmp_path / free, http_client=http) == tmp_path / free
        assert caplog.text == ""


def test_in_a_folder_an_image_has_a_name_and_extension_of_its_own(picture: type[Any], tmp_path: Path) -> None:
    item = picture(b64_json=_ENCODED)
    assert item.save(tmp_path) == tmp_path / "image.png"
    assert item.save(f"{tmp_path}/new/") == tmp_path / "new" / "image.png"
    assert asyncio.run(item.asave(f"{tmp_path}/later/")) == tmp_path / "later" / "image.png"
    with pytest.raises(FileProblem, match=r"image\.png: is there already"):
        item.save(tmp_path)
    assert item.save(tmp_path, overwrite=True).read_bytes() == _PNG


def test_an_httpx_client_of_the_other_kind_is_refused_before_anything_is_fetched(
    picture: type[Any], tmp_path: Path
) -> None:
    item, http = picture(url=_LINK), httpx.Client()
    with pytest.raises(TypeError, match=r"must be an httpx\.AsyncClient here, not Client"), http:
        asyncio.run(item.asave(tmp_path / "a.png", http_client=http))
    later = httpx.AsyncClient()
    with pytest.raises(TypeError, match=r"must be an httpx\.Client here, not AsyncClient"):
        item.bytes(http_client=later)


def test_an_image_that_is_not_there(picture: type[Any], tmp_path: Path) -> None:
    with pytest.raises(AnswerUnreadable, match="neither url nor b64_json"):
        picture().bytes()
    with pytest.raises(AnswerUnreadable, match="b64_json: is no base64"):
        picture(b64_json="?").save(tmp_path / "a.png")
    with pytest.raises(AnswerUnreadable, match="url: is a data URI without base64"):
        picture(url="data:image/svg+xml,<svg/>").open()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (base64.b64encode(b"not an image").decode(), "12 bytes, begins 'not an image'"),
        (f"data:image/jpeg;base64,{_ENCODED}", "what came is image/png, and image/jpeg was announced"),
    ],
)
def test_data_that_is_no_image_is_told_and_taken_if_asked(
    picture: type[Any], tmp_path: Path, text: str, words: str
) -> None:
    item = picture(b64_json=text)
    for way in (item.bytes, item.open, lambda: item.save(tmp_path / "a.png")):
        with pytest.raises(AnswerUnreadable, match=words):
            way()
    assert list(tmp_path.iterdir()) == []
    raw = base64.b64decode(text.rpartition(",")[2])
    assert item.save(tmp_path / "a.png", check=False).read_bytes() == raw
    assert item.bytes(check=False) == raw


@pytest.mark.parametrize("url", ["ftp://host/a", "not a url", "https://h:x/", "http:///"])
def test_a_link_that_is_none(picture: type[Any], url: str) -> None:
    with pytest.raises(DownloadFailed, match="could not be fetched") as caught:
        picture(url=url).bytes()
    assert caught.value.url == url
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_a_place_that_cannot_be_written(picture: type[Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileProblem, match="can't be written"):
        picture(b64_json=_ENCODED).save(tmp_path / "file" / "a.png")
    with pytest.raises(FileProblem, match="null character"):
        picture(b64_json=_ENCODED).save(f"{tmp_path}/a\0.png")


@given(st.binary(max_size=300), st.integers(1, 9))
def test_base64_is_decoded_in_pieces(content: bytes, size: int) -> None:
    encoded = base64.b64encode(content).decode()
    broken = "\r\n ".join(encoded[at : at + size] for at in range(0, len(encoded), size))
    for text in (encoded, broken, encoded.rstrip("="), base64.urlsafe_b64encode(content).decode()):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("generator.client.runtime.image_source._PIECE", size)
            assert b"".join(Embedded("b64_json", text).pieces()) == content


@pytest.mark.parametrize(
    "text", ["AAAA=AAA", "AAA=AAAA", "A", "AA==A", "AAAAé", "AA A", "=AAA", "A===", "AB.=", "AAAA===="]
)
@pytest.mark.parametrize("size", [1, 4, 100])
def test_what_is_no_base64_is_refused_at_any_cut(text: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if text == "AA A":
        assert list(Embedded("b64_json", text).pieces()) == [binascii.a2b_base64("AAA=")]
        return
    monkeypatch.setattr("generator.client.runtime.image_source._PIECE", size)
    with pytest.raises(AnswerUnreadable, match="b64_json: is no base64 data"):
        list(Embedded("b64_json", text).pieces())


def test_where_an_image_is() -> None:
    assert source_of("https://a", None, _NAMES) == Link("https://a")
    assert source_of("https://a", "AAAA", _NAMES) == Embedded("b64_json", "AAAA")
    assert source_of("data:image/PNG;base64,AAAA", "", _NAMES) == Embedded(
        "url", "data:image/PNG;base64,AAAA", 22, "image/png"
    )


class _Large(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Eight million bytes that never stand together."""

    def __iter__(self) -> Iterator[bytes]:
        yield _PNG
        for _ in range(128):
            yield bytes(62_500)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


@pytest.mark.parametrize("way", ["save", "open", "asave", "base64"])
def test_an_image_never_stands_whole_in_memory(picture: type[Any], tmp_path: Path, way: str) -> None:
    path = tmp_path / "a.png"
    serve = lambda _: httpx.Response(200, stream=_Large())  # noqa: E731 - as short as it is used
    item = picture(b64_json=base64.b64encode(b"".join(_Large())).decode()) if way == "base64" else picture(url=_LINK)

    async def awaited() -> None:
        async with _async_http(serve) as http:
            await item.asave(path, http_client=http)

    tracemalloc.start()
    with _http(serve) as http:
        if way == "open":
            item.open(http_client=http).close()
        elif way == "asave":
            asyncio.run(awaited())
        else:
            item.save(path, http_client=http)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000
    assert way == "open" or path.stat().st_size == len(_PNG) + 8_000_000
