"""Colour palettes: what a request says of them, and pictures in which each colour covers its share."""

from __future__ import annotations

import hashlib
import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops

from generator.mock.images.lettering import INK as INK_COLOUR
from generator.mock.images.lettering import PAPER as PAPER_COLOUR
from generator.mock.images.recipe import Swatch
from generator.mock.images.scene import INK, PAPER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.mock.images.recipe import Box

Size = tuple[int, int]

_HEX: Final = re.compile(r"#?([0-9A-Fa-f]{6})")
_PERCENT: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)[0-9]*%")
_MOST: Final = 200  # colours; a palette has 256 entries
_GRAIN: Final = 6  # patches of the picture, across and down
_DARK: Final = 0.19  # relative luminance under which paper contrasts more than ink


def swatches(stated: Iterable[tuple[str, str]]) -> tuple[Swatch, ...]:
    """A palette as requests state it.

    Args:
        stated: For each colour ``#`` with six hexadecimal digits, and its share in percent.

    Returns:
        The colours whose notation can be read, with shares that add up to 1. What can't be read isn't taken for
        anything; no document says that it is refused.
    """
    known = [
        (bytes.fromhex(colour[1]), float(share[1]))
        for text, percent in stated
        if (colour := _HEX.fullmatch(text)) and (share := _PERCENT.fullmatch(percent)) and float(share[1]) > 0
    ][:_MOST]
    total = sum(share for _, share in known)
    return tuple(Swatch(red, green, blue, share / total) for (red, green, blue), share in known)


def themed(
    digest: bytes, size: Size, palette: Sequence[Swatch], rows: Sequence[int] = (), subject: Box | None = None
) -> tuple[Image.Image, list[int]]:
    """A picture of a palette's colours alone, each covering its share.

    A field of soft hills is cut at such heights that what lies between two of them has the area wanted. Rows to write
    on are of one colour each, taken from its share.

    Args:
        digest: Decides on the forms.
        size: Width and height, in pixels.
        palette: The colours, at least one.
        rows: Heights of rows at the lower edge, in pixels, the upper first.
        subject: Where a round hill stands, for a sequential set.

    Returns:
        The picture, and for each row the palette's entry that is read best on it.
    """
    width, height = size
    left = [swatch.share * width * height for swatch in palette]
    entries = []
    for row in rows:
        entry = max(range(len(left)), key=left.__getitem__)
        left[entry] -= width * row
        entries.append(entry)
    top = height - sum(rows)
    picture = Image.new("P", size)
    picture.paste(_cut(_hills(digest, (width, top)), left), (0, 0))
    if subject:
        _add_dome(picture, subject, left)
    for row, entry in zip(rows, entries, strict=True):
        picture.paste(entry, (0, top, width, top + row))
        top += row
    colours = [part for swatch in palette for part in (swatch.red, swatch.green, swatch.blue)]
    picture.putpalette([*colours, *[0] * (PAPER * 3 - len(colours)), *PAPER_COLOUR, *INK_COLOUR])
    return picture, [INK if _luminance(palette[entry]) > _DARK else PAPER for entry in entries]


def _hills(digest: bytes, size: Size) -> Image.Image:
    heights = hashlib.shake_256(digest).digest(_GRAIN * _GRAIN)
    return Image.frombytes("L", (_GRAIN, _GRAIN), heights).resize(size, Image.Resampling.BILINEAR)


def _add_dome(picture: Image.Image, box: Box, areas: Sequence[float]) -> None:
    """Put a round hill on top, cut by itself so that what is around it stays as it is."""
    size = box[2] - box[0], box[3] - box[1]
    dome = ImageChops.invert(Image.radial_gradient("L")).resize(size, Image.Resampling.BILINEAR)
    foot = dome.point([0, *[255] * 255])
    picture.paste(_cut(dome, areas, foot), box[:2], foot)


def _cut(field: Image.Image, areas: Sequence[float], mask: Image.Image | None = None) -> Image.Image:
    """A field of heights as palette entries, lowest first, that cover areas of these proportions (of the mask)."""
    pixels = field.histogram(mask)
    wanted = [max(0.0, area) for area in areas]
    scale = sum(pixels) / (sum(wanted) or 1)
    bounds = [bound * scale for bound in accumulate(wanted)]
    entries, entry = [], 0
    for below, here in zip(accumulate(pixels, initial=0), pixels, strict=False):
        while entry < len(areas) - 1 and below + here / 2 > bounds[entry]:
            entry += 1
        entries.append(entry)
    return field.point(entries)


def _luminance(swatch: Swatch) -> float:
    """The relative luminance, as the Web Content Accessibility Guidelines define it."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  sRGB's transfer function
        for part in (swatch.red / 255, swatch.green / 255, swatch.blue / 255)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
