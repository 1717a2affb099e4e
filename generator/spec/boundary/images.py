"""Images as values of a request: as a file, as base64 data, as a data URI, by URL; right ones and wrong ones."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from generator.spec.boundary.areas import near_square
from generator.spec.boundary.png import pixels, png

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

EXAMPLE_URL = "https://example.com/image.png"
_USUAL_PIXELS = 512 * 512
_DATA = "data:image/png;base64,"


def image_of(limits: Mapping[str, Json]) -> bytes:
    """A PNG that keeps the limits of an ``x-image``, of 512*512 pixels where they allow it."""
    total = max(limits.get("minPixels", 1), min(_USUAL_PIXELS, limits.get("maxPixels", _USUAL_PIXELS)))
    return png(*near_square(total))


def as_form(content: bytes, form: str) -> str | bytes:
    """An image's bytes as one of the forms of an ``x-image``: ``file``, ``base64`` or ``data-uri``."""
    if form == "file":
        return content
    text = base64.b64encode(content).decode("ascii")
    return _DATA + text if form == "data-uri" else text


def usual_form(limits: Mapping[str, Json]) -> str:
    """The form to send an image in where the form is not what is tested: one that needs no other server.

    Base64 data by itself comes before a data URI, which fewer pages speak of.
    """
    return next((form for form in ("file", "base64", "data-uri") if form in limits["forms"]), "url")


def sample_image(limits: Mapping[str, Json]) -> str | bytes:
    """A value that keeps an ``x-image``."""
    form = usual_form(limits)
    return EXAMPLE_URL if form == "url" else as_form(image_of(limits), form)


def breaks_image(value: Json, limits: Mapping[str, Json]) -> bool:
    """Whether a value breaks an ``x-image``. It reads PNGs alone, which is what the cases are made of."""
    if not isinstance(value, str | bytes):
        return False
    form, content = _read(value)
    if form not in limits["forms"]:
        return True
    if content is None:
        return False
    if len(content) > limits.get("maxBytes", len(content)):
        return True
    if "minPixels" not in limits and "maxPixels" not in limits:
        return False
    total = pixels(content)
    return total is None or not limits.get("minPixels", 0) <= total <= limits.get("maxPixels", total)


def _read(value: str | bytes) -> tuple[str, bytes | None]:
    """The form that a value has, "" for none of them, and its content, None where that is elsewhere."""
    if isinstance(value, bytes):
        return "file", value
    if value.lower().startswith(("http://", "https://")):
        return "url", None
    form, text = ("data-uri", value.partition(";base64,")[2]) if value.startswith("data:") else ("base64", value)
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return "", None
    return (form, content) if content else ("", None)
