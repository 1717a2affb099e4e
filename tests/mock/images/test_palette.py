"""Palettes: each colour covers its share, letters included; what can't be read says nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from generator.mock.images.palette import swatches
from generator.mock.images.recipe import Swatch

from .drawn import colours, drawn, recipe

if TYPE_CHECKING:
    from PIL import Image

DOCUMENTED = [("#C2D1E6", "50.00%"), ("#35588C", "30.00%"), ("#F2E7D5", "20.00%")]
TEN = [(f"#{20 * i:02X}{255 - 20 * i:02X}{(90 * i) % 256:02X}", "10.00%") for i in range(10)]


def shares(image: Image.Image, palette: tuple[Swatch, ...]) -> list[float]:
    """Which part of the pixels is nearest to each colour."""
    nearest: Counter[int] = Counter()
    for times, pixel in colours(image):
        nearest[min(range(len(palette)), key=lambda index: _distance(pixel, palette[index]))] += times
    return [nearest[index] / (image.width * image.height) for index in range(len(palette))]


def _distance(pixel: tuple[int, ...], swatch: Swatch) -> int:
    return sum((a - b) ** 2 for a, b in zip(pixel, (swatch.red, swatch.green, swatch.blue), strict=True))


@pytest.mark.parametrize("stated", [DOCUMENTED, TEN, [("#000000", "97%"), ("#FFFFFF", "3%")], [("#808080", "100%")]])
@pytest.mark.parametrize("size", [(256, 256), (512, 512), (1024, 576), (300, 900)])
@pytest.mark.parametrize("index", [1, 2])
def test_each_colour_covers_its_share(stated: list[tuple[str, str]], size: tuple[int, int], index: int) -> None:
    palette = swatches(stated)
    for sequential in (False, True):
        image = drawn(recipe(*size, palette=palette, sequential=sequential, index=index, count=4, prompt="a cat " * 9))
        found = shares(image, palette)
        assert found == pytest.approx([swatch.share for swatch in palette], abs=0.04)


def test_letters_are_of_the_colour_that_is_read_best() -> None:
    dark = drawn(recipe(512, 512, palette=swatches([("#102040", "100%")])))
    light = drawn(recipe(512, 512, palette=swatches([("#F0F0C0", "100%")])))
    assert {pixel for _, pixel in colours(dark) if pixel != (0x10, 0x20, 0x40)} == {(250, 250, 250)}
    assert {pixel for _, pixel in colours(light) if pixel != (0xF0, 0xF0, 0xC0)} == {(24, 24, 28)}


def test_shares_that_make_no_whole_are_taken_as_proportions() -> None:
    assert [swatch.share for swatch in swatches([("#FF0000", "30%"), ("#00FF00", "10.0%")])] == [0.75, 0.25]


@pytest.mark.parametrize(
    "stated",
    [
        [],
        [("red", "100%")],
        [("#12345", "100%")],
        [("#123456", "0.00%")],
        [("#123456", "much")],
        [("#\u0661\u0662\u0663\u0664\u0665\u0666", "10%")],
    ],
)
def test_what_cannot_be_read_is_no_palette(stated: list[tuple[str, str]]) -> None:
    assert swatches(stated) == ()


def test_of_a_palette_the_rest_stays_where_an_entry_cannot_be_read() -> None:
    assert swatches([("red", "50%"), ("0000ff", "50%")]) == (Swatch(0, 0, 255, 1.0),)


@pytest.mark.parametrize("percent", ["9" * 400 + "%", "0." + "1" * 400 + "%"])
def test_a_number_of_any_length_is_a_share(percent: str) -> None:
    assert [swatch.share for swatch in swatches([("#000000", percent)])] == [1.0]


def test_a_palette_of_very_many_colours() -> None:
    many = swatches([(f"#{index:06x}", "1%") for index in range(5000)])
    assert sum(swatch.share for swatch in many) == pytest.approx(1)
    assert drawn(recipe(palette=many)).size == (256, 192)
