"""The values to try for an `x-image`: every form, either side of its pixels and bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.boundary.areas import beside, near_square
from generator.spec.boundary.images import EXAMPLE_URL, as_form, image_of, usual_form
from generator.spec.boundary.png import padded, png, smallest_padded
from generator.spec.boundary.probe import Probe, bad, good
from generator.spec.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.boundary.probe import Spot
    from generator.spec.model import Json

_NO_IMAGES = ("not an image!", "file:///image.png", "ftp://example.com/image.png", "data:image/png,image")
"""Text that is neither a web address, nor base64, nor a data URI that holds base64."""
_MOST_BYTES = 200_000_000
"""Larger images aren't made: they would fill the memory."""
_NAMES = {"file": "a file", "base64": "base64 data", "data-uri": "a data URI", "url": "a web address"}


def image_probes(spot: Spot) -> Iterator[Probe]:
    """The values to try for an ``x-image``."""
    limits = spot.rule.value
    yield from _forms(limits, spot.image_url)
    form = usual_form(limits)
    if form == "url":
        return
    yield from _pixels(limits, form)
    yield from _bytes(limits, form)


def _forms(limits: Mapping[str, Json], image_url: str | None) -> Iterator[Probe]:
    content = image_of(limits)
    for form in limits["forms"]:
        value = image_url if form == "url" else as_form(content, form)
        if value is not None:
            # A data URI is one way to write base64 data, which pages don't tell apart.
            yield good(value, f"an image as {_NAMES[form]}", Level.ASSUMED if form == "data-uri" else None)
    for text in _NO_IMAGES:
        yield bad(text, f"the text {text!r}")
    for form in ("url", "data-uri", "base64"):
        if form not in limits["forms"]:
            # That one form is documented doesn't say that another is refused.
            value = EXAMPLE_URL if form == "url" else as_form(content, form)
            yield bad(value, f"an image as {_NAMES[form]}", Level.ASSUMED)


def _pixels(limits: Mapping[str, Json], form: str) -> Iterator[Probe]:
    edges = [(limits[key], step) for key, step in (("minPixels", -1), ("maxPixels", 1)) if key in limits]
    for total, step in edges:
        width, height = near_square(total)
        yield good(as_form(png(width, height), form), f"an image of {width}*{height} = {total} pixels")
        width, height = beside(total, step)
        yield bad(as_form(png(width, height), form), f"an image of {width}*{height} = {width * height} pixels")
    if edges:
        yield bad(as_form(b"This is no image.", form), f"{_NAMES[form]} that holds no image")


def _bytes(limits: Mapping[str, Json], form: str) -> Iterator[Probe]:
    if "maxBytes" not in limits:
        return
    fits, exceeds = limits.get("probeBytes", (limits["maxBytes"], limits["maxBytes"] + 1))
    if exceeds > _MOST_BYTES:
        return
    content = image_of(limits)
    least = smallest_padded(content)
    if fits >= least:
        yield good(as_form(padded(content, fits), form), f"an image of {fits} bytes")
    exceeds = max(exceeds, least)
    yield bad(as_form(padded(content, exceeds), form), f"an image of {exceeds} bytes")
