"""An answer that is itself an image keeps its bytes for as long as somebody wants them."""

from __future__ import annotations

import asyncio
import copy
import gc
import io
import pickle
import threading
from typing import IO, TYPE_CHECKING, cast

import httpx
import pytest
from PIL import Image

from generator.client.runtime.answer_body import temporary_file
from generator.client.runtime.errors import AnswerUnreadable, FileProblem
from generator.client.runtime.images import ImageFile
from generator.client.runtime.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path


def _image(file_format: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, file_format)
    return stream.getvalue()


_PNG = _image("PNG")
_LARGE = _PNG + bytes(range(256)) * 8192  # two million bytes, so that they go to disk


def _file(content: bytes = _PNG, media_type: str = "image/png; q=1") -> ImageFile:
    stream = temporary_file()
    stream.write(content)
    headers = {"Content-Type": media_type, "X-Own": "1"}
    return ImageFile.from_stream(stream, httpx.Response(200, headers=headers))


def test_what_is_told_of_it() -> None:
    image = _file()
    assert (image.media_type, image.headers["x-own"], image.size) == ("image/png", "1", len(_PNG))
    assert repr(image) == f"ImageFile(image/png, {len(_PNG)} bytes)"
    assert image.content == _PNG


@pytest.mark.parametrize("content", [_PNG, _LARGE])
def test_its_bytes(content: bytes, tmp_path: Path) -> None:
    image = _file(content)
    assert image.bytes() == image.content == content
    assert image.save(tmp_path / "a.png").read_bytes() == content
    assert asyncio.run(image.asave(tmp_path / "b.png")).read_bytes() == content
    with image.open() as one, image.open() as other:
        assert one.read(100) == other.read(100) == content[:100]
        one.close()
        assert other.read() == content[100:]


def test_it_is_saved_as_others_are(tmp_path: Path) -> None:
    image = _file()
    image.save(tmp_path / "a.png")
    with pytest.raises(FileProblem, match="overwrite=True"):
        image.save(tmp_path / "a.png")
    image.save(tmp_path / "a.png", overwrite=True)


def test_in_a_folder_it_is_named_for_its_format(tmp_path: Path) -> None:
    image = _file()
    assert image.save(tmp_path) == tmp_path / "image.png"
    assert asyncio.run(image.asave(f"{tmp_path}/new/")) == tmp_path / "new" / "image.png"


@pytest.mark.parametrize(("content", "words"), [(b"<html>", "begins '<html>'"), (_image("JPEG"), "is image/jpeg")])
def test_what_is_no_image_is_told_and_saved_if_asked(content: bytes, words: str, tmp_path: Path) -> None:
    image = _file(content)
    with pytest.raises(AnswerUnreadable, match=words):
        image.save(tmp_path / "a.png")
    assert image.save(tmp_path / "a.png", check=False).read_bytes() == content


def test_an_empty_answer_is_none() -> None:
    with pytest.raises(AnswerUnreadable, match="empty"):
        _file(b"")


@pytest.mark.parametrize("content", [_PNG, _LARGE])
def test_it_can_be_copied_and_pickled(content: bytes) -> None:
    image = _file(content)
    for twin in (copy.copy(image), copy.deepcopy(image), pickle.loads(pickle.dumps(image))):  # noqa: S301 - our own
        assert (twin.bytes(), twin.media_type, twin.headers["x-own"]) == (content, "image/png", "1")
        with twin.open() as file:
            assert file.read() == content


def test_several_threads_may_read_it() -> None:
    image = _file(_LARGE)
    seen: list[bool] = []

    def read() -> None:
        with image.open() as file:
            seen.append(b"".join(iter(lambda: file.read(1000), b"")) == _LARGE)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 4


def test_its_temporary_file_goes_with_its_last_reader() -> None:
    stream = cast("IO[bytes]", io.BytesIO(_PNG))
    image = ImageFile(stream, "image/png", httpx.Headers())
    reader = image.open()
    del image
    gc.collect()
    assert reader.read() == _PNG
    del reader
    gc.collect()
    assert stream.closed


def test_a_reader_is_a_file() -> None:
    with Spool(io.BytesIO(b"0123456789")).opened() as file:
        assert file.readable()
        assert file.seekable()
        assert not file.writable()
        assert (file.seek(-3, io.SEEK_END), file.read(2), file.tell(), file.read()) == (7, b"78", 9, b"9")
        assert file.seek(2, io.SEEK_SET) == 2
        assert (file.seek(2, io.SEEK_CUR), file.read(1)) == (4, b"4")
        with pytest.raises(ValueError, match="before the beginning"):
            file.seek(-1)
