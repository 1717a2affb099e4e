"""The check of an image that a request carries: its form, its size in bytes, its pixels."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any, Final, Literal

from .checks import BasicCheck
from .files import UploadFile, is_file
from .image_header import read_header

if TYPE_CHECKING:
    from collections.abc import Callable

Form = Literal["url", "base64", "data-uri", "file"]

_URL: Final = re.compile(r"https?://", re.IGNORECASE)
_DATA_URI: Final = re.compile(r"data:[^,]*;base64,", re.IGNORECASE)
_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_GROUP: Final = 4  # base64 writes three bytes as four characters
_PADDING: Final = 2  # at most
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
            is, for it is sent as such.
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
        self._forms = frozenset(forms)
        self._min_pixels, self._max_pixels, self._max_bytes = min_pixels, max_pixels, max_bytes

    def breach(self, value: Any) -> str | None:
        """See BasicCheck.

        Raises:
            FileProblem: A file can't be read.
        """
        if isinstance(value, str):
            return self._text(value)
        if is_file(value):
            return self._file(value)
        # Beside a text form stands a rule on the type; a part that can be a file alone has none.
        return self._wanted() if self._forms == {"file"} else None

    def _text(self, text: str) -> str | None:
        if _URL.match(text):
            return None if "url" in self._forms else self._wanted()
        uri = _DATA_URI.match(text)
        data = _joined(text[uri.end() :] if uri else text)
        if ("data-uri" if uri else "base64") not in self._forms or not _is_base64(data):
            return self._wanted()
        size = len(data) // _GROUP * 3 - data.count("=", -_PADDING)
        return self._limits(lambda: size, lambda length: _decoded(data, length))

    def _file(self, value: Any) -> str | None:
        if not self._forms & {"file", "base64"}:
            return self._wanted()
        file = UploadFile.of(value)
        return self._limits(lambda: file.size, file.head)

    def _limits(self, size: Callable[[], int], head: Callable[[int], bytes]) -> str | None:
        if self._max_bytes is not None and (found := size()) > self._max_bytes:
            return f"must be at most {self._max_bytes} bytes, is {found}"
        if self._min_pixels is None and self._max_pixels is None:
            return None
        header = read_header(head)
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

    def _wanted(self) -> str:
        taken = " or ".join(words for form, words in _WORDS.items() if form in self._forms)
        hint = '; give a file as a path, pathlib.Path("image.png")' if self._forms & {"file", "base64"} else ""
        return f"must be {taken}{hint}"


def _joined(text: str) -> str:
    return text.replace("\r", "").replace("\n", "") if "\n" in text or "\r" in text else text


def _is_base64(data: str) -> bool:
    # Much faster than a pattern on the millions of characters that an image has.
    if not data or len(data) % _GROUP or not data.isascii():
        return False
    body = data.rstrip("=")
    return bool(body) and len(data) - len(body) <= _PADDING and not body.encode().translate(None, _ALPHABET)


def _decoded(data: str, length: int) -> bytes:
    """The first bytes of base64 data; all for -1."""
    if length < 0:
        return base64.b64decode(data)
    return base64.b64decode(data[: -(-length // 3) * _GROUP])[:length]
