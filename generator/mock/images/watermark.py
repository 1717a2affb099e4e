"""The watermark: a plate in the lower right corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import ImageDraw

from generator.mock.images.lettering import Colour, leading, letter_height, rows_of, write

if TYPE_CHECKING:
    from PIL import Image

TEXT: Final = "watermark"


def plate_size(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height of the plate on a picture of a size, in pixels: a fifth of a picture too small for letters."""
    height = letter_height(size)
    font = rows_of([TEXT], size[0], height, 1)[0][1]
    wide, high = round(font.getlength(TEXT)) + height, leading(height) + height // 4
    if wide > size[0] or high > size[1]:
        return max(1, size[0] // 5), max(1, size[1] // 5)
    return wide, high


def add_watermark(picture: Image.Image, ink: Colour, paper: Colour) -> None:
    """Draw the watermark, light on dark, with a light edge to tell it from a dark picture."""
    wide, high = plate_size(picture.size)
    left, top = picture.width - wide, picture.height - high
    corner = picture.width - 1, picture.height - 1
    ImageDraw.Draw(picture).rectangle((left, top, *corner), fill=ink, outline=paper)
    height = letter_height(picture.size)
    if high >= leading(height):
        write(picture, rows_of([TEXT], wide, height, 1), (left + height // 2, top + height // 8), high, paper)
