"""What the keywords `x-total-pixels` and `x-image` ask of a text, as small pure functions."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.model import Json

_SIZE = re.compile(r"0*([0-9]{1,18})\*0*([0-9]{1,18})")
_URL = re.compile(r"https?://.", re.IGNORECASE | re.DOTALL)
_DATA_URI = re.compile(r"data:[^,]*;base64,", re.IGNORECASE)
_FILE = re.compile(r"@[^/\\]+")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE = slice(16, 24)


def total_pixels(text: str) -> int | None:
    """The pixels of a size.

    Args:
        text: A size such as ``1024*768``, in pixels.

    Returns:
        Width times height; None if the text is not of that form.
    """
    found = _SIZE.fullmatch(text)
    return int(found[1]) * int(found[2]) if found else None


def total_pixels_breach(limits: Mapping[str, int], value: Json) -> str | None:
    """How a value breaks an ``x-total-pixels``.

    Args:
        limits: The keyword's value.
        value: What is to be judged. All but a text of the form ``W*H`` passes: the form is another keyword's matter.

    Returns:
        The breach in words; None if there is none.
    """
    pixels = total_pixels(value) if isinstance(value, str) else None
    if pixels is None:
        return None
    if pixels < limits.get("minimum", 0):
        return f"{value} is {pixels} pixels, fewer than {limits['minimum']}"
    if "maximum" in limits and pixels > limits["maximum"]:
        return f"{value} is {pixels} pixels, more than {limits['maximum']}"
    return None


def image_form(text: str) -> str | None:
    """The form in which a text gives an image.

    Args:
        text: A URL, a data URI, base64 data, or ``@cat.png`` for a file in an example of multipart form data.

    Returns:
        "url", "data-uri", "base64" or "file"; None for any other text.
    """
    if _URL.match(text):
        return "url"
    if _FILE.fullmatch(text):
        return "file"
    form = "data-uri" if _DATA_URI.match(text) else "base64"
    return form if _decoded(text) else None


def image_breach(limits: Mapping[str, Json], value: Json) -> str | None:
    """How a text breaks an ``x-image``.

    Args:
        limits: The keyword's value.
        value: What is to be judged. All but texts pass. A base64 image's bytes are counted, and a PNG's pixels.

    Returns:
        The breach in words; None if there is none.
    """
    if not isinstance(value, str):
        return None
    form = image_form(value)
    if form not in limits["forms"]:
        return f"it is {form or 'no image'}, where {' or '.join(limits['forms'])} is taken"
    content = _decoded(value) if form in {"base64", "data-uri"} else None
    return next(_content_breaches(limits, content), None) if content else None


def _content_breaches(limits: Mapping[str, Json], content: bytes) -> Iterator[str]:
    if len(content) > limits.get("maxBytes", len(content)):
        yield f"the image has {len(content)} bytes, more than {limits['maxBytes']}"
    if content.startswith(_PNG) and len(content) >= _PNG_SIZE.stop:
        size = content[_PNG_SIZE]
        pixels = int.from_bytes(size[:4], "big") * int.from_bytes(size[4:], "big")
        if pixels < limits.get("minPixels", 0):
            yield f"the image has {pixels} pixels, fewer than {limits['minPixels']}"
        if pixels > limits.get("maxPixels", pixels):
            yield f"the image has {pixels} pixels, more than {limits['maxPixels']}"


def _decoded(text: str) -> bytes | None:
    """The bytes of base64 data, bare or in a data URI; None if it is none."""
    start = _DATA_URI.match(text)
    try:
        return base64.b64decode("".join(text[start.end() if start else 0 :].split()), validate=True)
    except (binascii.Error, ValueError):
        return None
