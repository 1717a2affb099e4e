"""Pictures: real files, of the size and format asked for, the same for the same recipe in every process."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from typing import Any

import pytest
from attrs import evolve
from PIL import Image, ImageChops

from generator.mock.images.pictures import draw
from generator.mock.images.recipe import Recipe, Source, Swatch

from .drawn import RECIPE, colour, drawn, opened, recipe

URL = Source.url("https://example.com/a.png")
PALETTE = (Swatch(200, 30, 30, 0.5), Swatch(30, 30, 200, 0.5))


@pytest.mark.parametrize("file_format", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("size", [(1, 1), (95, 95), (96, 96), (640, 100), (100, 640), (1024, 439)])
@pytest.mark.parametrize(
    "made",
    [
        {},
        {"sources": (URL, Source.blob("00" * 32))},
        {"sources": (URL,), "boxes": (((0, 0, 50, 50),),)},
        {"palette": PALETTE, "sequential": True, "index": 3, "count": 3},
        {"sequential": True, "watermark": True},
    ],
)
def test_size_and_format(file_format: str, size: tuple[int, int], made: dict[str, Any]) -> None:
    wanted = recipe(*size, format=file_format, **made)
    image = opened(draw(wanted))
    assert (image.size, image.format) == (size, file_format.upper())
    assert wanted.media_type == f"image/{file_format}"


@pytest.mark.parametrize("size", [(1, 300_000), (300_000, 1), (4096, 4096)])
@pytest.mark.parametrize("made", [{}, {"sources": (URL, URL)}, {"palette": PALETTE, "watermark": True}])
def test_extreme_sizes(size: tuple[int, int], made: dict[str, Any]) -> None:
    with Image.open(io.BytesIO(draw(recipe(*size, **made)))) as image:
        assert image.size == size


@pytest.mark.parametrize(
    "change",
    [
        {"digest": bytes(32)},
        {"caption": evolve(RECIPE.caption, model="another")},
        {"caption": evolve(RECIPE.caption, index=2)},
        {"caption": evolve(RECIPE.caption, watermark=True)},
        {"sources": (URL,)},
        {"palette": PALETTE},
    ],
)
def test_another_recipe_gives_other_pixels(change: dict[str, Any]) -> None:
    one, other = opened(draw(RECIPE)), opened(draw(evolve(RECIPE, **change)))
    assert one.convert("RGB").tobytes() != other.convert("RGB").tobytes()


_ELSEWHERE = """
import hashlib, json, sys
from generator.mock.images.pictures import draw
from generator.mock.images.recipe import Recipe
for line in sys.stdin:
    print(hashlib.sha256(draw(Recipe.of_json(json.loads(line)))).hexdigest())
"""


def test_another_process_draws_the_same_bytes() -> None:
    recipes = [
        recipe(),
        recipe(format="jpeg", sources=(URL,), prompt="猫 🐈 ñ"),
        recipe(format="webp", palette=PALETTE, sequential=True),
        recipe(sources=(URL, URL), boxes=(((5, 5, 90, 90),), ())),
    ]
    for hash_seed in ("1", "2"):
        answer = subprocess.run(  # our own interpreter and code
            [sys.executable, "-c", _ELSEWHERE],
            input="\n".join(wanted.named()[1] for wanted in recipes),
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert answer.stdout.split() == [hashlib.sha256(draw(wanted)).hexdigest() for wanted in recipes]


def test_an_edit_shows_the_input(png: bytes) -> None:
    image = drawn(recipe(640, 480, digest=b"\x80" * 32), png)
    red, _, blue = colour(image, (20, 20, 280, 300))
    assert red > blue + 50
    red, _, blue = colour(image, (340, 20, 620, 300))
    assert blue > red + 50


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "I;16", "CMYK"])
@pytest.mark.parametrize("boxes", [None, (((0, 0, 20, 20),),)])
def test_inputs_of_any_mode(mode: str, boxes: Any) -> None:
    file = io.BytesIO()
    Image.new(mode, (40, 30)).save(file, "TIFF")
    assert drawn(recipe(boxes=boxes), file.getvalue()).size == (256, 192)


@pytest.mark.parametrize("made", [{}, {"sources": (URL,)}, {"sources": (URL,), "boxes": ((),)}])
def test_safe_mode_leaves_nothing_to_recognise(made: dict[str, Any]) -> None:
    sharp, blurred = (
        drawn(recipe(512, 512, blurred=blurred, **made)).crop((0, 0, 512, 300)) for blurred in (False, True)
    )
    assert _steepest(sharp) > 3 * _steepest(blurred)


def _steepest(image: Image.Image) -> int:
    """The largest step in brightness between neighbours in a row."""
    grey = image.convert("L")
    steps = ImageChops.difference(grey.crop((1, 0, *grey.size)), grey.crop((0, 0, grey.width - 1, grey.height)))
    return max(level for level, count in enumerate(steps.histogram()) if count)


def test_a_lost_input_has_a_stand_in_that_is_always_the_same() -> None:
    wanted = recipe(sources=(Source.blob("11" * 32),))
    assert draw(wanted) == draw(wanted, lambda _digest: b"no image")
    assert draw(wanted) != draw(recipe(sources=(Source.blob("22" * 32),)))


def test_a_recipe_that_was_kept_gives_the_same_bytes() -> None:
    wanted = recipe(palette=PALETTE)
    assert draw(Recipe.of_json(wanted.as_json())) == draw(wanted)
