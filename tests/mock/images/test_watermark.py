"""Watermarks: visible in the lower right corner of every kind of picture, and only where they are asked for."""

from __future__ import annotations

from typing import Any

import pytest

from generator.mock.images.recipe import Source, Swatch
from generator.mock.images.watermark import plate_size

from .drawn import differing, drawn, pixels, recipe

URL = (Source.url("https://example.com/a.png"),)
KINDS: list[dict[str, Any]] = [
    {},
    {"sequential": True},
    {"sources": URL},
    {"sources": URL, "boxes": (((0, 0, 50, 50),),)},
    {"palette": (Swatch(20, 20, 30, 1.0),)},
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(256, 192), (1024, 1024)])
def test_a_watermark_is_seen_in_the_corner(kind: dict[str, Any], size: tuple[int, int]) -> None:
    image = drawn(recipe(*size, watermark=True, **kind))
    wide, high = plate_size(size)
    plate = pixels(image.crop((size[0] - wide, size[1] - high, *size)))
    assert set(plate) == {(24, 24, 28), (250, 250, 250)}
    assert 0.05 < plate.count((250, 250, 250)) / len(plate) < 0.5


@pytest.mark.parametrize("size", [(1, 1), (40, 40)])
def test_on_the_smallest_pictures_it_is_a_plain_corner(size: tuple[int, int]) -> None:
    with_it, without = (drawn(recipe(*size, watermark=watermark)) for watermark in (True, False))
    assert differing(with_it, without) > 0


def test_apart_from_the_edge_the_picture_is_the_same() -> None:
    with_it, without = (drawn(recipe(512, 512, watermark=watermark)) for watermark in (True, False))
    assert with_it.crop((0, 0, 512, 380)).tobytes() == without.crop((0, 0, 512, 380)).tobytes()
