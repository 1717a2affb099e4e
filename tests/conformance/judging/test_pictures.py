"""Images' formats and sizes are read from their first bytes."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from generator.conformance.pictures import Picture, read_picture


@pytest.mark.parametrize("size", [(1, 1), (640, 480), (3000, 17)])
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("png", {}),
        ("jpeg", {}),
        ("jpeg", {"progressive": True, "comment": b"\xff" * 5000}),
        ("webp", {"lossless": True}),
        ("webp", {"quality": 80}),
        ("webp", {"quality": 80, "exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}),
    ],
)
def test_format_and_size_are_read(name: str, options: dict[str, object], size: tuple[int, int]) -> None:
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, name, **options)
    assert read_picture(target.getvalue()) == Picture(name, *size)  # type: ignore[arg-type]


@pytest.mark.parametrize("head", [b"", b"<html>", b"%PDF-1.7", b"RIFF\0\0\0\0WAVE"])
def test_what_is_no_such_image_is_none(head: bytes) -> None:
    assert read_picture(head) is None


@pytest.mark.parametrize(
    "head",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\xff\xd8\xff\xe1\0\0" * 9,
        b"\xff\xd8\xff" + b"\xff" * 40,
        b"\xff\xd8\xff\xd9no marker here",
        b"RIFF\0\0\0\0WEBP",
    ],
)
def test_an_image_that_breaks_off_has_a_format_and_no_end(head: bytes) -> None:
    picture = read_picture(head)
    assert picture is not None
