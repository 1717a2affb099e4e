"""Reads the pixels of input images, as many as memory and patience allow, and finds stand-ins for the others."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps

from generator.mock.images.scene import painted
from generator.mock.requests.image_input import FORMATS, TOO_LARGE, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.mock.images.recipe import Source

Size = tuple[int, int]

_MAX_PIXELS: Final = 34_000_000  # of one input image that is decoded
_BUDGET: Final = 136_000_000  # pixels of all the input images of one picture that are decoded


class Inputs:
    """The input images of one picture."""

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        """Prepare.

        Args:
            read: Gives the bytes of an input by their SHA-256 in hexadecimal; None if they aren't kept.
        """
        self._read = read
        self._left = _BUDGET

    def reduced(self, source: Source, size: Size) -> Image.Image:
        """An input that fills a size, cropped to its ratio, in red, green and blue.

        A stand-in, always the same for the same input, is drawn in place of what is behind a URL, of bytes that are no
        image and of more pixels than are decoded.
        """
        picture = self._decoded(source, enough=max(size))
        if picture is None:
            return _stand_in(source, size).convert("RGB")
        return ImageOps.fit(_opaque(picture), size, Image.Resampling.BILINEAR)

    def whole(self, source: Source, size: Size) -> Image.Image:
        """An input with all its pixels, in red, green and blue, and alpha where it has any.

        Args:
            source: The input.
            size: The size of the stand-in, where the input can't be had.
        """
        picture = self._decoded(source)
        if picture is None:
            return _stand_in(source, size).convert("RGB")
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")

    def _decoded(self, source: Source, enough: int = 0) -> Image.Image | None:
        """An input, upright; None where it can't be had. With `enough` it may be reduced to twice that, in pixels."""
        content = self._read(source.name) if source.kind == "blob" else None
        if content is None:
            return None
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                pixels = image.width * image.height
                if pixels > min(_MAX_PIXELS, self._left):
                    return None
                self._left -= pixels
                if enough:
                    image.draft("RGB", (enough, enough))
                    image.thumbnail((2 * enough, 2 * enough), Image.Resampling.BOX)
                return ImageOps.exif_transpose(image)
        except (*TOO_LARGE, *UNREADABLE):
            # A document that sets no limits on an image doesn't ask for one that can be read either.
            return None


def _stand_in(source: Source, size: Size) -> Image.Image:
    return painted(hashlib.sha256(source.name.encode()).digest(), size)


def _opaque(picture: Image.Image) -> Image.Image:
    """The picture without transparency."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")
