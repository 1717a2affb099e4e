"""What the tests of pictures share: recipes, input images, ways to look at what was drawn."""

from __future__ import annotations

import functools
import hashlib
import io
from typing import TYPE_CHECKING, Any

from attrs import evolve
from PIL import Image, ImageChops, ImageStat

from generator.mock.images.caption import Caption
from generator.mock.images.pictures import draw
from generator.mock.images.recipe import Recipe, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

RECIPE = Recipe(bytes(range(1, 33)), "png", Caption("model", "a cat", 256, 192, 7))


def recipe(width: int = 256, height: int = 192, **changes: Any) -> Recipe:
    """The recipe with changes: those of its caption by their names, the others as the recipe's."""
    own = {name: changes.pop(name) for name in ("digest", "format", "sources", "palette", "boxes") if name in changes}
    return evolve(RECIPE, caption=evolve(RECIPE.caption, width=width, height=height, **changes), **own)


def drawn(wanted: Recipe, *inputs: bytes) -> Image.Image:
    """The picture of a recipe, as red, green and blue; its inputs, if any are given, are the recipe's sources."""
    kept = {hashlib.sha256(content).hexdigest(): content for content in inputs}
    if inputs:
        caption = evolve(wanted.caption, inputs=len(inputs))
        wanted = evolve(wanted, sources=tuple(Source.blob(digest) for digest in kept), caption=caption)
    return opened(draw(wanted, kept.get)).convert("RGB")


def opened(content: bytes) -> Image.Image:
    """An image file, decoded."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (300, 200)) -> bytes:
    """A PNG of one colour."""
    return as_file(Image.new("RGB", size, colour))


def as_file(image: Image.Image, file_format: str = "PNG") -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    image.save(file, file_format)
    return file.getvalue()


def colour(image: Image.Image, box: tuple[int, int, int, int]) -> Sequence[float]:
    """The mean colour of a region."""
    return ImageStat.Stat(image.convert("RGB").crop(box)).mean


def colours(image: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    """Every colour of a picture in red, green and blue, behind the number of its pixels."""
    found: Any = image.getcolors(image.width * image.height)
    return list(found)


def differing(one: Image.Image, other: Image.Image) -> float:
    """Which part of the pixels of two pictures differs."""
    bands = ImageChops.difference(one, other).split()
    most = functools.reduce(ImageChops.lighter, bands)
    return 1 - most.histogram()[0] / (one.width * one.height)


def pixels(image: Image.Image) -> list[tuple[int, ...]]:
    """Every pixel, row by row."""
    raw, bands = image.tobytes(), len(image.getbands())
    return [tuple(raw[at : at + bands]) for at in range(0, len(raw), bands)]
