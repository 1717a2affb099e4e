"""Draws edits of whole images: one image tinted, or several fused, in order and numbered."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from generator.mock.images.lettering import INK as INK_COLOUR
from generator.mock.images.lettering import PAPER as PAPER_COLOUR
from generator.mock.images.lettering import Colour, leading, letter_height, rows_of, write
from generator.mock.images.scene import INK, PAPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.mock.images.recipe import Box, Source
    from generator.mock.requests.inputs import Inputs

Size = tuple[int, int]

_WORKING_SIDE: Final = 1024  # pixels; inputs are edited at this size, which keeps large ones quick
_COLOURS: Final = 200  # of the palette's 256 for an edited image; the last two are the caption's
_TINT: Final = 0.25
_MOST_PANELS: Final = 100
_LEAST_PANEL: Final = 8  # pixels a side
_BLURRED_SIDE: Final = 12  # pixels; nothing is to be recognised


def fused(digest: bytes, size: Size, sources: Sequence[Source], inputs: Inputs, *, blurred: bool) -> Image.Image:
    """An edit of input images.

    Args:
        digest: Decides on the tint.
        size: Width and height, in pixels.
        sources: The inputs; at most 100 are shown.
        inputs: Reads them.
        blurred: Whether nothing is to be recognised.

    Returns:
        A picture with a palette, which has the entries for ink and paper.
    """
    scale = min(1.0, _WORKING_SIDE / max(size))
    working = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    picture = Image.new("RGB", working)
    for source, panel in zip(sources, panels(len(sources), working), strict=False):
        picture.paste(inputs.reduced(source, (panel[2] - panel[0], panel[3] - panel[1])), panel[:2])
    picture = Image.blend(picture, Image.new("RGB", working, tuple(digest[:3])), _TINT)
    finished = few_colours(blur(picture) if blurred else picture, size)
    if len(sources) > 1:
        for number, panel in enumerate(panels(len(sources), size), 1):
            add_badge(finished, str(number), panel, INK, PAPER)
    return finished


def few_colours(picture: Image.Image, size: Size) -> Image.Image:
    """A picture with a palette, enlarged to a size."""
    few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = (few.getpalette() or [])[: PAPER * 3]
    few.putpalette([*palette, *[0] * (PAPER * 3 - len(palette)), *PAPER_COLOUR, *INK_COLOUR])
    return few if few.size == size else few.resize(size, Image.Resampling.NEAREST)


def blur(picture: Image.Image) -> Image.Image:
    """A picture of which only the colours are left, as safe mode shows it."""
    small = max(1, min(_BLURRED_SIDE, picture.width)), max(1, min(_BLURRED_SIDE, picture.height))
    return picture.resize(small, Image.Resampling.BOX).resize(picture.size, Image.Resampling.BILINEAR)


def panels(count: int, size: Size) -> Iterator[Box]:
    """Where the inputs are shown: from left to right, then from top to bottom, without gaps.

    Args:
        count: How many inputs there are.
        size: Width and height of the picture, in pixels.
    """
    width, height = size
    room = max(1, width // _LEAST_PANEL) * max(1, height // _LEAST_PANEL)
    count = min(count, _MOST_PANELS, room)
    across = min(range(1, count + 1), key=lambda columns: _oddness(columns, count, size))
    rows = math.ceil(count / across)
    for row in range(rows):
        in_row = min(across, count - row * across)
        for column in range(in_row):
            yield (
                column * width // in_row,
                row * height // rows,
                (column + 1) * width // in_row,
                (row + 1) * height // rows,
            )


def _oddness(columns: int, count: int, size: Size) -> float:
    """How far panels are from squares if there are so many in a row."""
    rows = math.ceil(count / columns)
    return round(abs(math.log((size[0] / columns) / (size[1] / rows))), 9)


def add_badge(picture: Image.Image, text: str, panel: Box, ink: Colour, paper: Colour) -> None:
    """Write a short text into the upper left corner of a panel, if there is room for it."""
    height = letter_height(picture.size)
    wide, high = panel[2] - panel[0], panel[3] - panel[1]
    row = rows_of([text], wide, height, 1)
    across = round(row[0][1].getlength(text)) + height
    if across > wide or leading(height) + height // 2 > high:
        return
    corner = panel[0] + across, panel[1] + leading(height) + height // 4
    ImageDraw.Draw(picture).rectangle((*panel[:2], *corner), fill=paper)
    write(picture, row, (panel[0] + height // 2, panel[1] + height // 8), leading(height), ink)
