"""Draws the mock's images: real files, the same for the same recipe, each showing what it was made from."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import field, frozen
from PIL import Image, ImageDraw, ImageFont, ImageOps

from generator.mock.image_input import FORMATS, TOO_LARGE, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_PIXELS: Final = 4096 * 4096
"""The most pixels that the mock draws. Only where the documents give no bound can more be asked for."""

MEDIA_TYPES: Final = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
"""The file formats that the mock writes, with their media types."""

_MAX_SOURCE_PIXELS = 34_000_000  # of an input image that is decoded; a larger one is represented by a stand-in
_WORKING_SIDE = 1024  # pixels; inputs are edited at this size, which keeps large ones quick
_COLOURS = 200  # of the palette's 256 for an edited image; the last two are the caption's
_INK, _PAPER = 255, 254
_SMALLEST_CAPTIONED = 96  # pixels
_STAND_IN_SIDE = 512  # pixels
_INSETS = 3  # further input images that are shown, in a row


@frozen
class Recipe:
    """All that an image is drawn from.

    Attributes:
        digest: Decides on colours and forms; 32 bytes.
        width: In pixels.
        height: In pixels.
        format: A key of `MEDIA_TYPES`.
        caption: The lines written on the image.
        sources: The input images, for an edit: the content of each, or the URL, which is never fetched.
    """

    digest: bytes
    width: int
    height: int
    format: str
    caption: tuple[str, ...]
    sources: tuple[bytes | str, ...] = field(default=(), repr=False)

    @property
    def media_type(self) -> str:
        """The image file's media type."""
        return MEDIA_TYPES[self.format]

    @property
    def weight(self) -> int:
        """What it takes to keep the recipe, in bytes, roughly."""
        return 500 + sum(len(source) for source in self.sources)


def draw(recipe: Recipe) -> bytes:
    """Draw an image.

    Args:
        recipe: What to draw; at most `MAX_PIXELS` pixels.

    Returns:
        The image file. The same recipe gives the same bytes.
    """
    size = recipe.width, recipe.height
    picture = _edited(recipe, size) if recipe.sources else _painted(recipe.digest, size)
    if min(size) >= _SMALLEST_CAPTIONED:
        _write(picture, recipe.caption)
    return _encoded(picture, recipe.format)


def _painted(digest: bytes, size: tuple[int, int]) -> Image.Image:
    """A soft gradient of four colours with a few forms on it. One byte a pixel keeps large images quick."""
    field_of_light = Image.frombytes("L", (3, 3), bytes(byte * _PAPER // 256 for byte in digest[:9]))
    picture = field_of_light.resize(size, Image.Resampling.BILINEAR)
    picture.putpalette(list(_gradient(digest)))
    pen = ImageDraw.Draw(picture)
    width, height = size
    for x, y, extent, colour in zip(digest[9:13], digest[13:17], digest[17:21], digest[21:25], strict=True):
        left, top, side = x * width // 256, y * height // 256, (32 + extent // 2) * min(size) // 512
        form = pen.ellipse if colour % 2 else pen.rectangle
        form((left - side, top - side, left + side, top + side), fill=colour * _PAPER // 256)
    return picture


def _gradient(digest: bytes) -> Iterator[int]:
    """The palette: 256 colours as red, green, blue, from one corner colour to the next; the caption's at the end."""
    corners = [digest[i : i + 3] for i in (2, 8, 14, 20)]
    steps = 85  # three stretches of 85 make 255
    for start, end in pairwise(corners):
        for step in range(steps):
            yield from (a + (b - a) * step // steps for a, b in zip(start, end, strict=True))
    yield from corners[-1]


def _edited(recipe: Recipe, size: tuple[int, int]) -> Image.Image:
    """The first input image, tinted; the others as small insets."""
    scale = min(1.0, _WORKING_SIDE / max(size))
    working = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    first, *others = [_source(source) for source in recipe.sources[: _INSETS + 1]]
    picture = ImageOps.fit(first, working)
    picture = Image.blend(picture, Image.new("RGB", working, tuple(recipe.digest[:3])), 0.25)
    inset = max(1, min(working) // 4)
    for index, other in enumerate(others):
        picture.paste(ImageOps.fit(other, (inset, inset)), (index * inset, 0))
    few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    few.putpalette([*palette, *[0] * (768 - len(palette))])
    return few if working == size else few.resize(size, Image.Resampling.NEAREST)


def _source(source: bytes | str) -> Image.Image:
    """An input image's pixels; a stand-in, always the same, for a URL and for bytes that are no image."""
    if isinstance(source, bytes):
        try:
            with Image.open(io.BytesIO(source), formats=FORMATS) as image:
                if image.width * image.height <= _MAX_SOURCE_PIXELS:
                    image.draft("RGB", (_WORKING_SIDE, _WORKING_SIDE))
                    image.thumbnail((2 * _WORKING_SIDE, 2 * _WORKING_SIDE), Image.Resampling.BOX)
                    return _opaque(image)
        except (*TOO_LARGE, *UNREADABLE):
            # A document that sets no limits on an image doesn't ask for one that can be read either.
            pass
    content = source if isinstance(source, bytes) else source.encode()
    return _painted(hashlib.sha256(content).digest(), (_STAND_IN_SIDE, _STAND_IN_SIDE)).convert("RGB")


def _opaque(image: Image.Image) -> Image.Image:
    """The image upright and without transparency."""
    upright = ImageOps.exif_transpose(image)
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    layered = upright.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")


def _write(picture: Image.Image, lines: Sequence[str]) -> None:
    """Write lines on a band at the lower edge of an image with a palette, as many as there is room for."""
    palette = picture.getpalette() or []
    palette[_PAPER * 3 :] = [24, 24, 28, 250, 250, 250]
    picture.putpalette(palette)
    size = max(10, min(picture.size) // 36)
    margin, leading = size // 2, size * 5 // 4
    shown = lines[: max(1, (picture.height // 2) // leading)]
    top = picture.height - leading * len(shown) - margin
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, top - margin, picture.width, picture.height), fill=_PAPER)
    for index, line in enumerate(shown):
        pen.text((margin, top + index * leading), _fitting(line, picture.width - 2 * margin, size), _INK, _font(size))


def _fitting(line: str, width: int, size: int) -> str:
    """As much of a line as fits into a width, in pixels; letters are about half as wide as they are high."""
    text = "".join(letter if letter.isprintable() else " " for letter in line)
    room = max(1, width * 2 // size)
    return text if len(text) <= room else f"{text[: room - 1]}…"


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _encoded(picture: Image.Image, file_format: str) -> bytes:
    file = io.BytesIO()
    match file_format:
        case "png":
            picture.save(file, "PNG", compress_level=1)
        case "jpeg":
            picture.convert("RGB").save(file, "JPEG", quality=85)
        case _:
            picture.convert("RGB").save(file, "WEBP", quality=80, method=0)
    return file.getvalue()
