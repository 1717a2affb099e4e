from __future__ import annotations

import base64

import pytest

from generator.spec.pictures import image_breach, image_form, total_pixels, total_pixels_breach

_HEAD = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR"


def _png(width: int, height: int) -> str:
    return base64.b64encode(_HEAD + width.to_bytes(4, "big") + height.to_bytes(4, "big")).decode()


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("1024*1024", 1048576),
        ("1*1", 1),
        ("4096*512", 2097152),
        ("0*5", 0),
        ("5*05", 25),
        ("5x5", None),
        ("5*5\n", None),
        ("٣*٣", None),
        (f"{'9' * 5000}*1", None),
        ("2K", None),
    ],
)
def test_the_pixels_of_a_size(text: str, pixels: int | None) -> None:
    assert total_pixels(text) == pixels


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("512*512", None),
        ("2048*2048", None),
        ("4096*1024", None),
        ("511*513", "262143 pixels, fewer than 262144"),
        ("2048*2049", "4196352 pixels, more than 4194304"),
        ("2K", None),
        (7, None),
        (None, None),
    ],
)
def test_total_pixels_have_both_bounds_included(value: object, words: str | None) -> None:
    breach = total_pixels_breach({"minimum": 262144, "maximum": 4194304}, value)
    assert (words in breach) if words and breach else breach is words


def test_a_bound_that_is_not_given_does_not_bind() -> None:
    assert total_pixels_breach({"minimum": 2}, "99999*99999") is None
    assert total_pixels_breach({"maximum": 2}, "1*1") is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://example.com/a.png", "url"),
        ("HTTP://example.com", "url"),
        ("https://", None),
        ("ftp://example.com/a.png", None),
        ("data:image/png;base64,AAAA", "data-uri"),
        ("data:image/png,AAAA", None),
        ("data:image/png;base64,", None),
        ("AAAA", "base64"),
        ("AA\nAA", "base64"),
        ("AAA", None),
        ("a cat!", None),
        ("", None),
        ("@cat.png", "file"),
        ("@../cat.png", None),
    ],
)
def test_the_form_of_an_image(text: str, form: str | None) -> None:
    assert image_form(text) == form


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (_png(10, 10), None),
        (_png(20, 20), None),
        (_png(3, 33), "99 pixels, fewer than 100"),
        (_png(20, 21), "420 pixels, more than 400"),
        (base64.b64encode(b"x" * 24).decode(), None),
        (base64.b64encode(b"x" * 25).decode(), "25 bytes, more than 24"),
        ("https://example.com/a.png", None),
        (f"data:image/png;base64,{_png(10, 10)}", "data-uri"),
        ("nothing!", "no image"),
        (5, None),
    ],
)
def test_an_image_keeps_its_forms_bytes_and_pixels(value: object, words: str | None) -> None:
    limits = {"forms": ["url", "base64"], "minPixels": 100, "maxPixels": 400, "maxBytes": 24}
    breach = image_breach(limits, value)
    assert (words in breach) if words and breach else breach is words
