"""Where an image of an answer is: at a link, or in the answer itself as base64 data."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from .errors import AnswerUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE: Final = 131_072  # characters that are decoded in one go
_GROUP: Final = 4  # base64 writes three bytes as four characters
_LONGEST_HEADER: Final = 1024  # characters of a data URI before its data
_URL_ALPHABET: Final = str.maketrans("-_", "+/")


@frozen
class Link:
    """An image at a link.

    Attributes:
        url: The link.
    """

    url: str


@frozen
class Embedded:
    """An image in base64.

    Attributes:
        name: What the answer calls it.
        text: The text that it is in.
        start: Where in the text it begins.
        media_type: The media type that stands with it; "" if none does.
    """

    name: str
    text: str = field(repr=False)
    start: int = 0
    media_type: str = ""

    def pieces(self) -> Iterator[bytes]:
        """The image file's bytes, piece by piece.

        White space is passed over, the alphabet of URLs is taken too, and padding may be missing: the image was paid
        for, so that it is worth being read.

        Raises:
            AnswerUnreadable: It is no base64 data.
        """
        carry, padded = "", False
        for at in range(self.start, len(self.text), _PIECE):
            letters = carry + _letters(self.text[at : at + _PIECE])
            last = at + _PIECE >= len(self.text)
            end = len(letters) if last else len(letters) // _GROUP * _GROUP
            carry, letters = letters[end:], letters[:end] + "=" * (-end % _GROUP)
            if (padded and letters) or letters.endswith("==="):
                raise self._unreadable()
            padded = padded or letters.endswith("=")
            try:
                yield binascii.a2b_base64(letters, strict_mode=True)
            except ValueError:
                raise self._unreadable() from None

    def _unreadable(self) -> AnswerUnreadable:
        return AnswerUnreadable("is no base64 data that can be read", path=self.name)


def _letters(text: str) -> str:
    """A piece of base64 data without white space, in the usual alphabet."""
    text = "".join(text.split())
    return text.translate(_URL_ALPHABET) if "-" in text or "_" in text else text


Source: TypeAlias = Link | Embedded


def source_of(url: str | None, encoded: str | None, names: tuple[str, str]) -> Source:
    """Where an image is.

    Args:
        url: Its link, or a data URI.
        encoded: Its base64 data, or a data URI.
        names: What the answer calls these two.

    Raises:
        AnswerUnreadable: There is neither.
    """
    if encoded:
        return _embedded(encoded, names[1])
    if not url:
        raise AnswerUnreadable(f"the image has neither {' nor '.join(names)}")
    return _embedded(url, names[0]) if url[:5].lower() == "data:" else Link(url)


def _embedded(text: str, name: str) -> Embedded:
    if text[:5].lower() != "data:":
        return Embedded(name, text)
    comma = text.find(",", 0, _LONGEST_HEADER)
    parts = text[len("data:") : max(comma, 0)].lower().split(";")
    if comma < 0 or parts[-1].strip() != "base64":
        raise AnswerUnreadable("is a data URI without base64 data", path=name)
    return Embedded(name, text, comma + 1, parts[0].strip())
