"""Draws the mock's images: real files, the same for the same recipe, each showing what it was made from."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from attrs import frozen
from PIL import ImageDraw

from generator.mock.images.boxes import edited_in_boxes
from generator.mock.images.encoding import encoded
from generator.mock.images.fusing import blur, few_colours, fused
from generator.mock.images.lettering import INK as INK_COLOUR
from generator.mock.images.lettering import PAPER as PAPER_COLOUR
from generator.mock.images.lettering import leading, letter_height, rows_of, write
from generator.mock.images.palette import themed
from generator.mock.images.scene import INK, PAPER, add_subject, painted, subject_box
from generator.mock.images.watermark import add_watermark, plate_size
from generator.mock.requests.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from generator.mock.images.lettering import Font
    from generator.mock.images.recipe import Recipe

_SMALLEST_CAPTIONED: Final = 96  # pixels


def _nothing(_digest: str) -> bytes | None:
    return None


def draw(recipe: Recipe, read: Callable[[str], bytes | None] = _nothing) -> bytes:
    """Draw an image.

    Args:
        recipe: What to draw; at most `MAX_PIXELS` pixels.
        read: Gives the bytes of an input image by their SHA-256 in hexadecimal; None if they aren't kept, and a
            stand-in is drawn.

    Returns:
        The image file. The same recipe and inputs give the same bytes, in any process.
    """
    digest = hashlib.sha256(recipe.digest + b"%d" % recipe.caption.index).digest()
    if recipe.sources and recipe.boxes is not None:
        picture = edited_in_boxes(recipe, digest, Inputs(read))
        if recipe.caption.watermark:
            add_watermark(picture, INK_COLOUR, PAPER_COLOUR)
        return encoded(picture, recipe)
    text = _Text.of(recipe)
    if recipe.sources:
        picture = fused(digest, recipe.size, recipe.sources, Inputs(read), blurred=recipe.caption.blurred)
    elif recipe.palette:
        picture = _themed(recipe, digest, text)
    else:
        picture = _painted(recipe, digest)
    if not recipe.palette or recipe.sources:
        ImageDraw.Draw(picture).rectangle((0, text.top, *picture.size), fill=PAPER)
        text.write(picture)
    if recipe.caption.watermark:
        add_watermark(picture, INK, PAPER)
    return encoded(picture, recipe)


@frozen
class _Text:
    """The caption of a picture, laid out at its lower edge, above the watermark if there is one."""

    rows: Sequence[tuple[str, Font]]
    top: int
    step: int
    margin: int
    below: int

    @classmethod
    def of(cls, recipe: Recipe) -> _Text:
        width, height = recipe.size
        if min(recipe.size) < _SMALLEST_CAPTIONED:
            return cls((), height, 0, 0, 0)
        letters = letter_height(recipe.size)
        step = leading(letters)
        margin = letters // 2
        below = plate_size(recipe.size)[1] if recipe.caption.watermark else margin
        most = max(1, (height // 2 - below - margin) // step)
        rows = rows_of(recipe.caption.lines(), width - 2 * margin, letters, most)
        return cls(rows, height - below - step * len(rows) - margin, step, margin, below)

    def heights(self) -> list[int]:
        """What each row takes of the picture, in pixels; the last one with what is below it."""
        taken = [self.step] * len(self.rows)
        if taken:
            taken[-1] += self.below
            taken[0] += self.margin
        return taken

    def write(self, picture: Image.Image, inks: Sequence[int] = ()) -> None:
        """Write it; row by row in other inks if these are given."""
        for index, row in enumerate(self.rows):
            at = self.margin, self.top + self.margin + index * self.step
            write(picture, [row], at, self.step, inks[index] if inks else INK)


def _themed(recipe: Recipe, digest: bytes, text: _Text) -> Image.Image:
    """A picture in the colours of a palette, with its caption on rows of these colours."""
    caption = recipe.caption
    subject = subject_box(recipe.digest, recipe.size, caption.index, caption.count) if caption.sequential else None
    scene = recipe.digest if caption.sequential else digest
    picture, inks = themed(scene, recipe.size, recipe.palette, text.heights(), subject)
    text.write(picture, inks)
    return picture


def _painted(recipe: Recipe, digest: bytes) -> Image.Image:
    """A picture made from nothing. Those of a sequential set share the scene, and the subject moves."""
    caption = recipe.caption
    picture = painted(recipe.digest if caption.sequential else digest, recipe.size)
    if caption.sequential:
        add_subject(picture, subject_box(recipe.digest, recipe.size, caption.index, caption.count), caption.index)
    return few_colours(blur(picture.convert("RGB")), recipe.size) if caption.blurred else picture
