"""Writes pictures as files that tell what made them, and reads what such a file tells."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Final

from PIL import Image, PngImagePlugin

from generator.mock.images.caption import Caption
from generator.mock.requests.image_input import TOO_LARGE, UNREADABLE

if TYPE_CHECKING:
    from generator.mock.images.recipe import Recipe

_KEY: Final = "mock-caption"
"""What the text is called in a PNG; in a JPEG it is the comment, in a WebP the description in its EXIF data."""

_DESCRIPTION: Final = 0x010E  # EXIF's ImageDescription
_FORMATS: Final = ("PNG", "JPEG", "WEBP")


class NoCaptionError(ValueError):
    """This is no image that the mock made."""


def encoded(picture: Image.Image, recipe: Recipe) -> bytes:
    """A picture as a file of the recipe's format, with the recipe's caption in it as JSON."""
    text = json.dumps(recipe.caption.as_json(), separators=(",", ":"))
    file = io.BytesIO()
    match recipe.format:
        case "png":
            facts = PngImagePlugin.PngInfo()
            facts.add_text(_KEY, text)
            picture.save(file, "PNG", compress_level=1, pnginfo=facts)
        case "jpeg":
            picture.convert("RGB").save(file, "JPEG", quality=recipe.fidelity, comment=text.encode())
        case _:
            exif = Image.Exif()
            exif[_DESCRIPTION] = text
            picture.convert("RGB").save(file, "WEBP", quality=recipe.fidelity, method=0, exif=exif.tobytes())
    return file.getvalue()


def read_caption(image: bytes) -> Caption:
    """What an image of the mock tells of the request that made it.

    Args:
        image: The image file, as it came: a PNG, JPEG or WebP.

    Raises:
        NoCaptionError: The mock didn't make this image, or it was written anew since.
    """
    try:
        with Image.open(io.BytesIO(image), formats=_FORMATS) as opened:
            told = opened.info.get(_KEY) or opened.info.get("comment") or opened.getexif().get(_DESCRIPTION)
        return Caption.of_json(json.loads(told or ""))
    except (*UNREADABLE, *TOO_LARGE, TypeError) as error:
        message = "This image tells nothing of the request that made it: the mock didn't make it, or not this file."
        raise NoCaptionError(message) from error
