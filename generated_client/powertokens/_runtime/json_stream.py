"""Decodes a JSON text that comes in pieces, so that long strings in it, such as base64 images, never stand twice."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import json
import os
import re
from typing import Any, Final

from .json_text import decoded

_LONG: Final = 65_536
"""Bytes from which a string is kept apart from the rest of the text."""

_ENOUGH_TO_TELL: Final = 4
"""Bytes that tell a JSON text's encoding."""

_SHARE: Final = 32
"""A string grows by a 32nd of its length: seldom, for it may have to be moved; by little, for that stands twice."""

# What stands between two places where a string is open at the end of a piece: all strings in it are closed.
_CLOSED = re.compile(rb'[^"]*+(?:"(?:[^"\\]++|\\.)*+"[^"]*+)*+', re.DOTALL)

# The inside of a string, up to its end or to an escape that is cut.
_INSIDE = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)

# The same, up to a character that is cut: half an escape, half a pair of surrogates, or some bytes of UTF-8.
_WHOLE = re.compile(
    rb"""(?: [^\\\x80-\xff]++
         | \\[^u]
         | \\u(?!d[89ab])[0-9a-f]{4}
         | \\ud[89ab][0-9a-f]{2} (?: \\ud[c-f][0-9a-f]{2} | (?=[^\\] | \\[^u] | \\u(?!d[c-f])[0-9a-f]{4}) )
         | [\xc2-\xdf][\x80-\xbf]
         | [\xe0-\xef][\x80-\xbf]{2}
         | [\xf0-\xf4][\x80-\xbf]{3}
         )*+""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


class JsonStream:
    """Takes a JSON text in pieces and gives its value.

    A long string is taken out of the text; a name that nobody can guess stands in its place until the rest is decoded.

    Args:
        long: Bytes from which a string is taken out.
    """

    def __init__(self, long: int = _LONG) -> None:
        self._long = long
        self._rest = bytearray()  # the text, without its long strings
        self._strings: dict[str, str] = {}  # these, by the names in their places
        self._marker = os.urandom(16).hex()
        self._open: _LongString | None = None  # the string that the last piece broke off in
        self._carry = b""  # of it: an escape that was cut
        self._encoding = ""

    def feed(self, piece: bytes) -> None:
        """Take the next piece. Whether it is JSON is told by `value`."""
        if not self._encoding:
            piece = bytes(self._rest) + piece
            self._rest.clear()
            if len(piece) >= _ENOUGH_TO_TELL:
                self._encoding = json.detect_encoding(piece)
        if not self._encoding.startswith("utf-8"):
            self._rest += piece
            return
        at = 0
        if self._open is not None:
            piece = self._carry + piece
            at = self._inside(piece, self._open)
        if self._open is None:
            self._outside(piece, at)

    def text(self) -> bytes:
        """The text that was taken; long strings in it may be written with other escapes than they came with."""
        text = bytes(self._rest)
        for name, string in self._strings.items():
            text = text.replace(b'"%b"' % name.encode(), json.dumps(string).encode(), 1)
        return text if self._open is None else text + b'"' + self._open.taken() + self._carry

    def value(self) -> Any:
        """The value of the text, once all of it was taken.

        Raises:
            ValueError: It is no JSON, or nests too deep.
        """
        if self._open is not None:
            raise ValueError("the JSON ends in the middle of a string")
        value = decoded(self._rest)
        return self._put_back(value) if self._strings else value

    def _outside(self, piece: bytes, start: int) -> None:
        match = _CLOSED.match(piece, start)
        end = len(piece) if match is None else match.end()
        self._rest += memoryview(piece)[start:end]
        if end < len(piece):
            self._open = _LongString(self._long)
            self._inside(piece[end + 1 :], self._open)

    def _inside(self, piece: bytes, string: _LongString) -> int:
        """Take a piece of a string; returns where the text goes on behind it, or the piece's length."""
        end = piece.find(b'"')
        if piece.find(b"\\", 0, len(piece) if end < 0 else end) >= 0:
            match = _INSIDE.match(piece)
            end = len(piece) if match is None else match.end()
        elif end < 0:
            end = len(piece)
        string.add(piece[:end])
        closed = piece[end : end + 1] == b'"'
        self._carry = b"" if closed else piece[end:]
        if not closed:
            return len(piece)
        self._close(string)
        return end + 1

    def _close(self, string: _LongString) -> None:
        self._open = None
        text = string.text() if string.is_long else None
        if text is not None:
            name = f"{self._marker}{len(self._strings)}"
            self._strings[name] = text
            self._rest += b'"%b"' % name.encode()
        else:
            self._rest += b'"' + string.taken() + b'"'

    def _put_back(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._strings.get(value, value)
        if isinstance(value, list):
            return [self._put_back(item) for item in value]
        if isinstance(value, dict):
            return {self._put_back(name): self._put_back(item) for name, item in value.items()}
        return value


class _LongString:
    """A string that is being received.

    Args:
        long: Bytes from which it is decoded while it comes in.
    """

    def __init__(self, long: int) -> None:
        self.raw = bytearray()
        """Its bytes that are not decoded yet, without the quotes."""

        self._text = ""
        self._wait = long
        self._least = 4 * long
        self.is_long = False
        """Whether it is decoded while it comes in."""

        self.is_wrong = False
        """Whether it is none that JSON allows. What comes of it is kept all the same."""

    def add(self, raw: bytes) -> None:
        """Take a part of it that holds no half of an escape."""
        self.raw += raw
        if len(self.raw) >= self._wait and not self.is_wrong:
            self.is_long = True
            self._decode()
            self._wait = max(self._least, len(self._text) // _SHARE)

    def text(self) -> str | None:
        """The string, once it is whole; None if it is none that JSON allows."""
        if not self.is_wrong:
            self._decode()
        if not self.is_wrong:
            self._take(len(self.raw))
        return None if self.is_wrong else self._text

    def taken(self) -> bytes:
        """What was taken of it, as JSON writes it, without the quotes."""
        return json.dumps(self._text).encode()[1:-1] + self.raw

    def _decode(self) -> None:
        """Decode its bytes, but for those of a character that is cut."""
        raw = self.raw
        end = len(raw)
        if not raw.isascii() or b"\\" in raw:
            match = _WHOLE.match(raw)
            end = 0 if match is None else match.end()
        self._take(end)

    def _take(self, end: int) -> None:
        try:
            more = _decoded(self.raw[:end])
        except ValueError:
            self.is_wrong = True
            return
        self._grow(more)
        del self.raw[:end]

    def _grow(self, more: str) -> None:
        # Held by one name alone, a string grows in place.
        text, self._text = self._text, ""
        text += more
        self._text = text


def _decoded(raw: bytearray) -> str:
    text: str = json.loads(f'"{raw.decode("utf-8", "surrogatepass")}"')
    return text
