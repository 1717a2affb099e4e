"""Base64 data as a text that someone gives: whether it is any, and what is in it, without a copy of it."""

from __future__ import annotations

import base64
from typing import Final, Self

_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n"  # lines may be broken
_GROUP: Final = 4  # base64 writes three bytes as four letters
_PADDING: Final = 2  # at most
_LOOK: Final = 65_536  # letters that are looked at in one go


class Base64Text:
    """Base64 data, as RFC 4648 has it with padding; line breaks in it are let be.

    Args:
        text: The text that holds it.
        start: Where in the text it begins.
        size: How many bytes it stands for.
    """

    __slots__ = ("_start", "_text", "size")

    def __init__(self, text: str, start: int, size: int) -> None:
        self._text, self._start, self.size = text, start, size

    @classmethod
    def of(cls, text: str, start: int = 0) -> Self | None:
        """Look at a text.

        Args:
            text: The text.
            start: Where in it the data begins.

        Returns:
            The data; None if the text is none.
        """
        if not text.isascii():
            return None
        end, padding = _unpadded(text, start)
        letters = end - start - _breaks(text, start, end)
        if not letters or padding > _PADDING or (letters + padding) % _GROUP:
            return None
        for at in range(start, end, _LOOK):
            # Much faster than a pattern on the millions of letters that an image has.
            if text[at : min(at + _LOOK, end)].encode().translate(None, _LETTERS):
                return None
        return cls(text, start, (letters + padding) // _GROUP * 3 - padding)

    def piece(self, at: int, length: int) -> bytes:
        """Some of what it stands for; less of it only where it ends.

        Args:
            at: Where to begin, in bytes.
            length: How much, in bytes.
        """
        text, start = self._text, self._start
        if _breaks(text, start, len(text)):  # few write them, so that looking for one's way around them isn't worth it
            text, start = text[start:].replace("\r", "").replace("\n", ""), 0
        groups = text[start + at // 3 * _GROUP : start + -(-(at + length) // 3) * _GROUP]
        return base64.b64decode(groups)[at % 3 :][:length]


def _unpadded(text: str, start: int) -> tuple[int, int]:
    """Where the data's letters end, and how many signs of padding stand behind them."""
    end, padding = len(text), 0
    while end > start and text[end - 1] in "=\r\n":
        end -= 1
        padding += text[end] == "="
    return end, padding


def _breaks(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end)
