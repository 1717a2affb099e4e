"""Images of answers end up on disk whole, or not at all."""

from __future__ import annotations

import asyncio
import base64
import io
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image

from generator.client.runtime.errors import AnswerUnreadable, DownloadFailed, FileProblem
from generator.client.runtime.images import ImageFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LINK = "https://files.example/1"


def _image(file_format: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, file_format)
    return stream.getvalue()


def _http(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(handler))


def _async_http(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(handler))


def _serve(content: bytes, status: int = 200) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(status, content=content)


def test_an_image_is_decoded_or_fetched(picture: type[Any]) -> None:
    png = _image("PNG")
    assert picture(b64_json=base64.b64encode(png).decode()).bytes() == png
    with _http(_serve(png)) as http:
        assert picture(url=_LINK).bytes(http_client=http) == png


def test_an_image_is_saved_and_never_over_another(picture: type[Any], tmp_path: Path) -> None:
    image = picture(b64_json=base64.b64encode(b"first").decode())
    path = image.save(tmp_path / "new" / "a.png")
    assert path.read_bytes() == b"first"
    with pytest.raises(FileProblem, match="overwrite=True"):
        picture(b64_json="aGVsbG8=").save(path)
    assert path.read_bytes() == b"first"
    picture(b64_json="aGVsbG8=").save(path, overwrite=True)
    assert path.read_bytes() == b"hello"
    assert [file.name for file in path.parent.iterdir()] == ["a.png"]


def test_images_are_named_by_their_real_format(pictures: type[Any], picture: type[Any], tmp_path: Path) -> None:
    answer = pictures(
        data=[picture(b64_json=base64.b64encode(_image(each)).decode()) for each in ("PNG", "JPEG", "WEBP")]
        + [picture(b64_json="aGVsbG8=")]
    )
    saved = answer.save(tmp_path / "out", name="cat")
    assert [path.name for path in saved] == ["cat-1.png", "cat-2.jpg", "cat-3.webp", "cat-4.bin"]
    assert saved[1].read_bytes() == _image("JPEG")
    with pytest.raises(FileProblem, match="is there already"):
        answer.save(tmp_path / "out", name="cat")
    assert len(answer.save(tmp_path / "out", name="cat", overwrite=True)) == 4


def test_an_answer_without_images_saves_none(pictures: type[Any], tmp_path: Path) -> None:
    assert pictures().images == []
    assert pictures().save(tmp_path) == []


@pytest.mark.parametrize("status", [404, 403, 500, 204])
def test_a_link_that_does_not_answer_leaves_nothing(picture: type[Any], tmp_path: Path, status: int) -> None:
    with _http(_serve(b"expired", status)) as http, pytest.raises(DownloadFailed, match=str(status)) as caught:
        picture(url=_LINK).save(tmp_path / "a.png", http_client=http)
    assert (caught.value.status_code, caught.value.url) == (status, _LINK)
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_breaks_leaves_nothing(picture: type[Any], tmp_path: Path) -> None:
    class Broken(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            yield b"half of "
            raise httpx.ReadError("gone")

    handler = lambda _: httpx.Response(200, stream=Broken())  # noqa: E731 - as short as it is used
    with _http(handler) as http, pytest.raises(DownloadFailed, match="gone"):
        picture(url=_LINK).save(tmp_path / "a.png", http_client=http)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["ftp://host/a", "not a url", "https://h:x/"])
def test_a_link_that_is_none(picture: type[Any], url: str) -> None:
    with pytest.raises(DownloadFailed):
        picture(url=url).bytes()


def test_an_image_that_is_not_there(picture: type[Any], tmp_path: Path) -> None:
    with pytest.raises(AnswerUnreadable, match="neither url nor b64_json"):
        picture().bytes()
    with pytest.raises(AnswerUnreadable, match="b64_json: is no base64"):
        picture(b64_json="?").save(tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_asynchronous_twins(pictures: type[Any], picture: type[Any], tmp_path: Path) -> None:
    png = _image("PNG")

    async def run() -> list[Path]:
        async with _async_http(_serve(png)) as http:
            item = picture(url=_LINK)
            assert await item.abytes(http_client=http) == png
            one = await item.asave(tmp_path / "one.png", http_client=http)
            return [one, *await pictures(data=[item, item]).asave(tmp_path, http_client=http)]

    saved = asyncio.run(run())
    assert [path.name for path in saved] == ["one.png", "image-1.png", "image-2.png"]
    assert all(path.read_bytes() == png for path in saved)


def test_a_place_that_cannot_be_written(picture: type[Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileProblem, match="can't be written"):
        picture(b64_json="aGVsbG8=").save(tmp_path / "file" / "a.png")


def test_an_answer_that_is_an_image(tmp_path: Path) -> None:
    headers = {"Content-Type": "image/png; q=1", "X-Own": "1"}
    image = ImageFile.from_response(httpx.Response(200, content=_image("PNG"), headers=headers))
    assert (image.media_type, image.headers["x-own"], image.bytes()) == ("image/png", "1", _image("PNG"))
    assert image.save(tmp_path / "a.png").read_bytes() == _image("PNG")
    assert repr(image) == f"ImageFile(image/png, {len(_image('PNG'))} bytes)"
