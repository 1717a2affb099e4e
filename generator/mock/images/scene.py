"""Paints pictures of nothing in particular: colours and forms that follow from a digest."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from generator.mock.images.lettering import INK as INK_COLOUR
from generator.mock.images.lettering import PAPER as PAPER_COLOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

PAPER: Final = 254
"""The palette's entry for what captions are written on."""
INK: Final = 255
"""The palette's entry for letters."""

_SUBJECT, _ACCENT = 252, 253  # the entries for the subject of a sequential set
_GRADIENT: Final = 252  # entries
_CORNERS: Final = (2, 8, 14, 20)  # where in the digest the gradient's colours stand


def painted(digest: bytes, size: tuple[int, int]) -> Image.Image:
    """A soft gradient of four colours with a few forms on it.

    Args:
        digest: Decides on colours and forms; 32 bytes.
        size: Width and height, in pixels.

    Returns:
        A picture with a palette: one byte a pixel keeps large images quick.
    """
    light = Image.frombytes("L", (3, 3), bytes(byte * _GRADIENT // 256 for byte in digest[:9]))
    picture = light.resize(size, Image.Resampling.BILINEAR)
    picture.putpalette(list(_palette(digest)))
    pen = ImageDraw.Draw(picture)
    width, height = size
    for x, y, extent, colour in zip(digest[9:13], digest[13:17], digest[17:21], digest[21:25], strict=True):
        left, top, side = x * width // 256, y * height // 256, (32 + extent // 2) * min(size) // 512
        form = pen.ellipse if colour % 2 else pen.rectangle
        form((left - side, top - side, left + side, top + side), fill=colour * _GRADIENT // 256)
    return picture


def _palette(digest: bytes) -> Iterator[int]:
    """256 colours as red, green, blue: from one corner colour to the next, the subject's two, the caption's two."""
    corners = [digest[i : i + 3] for i in _CORNERS]
    steps = _GRADIENT // 3
    for start, end in pairwise(corners):
        for step in range(steps):
            yield from (a + (b - a) * step // steps for a, b in zip(start, end, strict=True))
    yield from (255 - value for value in corners[0])
    yield from (255 - value for value in corners[-1])
    yield from (*PAPER_COLOUR, *INK_COLOUR)


def subject_box(digest: bytes, size: tuple[int, int], index: int, count: int) -> tuple[int, int, int, int]:
    """Where the subject of a sequential set is in one of its images: it goes from left to right, hopping.

    Args:
        digest: The set's.
        size: Width and height of the image, in pixels.
        index: Which image of the set, from 1.
        count: How many images the set has.

    Returns:
        Left, top, right and bottom, in the upper half, which no caption covers.
    """
    width, height = size
    side = max(1, min(width, height // 2) // 4)
    left = (width - side) * (2 * index - 1) // (2 * count)
    top = (height // 2 - side) * (64 + digest[25] // 2 + (64 if index % 2 else 0)) // 256
    return left, max(0, top), left + side, max(0, top) + side


def add_subject(picture: Image.Image, box: tuple[int, int, int, int], index: int) -> None:
    """Draw the subject of a sequential set: a round face that looks elsewhere each time."""
    left, top, right, bottom = box
    side = right - left
    pen = ImageDraw.Draw(picture)
    pen.ellipse((left, top, right, bottom), fill=_SUBJECT, outline=_ACCENT, width=max(1, side // 16))
    glance = (index * 5 % 7 - 3) * side // 24
    for eye in (-1, 1):
        x, y, radius = left + side // 2 + eye * side // 5 + glance, top + side * 2 // 5, max(1, side // 12)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_ACCENT)
