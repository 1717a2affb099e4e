"""Headers tell what the image library that wrote the image knows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.client.runtime.image_header import format_of, read_header

if TYPE_CHECKING:
    from collections.abc import Callable


def _written(file_format: str, width: int, height: int, **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height)).save(stream, file_format, **options)
    return stream.getvalue()


def _piece(content: bytes, asked: list[int] | None = None) -> Callable[[int, int], bytes]:
    def piece(at: int, length: int) -> bytes:
        if asked is not None:
            asked.append(length)
        return content[at : at + length]

    return piece


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "BMP"]), st.integers(1, 300), st.integers(1, 300), st.booleans())
def test_width_and_height(file_format: str, width: int, height: int, lossless: bool) -> None:  # noqa: FBT001 - drawn
    options = {"lossless": lossless} if file_format == "WEBP" else {}
    header = read_header(_piece(_written(file_format, width, height, **options)))
    assert header is not None
    assert (header.format.name, header.width, header.height) == (file_format.lower(), width, height)
    assert header.pixels == width * height


def test_extended_webp() -> None:
    header = read_header(_piece(_written("WEBP", 40, 30, exif=b"Exif\0\0" + b"x" * 100)))
    assert header is not None
    assert (header.width, header.height) == (40, 30)


def test_progressive_jpeg_behind_much_metadata() -> None:
    icc = b"p" * 300_000  # spread over several segments
    content = _written("JPEG", 33, 22, progressive=True, exif=b"Exif\0\0" + b"x" * 60_000, icc_profile=icc)
    asked: list[int] = []
    header = read_header(_piece(content, asked))
    assert header is not None
    assert (header.width, header.height) == (33, 22)
    assert sum(asked) < 5_000, "what is of no use was read too"


def test_jpeg_with_padding_before_its_markers() -> None:
    content = _written("JPEG", 33, 22)
    at = content.index(b"\xff\xc0")
    for padding in (1, 50, 63, 64, 65, 200):
        header = read_header(_piece(content[:at] + b"\xff" * padding + content[at:]))
        assert header is not None
        assert (header.width, header.height) == (33, 22)


@pytest.mark.parametrize(("file_format", "name"), [("TIFF", "tiff"), ("AVIF", "avif"), ("ICO", "ico")])
def test_formats_whose_size_is_not_read(file_format: str, name: str) -> None:
    header = read_header(_piece(_written(file_format, 32, 32)))
    assert header is not None
    assert (header.format.name, header.pixels) == (name, None)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_header_cut_short_is_unreadable(file_format: str) -> None:
    assert read_header(_piece(_written(file_format, 40, 30)[:16])) is None or file_format == "GIF"


@pytest.mark.parametrize("content", [b"", b"text", b"<html>", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x00"])
def test_what_is_no_image_is_unreadable(content: bytes) -> None:
    assert read_header(_piece(content)) is None


@given(st.binary(max_size=64), st.sampled_from([b"", b"\xff\xd8\xff", b"BM", b"RIFF0000WEBPVP8 ", b"GIF89a"]))
def test_any_bytes_are_taken_without_an_error(content: bytes, start: bytes) -> None:
    header = read_header(_piece(start + content))
    assert header is None or format_of(start + content) == header.format
