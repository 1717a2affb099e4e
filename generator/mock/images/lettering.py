"""Writes on pictures: letters that a person can read, whatever the script and whatever the picture."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Colour = int | tuple[int, int, int]
"""Of a picture with a palette the entry's index, else red, green and blue."""

INK: Final = (24, 24, 28)
PAPER: Final = (250, 250, 250)
SMALLEST: Final = 12
"""The least height of letters, in pixels."""

_ROWS: Final = 3  # that one line may take
_LONGEST: Final = 2000  # characters of a line that are looked at; no picture has room for more
_FALLBACKS: Final = (
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "Arial.ttf",
    "Arial Unicode.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "DroidSansFallbackFull.ttf",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Light.ttc",
    "msyh.ttc",
    "simsun.ttc",
)
"""Fonts of which a system may have some. The one that comes with Pillow has the letters of ASCII alone."""


def letter_height(size: tuple[int, int]) -> int:
    """The height of letters that suits a picture, in pixels."""
    return max(SMALLEST, min(size) // 36)


def leading(height: int) -> int:
    """The distance between rows of letters, in pixels."""
    return height * 5 // 4


def rows_of(lines: Iterable[str], width: int, height: int, most: int) -> list[tuple[str, Font]]:
    """Lines as rows that fit into a width, each with the font to write it in.

    Args:
        lines: The lines; what comes first is the least likely to be left out.
        width: In pixels.
        height: The letters' height, in pixels.
        most: How many rows there is room for.
    """
    rows: list[tuple[str, Font]] = []
    for line in lines:
        text, font = _writable(line[:_LONGEST], height)
        rows += [(row, font) for row in _wrapped(text, font, width)]
    return rows[:most]


def write(picture: Image.Image, rows: Iterable[tuple[str, Font]], at: tuple[int, int], step: int, ink: Colour) -> None:
    """Write rows below each other, the first with its upper left corner at a place; step is their distance."""
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"  # no shades: letters are of one colour, in pictures with a palette and without
    for index, (row, font) in enumerate(rows):
        pen.text((at[0], at[1] + index * step), row, ink, font)


def _wrapped(text: str, font: Font, width: int) -> Iterator[str]:
    """A text's first rows; the last ends in an ellipsis if there is more."""
    for row in range(1, _ROWS + 1):
        fits = _fitting(text, font, width)
        if fits == len(text) or row == _ROWS:
            yield text if fits == len(text) else f"{text[: max(1, fits - 1)]}…"
            return
        cut = text.rfind(" ", 1, fits + 1)
        cut = cut if cut > fits // 2 else fits
        yield text[:cut]
        text = text[cut:].lstrip()


def _fitting(text: str, font: Font, width: int) -> int:
    """How many letters of a text fit into a width; 1 at least."""
    least, most = 1, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if font.getlength(text[:middle]) <= width:
            least = middle
        else:
            most = middle - 1
    return least


def _writable(text: str, height: int) -> tuple[str, Font]:
    """A text as it can be written, and the font that has the most of its letters.

    A letter that no font has is written as its code point, as in Python, so that prompts stay apart.
    """
    text = "".join(letter if letter.isprintable() else " " for letter in text).strip() or " "
    font = _font("", height)
    if text.isascii():
        return text, font
    letters = set(text)
    name, most = "", 0
    for candidate in ("", *_FALLBACKS):
        there = _is_there(candidate) and sum(_has(_font(candidate, SMALLEST), letter) for letter in letters)
        if there > most:
            name, most = candidate, there
        if most == len(letters):
            break
    known = {letter: letter if _has(_font(name, SMALLEST), letter) else _code(letter) for letter in letters}
    return "".join(known[letter] for letter in text), _font(name, height)


def _code(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


@lru_cache(maxsize=4096)
def _has(font: Font, letter: str) -> bool:
    """Whether a font has a letter: it doesn't draw it as what it draws for letters it lacks, nor as nothing."""
    mask = font.getmask(letter)
    return letter == " " or (mask.getbbox() is not None and bytes(mask) != _missing(font))


@lru_cache(maxsize=64)
def _missing(font: Font) -> bytes:
    return bytes(font.getmask("\uffff"))


@lru_cache(maxsize=64)
def _is_there(name: str) -> bool:
    """Whether there is a font of that name; it is looked for once, where the system keeps its fonts."""
    try:
        _font(name, SMALLEST)
    except OSError:
        return False
    return True


@lru_cache(maxsize=64)
def _font(name: str, height: int) -> Font:
    return ImageFont.truetype(name, height, layout_engine=ImageFont.Layout.BASIC) if name else _own_font(height)


def _own_font(height: int) -> Font:
    return ImageFont.load_default(height)
