"""The x- keywords that judge a request, as custom keywords of jsonschema-rs.

The library makes one object of these classes for each place where a schema has the keyword, and calls `validate` with
each value that it meets there. What a keyword has to say of a value it raises, as ValueError.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from generator.mock.requests.image_input import NotAnImageError, TooManyPixelsError, decode, dimensions, form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonschema_rs import KeywordValidator

    from generator.mock.fetching.fetching import Fetched
    from generator.mock.requests.uploads import Upload
    from generator.spec.model import Json

FILES: ContextVar[Mapping[str, Upload]] = ContextVar("FILES")
"""The files of the request that is being judged, by the text that stands for each in the decoded body."""

FETCHED: ContextVar[Fetched | None] = ContextVar("FETCHED", default=None)
"""What is behind the URLs of images of the request that is being judged; None where that isn't looked at."""

_SIZE = re.compile(r"0*([0-9]+)\*0*([0-9]+)")
_SIZES = 256  # that are remembered
_DIGITS_OF_AN_IMAGE = 20  # a side of that many digits is beyond every bound, and int() need not be tried
_FORM_NAMES: Final = {
    "url": "an http(s) URL",
    "base64": "base64 data",
    "data-uri": "a data URI with base64 data",
    "file": "a file",
}


class TotalPixels:
    """``x-total-pixels``: bounds, in pixels, on width times height of a text "W*H". Other texts are ignored."""

    def __init__(self, _parent: dict[str, Json], value: Json, _path: list[str | int]) -> None:
        self.minimum: int = value.get("minimum", 0)
        self.maximum: int | None = value.get("maximum")

    def validate(self, instance: Json) -> None:
        """Raise ValueError for a "W*H" outside of the bounds."""
        if not isinstance(instance, str):
            return
        is_size, total = _pixels(instance)
        if not is_size:
            return
        if (total is not None and total < self.minimum) or (
            self.maximum is not None and (total is None or total > self.maximum)
        ):
            raise ValueError(f"must have {_between(self.minimum, self.maximum)} pixels in total")


@lru_cache(_SIZES)
def _pixels(text: str) -> tuple[bool, int | None]:
    """Whether a text is a "W*H", and width times height; None where a side has more digits than any bound allows."""
    size = _SIZE.fullmatch(text)
    if size is None or max(len(size[1]), len(size[2])) > _DIGITS_OF_AN_IMAGE:
        return size is not None, None
    return True, int(size[1]) * int(size[2])


class InputImage:
    """``x-image``: the forms in which an image may be given, and its least and most pixels and bytes."""

    def __init__(self, _parent: dict[str, Json], value: Json, _path: list[str | int]) -> None:
        self.forms: list[str] = value["forms"]
        self.min_pixels: int = value.get("minPixels", 0)
        self.max_pixels: int | None = value.get("maxPixels")
        self.max_bytes: int | None = value.get("maxBytes")
        self.looks_at_pixels = self.min_pixels > 0 or self.max_pixels is not None

    def validate(self, instance: Json) -> None:
        """Raise ValueError for a text or a file that is no image as it is wanted here."""
        if not isinstance(instance, str):
            return
        upload = FILES.get({}).get(instance)
        form = "file" if upload else form_of(instance)
        if form not in self.forms:
            raise ValueError(f"must be an image, as {' or '.join(_FORM_NAMES[form] for form in self.forms)}")
        if form == "url":
            self._judge_fetched(instance)
        elif self.max_bytes is not None or self.looks_at_pixels:
            self._judge(upload.content if upload else decode(instance))

    def _judge_fetched(self, url: str) -> None:
        fetched = FETCHED.get()
        if fetched is None:
            return
        if url in fetched.failures:
            raise ValueError(f"must be a URL that leads to an image: {fetched.failures[url]}")
        self._judge(fetched.images[url])

    def _judge(self, content: bytes) -> None:
        if self.max_bytes is not None and len(content) > self.max_bytes:
            raise ValueError(f"must have at most {self.max_bytes} bytes, and has {len(content)}")
        if not self.looks_at_pixels:
            return
        try:
            width, height = dimensions(content)
        except NotAnImageError:
            raise ValueError("must be an image that can be read") from None
        except TooManyPixelsError:
            raise ValueError(f"must have {_between(self.min_pixels, self.max_pixels)} pixels") from None
        pixels = width * height
        if pixels < self.min_pixels or (self.max_pixels is not None and pixels > self.max_pixels):
            wanted = _between(self.min_pixels, self.max_pixels)
            raise ValueError(f"must have {wanted} pixels, and has {width}*{height}")


def _between(minimum: int, maximum: int | None) -> str:
    return f"at least {minimum}" if maximum is None else f"{minimum} to {maximum}"


KEYWORDS: Final[dict[str, type[KeywordValidator]]] = {"x-total-pixels": TotalPixels, "x-image": InputImage}
