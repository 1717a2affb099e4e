"""The check of an image that a request carries: its form, its size in bytes, its pixels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from .base64_text import Base64Text
from .checks import BasicCheck
from .errors import FileProblem
from .files import UploadFile, is_file
from .image_header import read_header

if TYPE_CHECKING:
    from collections.abc import Callable

Form = Literal["url", "base64", "data-uri", "file"]

_URL: Final = re.compile(r"https?://", re.IGNORECASE)
_DATA_URI: Final = re.compile(r"data:[^,]*;base64,", re.IGNORECASE)
_WORDS: Final = {
    "url": "an http(s) URL",
    "base64": "base64 data",
    "data-uri": "a data URI (data:image/png;base64,...)",
    "file": "a file",
}


class Image(BasicCheck):
    """An image must come in a form that is taken, and keep within limits.

    A URL is taken on trust. Without limits, the content need not be an image.

    Args:
        forms: The forms that are taken: "url", "base64", "data-uri", "file". A file is taken too where base64 data
            or a data URI is, for it is sent as such.
        min_pixels: The fewest pixels, width times height.
        max_pixels: The most pixels, width times height.
        max_bytes: The most bytes that the image file may have.
    """

    __slots__ = ("_forms", "_max_bytes", "_max_pixels", "_min_pixels")

    def __init__(
        self,
        *,
        forms: tuple[Form, ...],
        min_pixels: int | None = None,
        max_pixels: int | None = None,
        max_bytes: int | None = None,
    ) -> None:
        super().__init__(forms=forms, min_pixels=min_pixels, max_pixels=max_pixels, max_bytes=max_bytes)
        self._forms: frozenset[str] = frozenset(forms)
        self._min_pixels, self._max_pixels, self._max_bytes = min_pixels, max_pixels, max_bytes

    @property
    def file_goes_as_data_uri(self) -> bool:
        """Whether a file that is written into JSON must be a data URI, for bare base64 data is not taken."""
        return "data-uri" in self._forms and "base64" not in self._forms

    def breach(self, value: Any) -> str | None:
        """See BasicCheck.

        Raises:
            FileProblem: A file can't be read, or is empty.
        """
        if isinstance(value, str):
            return self._text(value)
        if is_file(value):
            return self._file(value)
        # Beside a text form stands a rule on the type; a part that can be a file alone has none.
        return self._wanted() if self._forms == frozenset({"file"}) else None

    def _text(self, text: str) -> str | None:
        if _URL.match(text):
            return None if "url" in self._forms else self._wanted(text)
        uri = _DATA_URI.match(text)
        data = Base64Text.of(text, uri.end() if uri else 0)
        if ("data-uri" if uri else "base64") not in self._forms or data is None:
            return self._wanted(text)
        return self._limits(data.size, data.piece)

    def _file(self, value: Any) -> str | None:
        if self._forms == frozenset({"url"}):
            return self._wanted()
        file = UploadFile.of(value)
        if not file.size:
            raise FileProblem(file.place, "is empty (0 bytes); give a file with an image in it")
        with file.opened() as opened:
            return self._limits(file.size, opened.piece)

    def _limits(self, size: int, piece: Callable[[int, int], bytes]) -> str | None:
        if self._max_bytes is not None and size > self._max_bytes:
            return f"must be at most {self._max_bytes} bytes, is {size}"
        if self._min_pixels is None and self._max_pixels is None:
            return None
        header = read_header(piece)
        if header is None:
            return "is not an image that can be read"
        return self._pixels(header.pixels, f"{header.width}x{header.height}")

    def _pixels(self, pixels: int | None, size: str) -> str | None:
        if pixels is None:
            return None
        if self._min_pixels is not None and pixels < self._min_pixels:
            return f"must have at least {self._min_pixels} pixels, has {pixels} ({size})"
        if self._max_pixels is not None and pixels > self._max_pixels:
            return f"must have at most {self._max_pixels} pixels, has {pixels} ({size})"
        return None

    def _wanted(self, text: str = "") -> str:
        taken = " or ".join(words for form, words in _WORDS.items() if form in self._forms)
        if self._forms == frozenset({"url"}):
            return f"must be {taken}"
        if text and _names_a_file(text):
            return f"must be {taken}; there is a file of this name: to send it, give pathlib.Path({text!r})"
        return f'must be {taken}; give a file as a path, pathlib.Path("image.png")'


def _names_a_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, say
        return False
