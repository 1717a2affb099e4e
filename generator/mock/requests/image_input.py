"""Images as requests carry them: by URL, as base64 data, as a data URI or as a file."""

from __future__ import annotations

import base64
import io
import re
import struct
from typing import Final

from PIL import Image

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "ICO", "AVIF")
"""The file formats that count as images. Pillow knows more, some of which take almost any bytes for an image."""

UNREADABLE: Final = (OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError, RuntimeError, struct.error)
"""What Pillow raises on broken image files; which of them depends on the format and on where the file is broken."""

TOO_LARGE: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)
"""What Pillow raises on headers that promise more pixels than memory should hold."""

# Pillow loads its formats late, and fails on a list of formats of which one isn't loaded yet.
Image.init()

_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\0\0\1\0")
_URL = re.compile(r"https?://", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[^,]*;base64,", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_GROUP = 4  # base64 writes three bytes as four characters


class NotAnImageError(ValueError):
    """These bytes are no image that can be read."""


class TooManyPixelsError(ValueError):
    """This image's header promises more pixels than anybody should decode."""


def form_of(text: str) -> str | None:
    """The form in which a text gives an image: "url", "data-uri", "base64", or None for a text that gives none.

    A URL is taken on trust. Base64 data may be broken into lines; otherwise it has to be exact.
    """
    if _URL.match(text):
        return "url"
    if uri := _DATA_URI.match(text):
        return "data-uri" if _is_base64(text[uri.end() :]) else None
    return "base64" if _is_base64(text) else None


def _is_base64(text: str) -> bool:
    joined = _without_line_breaks(text)
    return len(joined) % _GROUP == 0 and _BASE64.fullmatch(joined) is not None


def _without_line_breaks(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")


def decode(text: str) -> bytes:
    """The bytes of an image that is given as base64 data or as a data URI.

    Args:
        text: A text whose `form_of` is "base64" or "data-uri".
    """
    uri = _DATA_URI.match(text)
    return base64.b64decode(_without_line_breaks(text[uri.end() :] if uri else text))


def dimensions(content: bytes) -> tuple[int, int]:
    """Width and height, in pixels, as the image's header has them; the pixels themselves aren't decoded.

    Raises:
        NotAnImageError: The bytes are no image.
        TooManyPixelsError: The header promises more pixels than Pillow is willing to look at.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            return image.size
    except TOO_LARGE as error:
        raise TooManyPixelsError from error
    except UNREADABLE as error:
        raise NotAnImageError from error


def begins_like_an_image(content: bytes) -> bool:
    """Whether an image file of a known format begins like this; cheaper than opening it."""
    return content.startswith(_BEGINNINGS) or content[4:8] == b"ftyp" or content[8:12] == b"WEBP"


def media_type_of(content: bytes) -> str:
    """The media type that an image file's own header tells; "" for bytes that are no image."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            return Image.MIME.get(image.format or "", "")
    except (*TOO_LARGE, *UNREADABLE):
        return ""
