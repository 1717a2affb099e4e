"""Fused inputs: all are shown, in order, each with its number."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from generator.mock.images.fusing import panels
from generator.mock.images.pictures import draw
from generator.mock.images.recipe import Source

from .drawn import colour, drawn, pixels, plain, recipe

COLOURS = [(220, 0, 0), (0, 200, 0), (0, 0, 220), (210, 210, 0), (0, 200, 200), (200, 0, 200), (250, 250, 250)]


@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_all_inputs_are_shown_in_order_with_their_numbers(count: int) -> None:
    image = drawn(recipe(1024, 1024, digest=b"\x80" * 32), *[plain(each) for each in COLOURS[:count]])
    shown = list(panels(count, (1024, 1024)))
    assert len(shown) == count
    for wanted, (left, top, right, bottom) in zip(COLOURS, shown, strict=False):
        middle = (left + right) // 2, (top + bottom) // 2
        if middle[1] < 850:  # the caption covers what is below
            found = colour(image, (middle[0] - 20, middle[1] - 20, middle[0] + 20, middle[1] + 20))
            assert min(COLOURS, key=lambda each: sum((a - b) ** 2 for a, b in zip(each, found, strict=True))) == wanted
        badge = set(pixels(image.crop((left, top, left + 24, top + 24))))
        assert {(24, 24, 28), (250, 250, 250)} <= badge


def test_another_order_is_another_picture() -> None:
    one, two = plain(COLOURS[0]), plain(COLOURS[1])
    assert drawn(recipe(), one, two).tobytes() != drawn(recipe(), two, one).tobytes()


@pytest.mark.parametrize("count", [1, 2, 5, 17, 100])
@pytest.mark.parametrize("size", [(1024, 1024), (400, 1600), (1600, 400)])
def test_panels_fill_the_picture_and_do_not_overlap(count: int, size: tuple[int, int]) -> None:
    found = list(panels(count, size))
    assert len(found) == count
    cover = Image.new("L", size)
    for panel in found:
        assert cover.crop(panel).getextrema() == (0, 0)
        cover.paste(255, panel)
    assert cover.getextrema() == (255, 255)


@pytest.mark.parametrize("size", [(1, 1), (20, 9), (512, 512)])
def test_very_many_inputs(size: tuple[int, int]) -> None:
    sources = tuple(Source.url(f"https://example.com/{number}") for number in range(3000))
    with Image.open(io.BytesIO(draw(recipe(*size, sources=sources)))) as image:
        assert image.size == size
