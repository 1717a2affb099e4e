"""Images in the page: only kinds that hold no script, by their own bytes, and no more than a page should hold."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from generator.conformance.reports.bodies import is_parts, parts
from generator.conformance.reports.shortening import image_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.exchange import SeenImage
    from generator.conformance.verdicts import Finding

_ROOM: Final = 8_000_000  # bytes of all images of a page
_LARGEST: Final = 200_000  # bytes of an image that was sent and is shown


class Images:
    """The images of one page."""

    def __init__(self) -> None:
        self._room = _ROOM

    def came(self, finding: Finding) -> Iterator[dict[str, str]]:
        """The images that came, each as a data URI, or why it isn't shown, and what is to be said of it."""
        for image in finding.exchange.images:
            size = f"{image.width} × {image.height}" if image.width else "size unknown"  # noqa: RUF001  a size
            about = ", ".join(part for part in (size, image.media_type or "no image that is known") if part)
            source = self._source(image.data)
            missing = "" if source else self._missing(image)
            yield {"source": source, "missing": missing, "about": about, "url": image.url}

    def sent(self, finding: Finding) -> Iterator[dict[str, str]]:
        """The images that were sent in a form, likewise; those alone that are shown."""
        if not is_parts(finding.exchange.request):
            return
        for name, value in parts(finding.exchange.request):
            if isinstance(value, bytes) and len(value) <= _LARGEST and (source := self._source(value)):
                yield {"source": source, "about": f"{name}, {len(value):,} bytes"}

    def _source(self, data: bytes) -> str:
        # What the gateway calls an image may be anything; what begins as one of these is no document with scripts.
        kind = image_type(data)
        if not kind or len(data) > self._room:
            return ""
        self._room -= len(data)
        return f"data:{kind};base64,{base64.b64encode(data).decode()}"

    def _missing(self, image: SeenImage) -> str:
        if not image.data:
            return "not kept" if image.media_type else "no image"
        return "left out: the report is large enough" if image_type(image.data) else "not of a kind that is shown"
