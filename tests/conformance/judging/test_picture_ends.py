"""An image that is cut off anywhere is told from a whole one, whatever stands before its data or behind its end."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from generator.conformance.picture_ends import is_whole
from generator.conformance.pictures import Picture, read_picture

if TYPE_CHECKING:
    from collections.abc import Callable

_THUMBNAIL = b"\xff\xd8\xff\xd9"


def _noise(name: str, **options: object) -> bytes:
    target = BytesIO()
    Image.effect_noise((320, 200), 90).convert("RGB").save(target, name, **options)
    return target.getvalue()


def _large_exif() -> bytes:
    """A JPEG behind more than 64 KB of metadata, which hold a thumbnail with an end of its own."""
    segments = b"".join(b"\xff\xe1" + struct.pack(">H", 60_002) + (_THUMBNAIL * 15_000) for _ in range(3))
    plain = _noise("jpeg")
    return plain[:2] + segments + plain[2:]


def _png_with_long_metadata() -> bytes:
    plain, text = _noise("png"), b"Comment\0" + b"IEND" * 40_000
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    return plain[:33] + chunk + plain[33:]


IMAGES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: _noise("jpeg"),
    "progressive": lambda: _noise("jpeg", progressive=True),
    "large exif": _large_exif,
    "png": lambda: _noise("png"),
    "png with long metadata": _png_with_long_metadata,
    "webp": lambda: _noise("webp"),
    "lossless webp": lambda: _noise("webp", lossless=True),
    "webp with metadata": lambda: _noise("webp", exif=b"Exif\0\0" + b"\0" * 100_000),
}


@pytest.mark.parametrize("name", IMAGES)
def test_a_cut_anywhere_is_seen(name: str) -> None:
    data = IMAGES[name]()
    picture = read_picture(data)
    assert picture is not None
    assert (picture.width, picture.height) == (320, 200)
    assert is_whole(data, picture.format)
    for cut in (2, 20, 1000, len(data) // 3, len(data) // 2, len(data) - 40):
        assert not is_whole(data[:-cut], picture.format), cut


@pytest.mark.parametrize("name", IMAGES)
def test_what_a_writer_puts_behind_the_end_is_let_be(name: str) -> None:
    data = IMAGES[name]()
    picture = read_picture(data)
    assert picture is not None
    assert is_whole(data + b"trailer" * 3000, picture.format)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    target = BytesIO()
    Image.new(mode, (30, 20)).save(target, "PNG")
    assert read_picture(target.getvalue()) == Picture("png", 30, 20)
    assert is_whole(target.getvalue(), "png")


@pytest.mark.parametrize("size", [(320, 200), (17, 33)])
def test_the_size_of_an_avif_is_read(size: tuple[int, int]) -> None:
    target = BytesIO()
    Image.new("RGBA", size, (0, 128, 128, 100)).save(target, "AVIF")
    assert read_picture(target.getvalue()) == Picture("avif", *size)


@pytest.mark.parametrize("end", range(0, 60, 3))
def test_the_beginning_of_an_avif_tells_its_format(end: int) -> None:
    target = BytesIO()
    Image.new("RGB", (32, 16)).save(target, "AVIF")
    picture = read_picture(target.getvalue()[: 12 + end])
    assert picture is not None
    assert picture.format == "avif"


def test_the_size_of_a_gif_is_read() -> None:
    target = BytesIO()
    Image.new("P", (30, 20)).save(target, "GIF")
    assert read_picture(target.getvalue()) == Picture("gif", 30, 20)
