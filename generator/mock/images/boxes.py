"""Draws edits that keep to boxes: outside of them every pixel is the input's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageOps

from generator.mock.images.fusing import blur, panels
from generator.mock.images.lettering import INK, PAPER, SMALLEST, leading, letter_height, rows_of, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.mock.images.recipe import Box, Recipe
    from generator.mock.requests.inputs import Inputs

_TINT: Final = 0.6
_LETTERS: Final = 8  # that a box must have room for in a row, to be written in


def edited_in_boxes(recipe: Recipe, digest: bytes, inputs: Inputs) -> Image.Image:
    """An edit of the recipe's boxes.

    One input fills the picture; several share it as panels, in order. An input of another size is resized, and not
    cropped, bilinearly (Pillow's `Resampling.BILINEAR`), its boxes with it. Boxes are clipped to their image.

    Args:
        recipe: The recipe, with boxes.
        digest: Decides on the tint.
        inputs: Reads the inputs.

    Returns:
        A picture in red, green and blue, and alpha if an input has any.
    """
    canvas = Image.new("RGB", recipe.size)
    wanted: list[Box] = []
    for index, (source, panel) in enumerate(
        zip(recipe.sources, panels(len(recipe.sources), recipe.size), strict=False)
    ):
        room = panel[2] - panel[0], panel[3] - panel[1]
        picture = inputs.whole(source, room)
        wanted += placed(recipe.boxes[index] if recipe.boxes and index < len(recipe.boxes) else (), picture.size, panel)
        picture = picture if picture.size == room else picture.resize(room, Image.Resampling.BILINEAR)
        if picture.mode == "RGBA":
            canvas = canvas.convert("RGBA")
        canvas.paste(picture, panel[:2])
    if recipe.caption.blurred:
        canvas = blur(canvas)
    for box in wanted:
        canvas.paste(_changed(canvas.crop(box).convert("RGB"), digest), box[:2])
    if wanted:
        _write_inside(canvas, max(wanted, key=_area), recipe.caption.lines())
    return canvas


def placed(boxes: Iterable[Box], size: tuple[int, int], panel: Box) -> Iterator[Box]:
    """Boxes of an input as boxes of the picture that shows it in a panel; those that are empty are left out."""
    across, down = panel[2] - panel[0], panel[3] - panel[1]
    for x1, y1, x2, y2 in boxes:
        left, right = (min(max(x, 0), size[0]) for x in sorted((x1, x2)))
        top, bottom = (min(max(y, 0), size[1]) for y in sorted((y1, y2)))
        if left < right and top < bottom:
            yield (
                panel[0] + left * across // size[0],
                panel[1] + top * down // size[1],
                panel[0] - (-right * across // size[0]),
                panel[1] - (-bottom * down // size[1]),
            )


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _changed(region: Image.Image, digest: bytes) -> Image.Image:
    """A region as the edit leaves it: another colour, and a frame."""
    tint = Image.new("RGB", region.size, tuple(digest[:3]))
    changed = Image.blend(ImageOps.invert(region), tint, _TINT)
    ImageDraw.Draw(changed).rectangle((0, 0, region.width - 1, region.height - 1), outline=INK)
    return changed


def _write_inside(picture: Image.Image, box: Box, lines: Iterable[str]) -> None:
    """Write as many lines as a box has room for; none if that isn't a single one."""
    wide, high = box[2] - box[0], box[3] - box[1]
    height = min(letter_height(picture.size), max(SMALLEST, high // 8))
    margin, step = height // 2, leading(height)
    most = (high - 2 * margin) // step
    if most < 1 or wide < _LETTERS * height:
        return
    rows = rows_of(lines, wide - 2 * margin, height, most)
    plate = Image.new("RGB", (wide, len(rows) * step + 2 * margin), PAPER)
    write(plate, rows, (margin, margin), step, INK)
    picture.paste(plate, box[:2])
