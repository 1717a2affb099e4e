"""Images in requests: their forms, and what x-image and x-total-pixels say of them."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from generator.mock.judging.keywords import FILES, InputImage, TotalPixels
from generator.mock.requests.image_input import NotAnImageError, TooManyPixelsError, decode, dimensions, form_of
from generator.mock.requests.uploads import Upload


def picture(width: int, height: int, file_format: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, file_format)
    return file.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG file that promises a size and has no pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(header) - 4) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://example.com/a.png", "url"),
        ("HTTP://example.com/a.png", "url"),
        ("ftp://example.com/a.png", None),
        ("data:image/png;base64,AAAA", "data-uri"),
        ("DATA:;base64,AAAA", "data-uri"),
        ("data:image/png,AAAA", None),
        ("data:image/png;base64,AAA", None),
        ("data:image/png;base64,", None),
        ("AAAA", "base64"),
        ("AA\r\nAA\n", "base64"),
        ("AA==", "base64"),
        ("A===", None),
        ("AA=A", None),
        ("AA-_", None),
        ("AA AA", None),
        ("\uff21\uff21\uff21\uff21", None),
        ("", None),
        ("cat.png", None),
    ],
)
def test_form_of(text: str, form: str | None) -> None:
    assert form_of(text) == form


def test_decode_ignores_line_breaks() -> None:
    assert decode("data:image/png;base64,aGVs\r\nbG8=") == decode("aGVsbG8=") == b"hello"


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_dimensions(file_format: str) -> None:
    assert dimensions(picture(30, 20, file_format)) == (30, 20)


@pytest.mark.parametrize("content", [b"", b"text", b"\x89PNG\r\n\x1a\n", picture(9, 9)[:20], b"P6 1 1 255\n..."])
def test_what_is_no_image(content: bytes) -> None:
    with pytest.raises(NotAnImageError):
        dimensions(content)


def test_a_header_that_promises_too_much() -> None:
    with pytest.raises(TooManyPixelsError):
        dimensions(png_header(2_000_000_000, 2))


def complaint(keyword: InputImage | TotalPixels, value: Any) -> str:
    try:
        keyword.validate(value)
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("size", "right"),
    [
        ("512*512", True),
        ("262144*1", True),
        ("511*513", False),
        ("2048*2048", True),
        ("2048*2049", False),
        ("0*99999999999999999999999", False),
        ("9" * 6000 + "*" + "9" * 6000, False),
        ("big", True),
        (512, True),
    ],
)
def test_total_pixels(size: Any, *, right: bool) -> None:
    keyword = TotalPixels({}, {"minimum": 262144, "maximum": 4194304}, [])
    assert (complaint(keyword, size) == "") is right


LIMITS = {"forms": ["url", "base64"], "minPixels": 400, "maxPixels": 900, "maxBytes": 5000}


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ("https://example.com/a.png", ""),
        (base64.b64encode(picture(20, 20)).decode(), ""),
        (base64.b64encode(picture(30, 30)).decode(), ""),
        (base64.b64encode(picture(20, 19)).decode(), "400 to 900 pixels, and has 20*19"),
        (base64.b64encode(picture(31, 30)).decode(), "400 to 900 pixels, and has 31*30"),
        (base64.b64encode(png_header(2_000_000_000, 2)).decode(), "400 to 900 pixels"),
        (base64.b64encode(b"no image").decode(), "an image that can be read"),
        (base64.b64encode(bytes(5001)).decode(), "at most 5000 bytes, and has 5001"),
        ("data:image/png;base64,AAAA", "as an http(s) URL or base64 data"),
        ("cat.png", "as an http(s) URL or base64 data"),
        (5, ""),
    ],
)
def test_image_in_a_text(value: Any, part: str) -> None:
    found = complaint(InputImage({}, LIMITS, []), value)
    assert part in found
    assert bool(part) is bool(found)


def test_image_without_limits_is_not_looked_at() -> None:
    assert complaint(InputImage({}, {"forms": ["base64"]}, []), "AAAA") == ""


def test_image_as_a_file() -> None:
    keyword = InputImage({}, {"forms": ["file"], "minPixels": 400}, [])
    token = FILES.set({"t1": Upload("a.png", "image/png", picture(20, 20)), "t2": Upload("b.png", "image/png", b"x")})
    try:
        assert complaint(keyword, "t1") == ""
        assert complaint(keyword, "t2") == "must be an image that can be read"
        assert complaint(keyword, "https://example.com/a.png") == "must be an image, as a file"
        assert "base64 data" in complaint(InputImage({}, {"forms": ["base64"]}, []), "t1")
    finally:
        FILES.reset(token)
