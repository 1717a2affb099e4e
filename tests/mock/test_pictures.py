"""Pictures: real files, of the size and format asked for, the same for the same recipe."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from PIL import Image, ImageStat

from generator.mock.pictures import Recipe, draw
from generator.mock.results import Results

if TYPE_CHECKING:
    from collections.abc import Sequence

RECIPE = Recipe(bytes(range(1, 33)), 256, 192, "png", ("model", "256*192, image 1 of 1, seed 0", "a cat\n\x00 猫"))


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def colour(image: Image.Image, box: tuple[int, int, int, int]) -> Sequence[float]:
    return ImageStat.Stat(image.convert("RGB").crop(box)).mean


@pytest.mark.parametrize("file_format", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("size", [(1, 1), (95, 95), (96, 96), (640, 100), (100, 640), (1024, 439)])
@pytest.mark.parametrize("sources", [(), ("https://example.com/a.png", b"no image")])
def test_size_and_format(file_format: str, size: tuple[int, int], sources: tuple[bytes | str, ...]) -> None:
    recipe = evolve(RECIPE, width=size[0], height=size[1], format=file_format, sources=sources)
    image = opened(draw(recipe))
    assert (image.size, image.format) == (size, file_format.upper())
    assert recipe.media_type == f"image/{file_format}"


@pytest.mark.parametrize("size", [(1, 300_000), (300_000, 1), (4096, 4096)])
@pytest.mark.parametrize("sources", [(), ("https://example.com/a.png",)])
def test_extreme_sizes(size: tuple[int, int], sources: tuple[str, ...]) -> None:
    with Image.open(io.BytesIO(draw(evolve(RECIPE, width=size[0], height=size[1], sources=sources)))) as image:
        assert image.size == size


def test_the_same_recipe_gives_the_same_bytes() -> None:
    assert draw(RECIPE) == draw(evolve(RECIPE))


@pytest.mark.parametrize("change", [{"digest": bytes(32)}, {"caption": ("another",)}, {"sources": ("https://x/",)}])
def test_another_recipe_gives_other_bytes(change: dict[str, Any]) -> None:
    assert draw(evolve(RECIPE, **change)) != draw(RECIPE)


def test_an_edit_shows_the_input(png: bytes) -> None:
    image = opened(draw(evolve(RECIPE, width=640, height=480, digest=b"\x80" * 32, sources=(png,))))
    red, _, blue = colour(image, (20, 20, 280, 300))
    assert red > blue + 50
    red, _, blue = colour(image, (340, 20, 620, 300))
    assert blue > red + 50


def test_a_second_input_is_shown_on_the_first(png: bytes) -> None:
    one = opened(draw(evolve(RECIPE, sources=(png,))))
    two = opened(draw(evolve(RECIPE, sources=(png, "https://example.com/b.png"))))
    assert colour(one, (0, 0, 40, 40)) != colour(two, (0, 0, 40, 40))
    assert colour(one, (100, 0, 250, 100)) == pytest.approx(colour(two, (100, 0, 250, 100)), abs=12)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "I;16", "CMYK"])
def test_inputs_of_any_mode(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (40, 30)).save(file, "TIFF")
    assert opened(draw(evolve(RECIPE, sources=(file.getvalue(),)))).size == (256, 192)


def test_the_caption_is_written() -> None:
    plain, written = (opened(draw(evolve(RECIPE, caption=lines))).convert("RGB") for lines in ((), ("model",)))
    band = (0, 180, 256, 192)
    assert plain.crop(band).tobytes() != written.crop(band).tobytes()


def test_results_are_bounded_and_the_longest_unfetched_go_first() -> None:
    results = Results(max_recipes=2)
    one, two, three = (evolve(RECIPE, digest=bytes([number]) * 32) for number in range(3))
    names = [results.keep(recipe).rpartition("/")[2] for recipe in (one, two)]
    assert results.keep(one).endswith(names[0])
    assert results.recipe(names[0]) is one
    results.keep(three)
    assert results.recipe(names[0]) is one
    assert results.recipe(names[1]) is None
    assert len(results) == 2


def test_results_are_bounded_in_bytes() -> None:
    results = Results(max_bytes=10_000)
    for number in range(5):
        results.keep(evolve(RECIPE, digest=bytes([number]) * 32, sources=(bytes(4000),)))
    assert len(results) == 2
