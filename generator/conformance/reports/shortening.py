"""Cuts JSON values to what a report has room for, and tells what was cut."""

from __future__ import annotations

import base64
import binascii
import math
import re
from typing import TYPE_CHECKING, Final

from generator.conformance.reports.texts import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.spec import Json

LONGEST: Final = 4000
"""How many characters of a text are told; hardly a prompt that a rule asks for is longer."""

_ROOM: Final = 4000  # characters of a whole value, as it stands indented
_TEXTS: Final = 12_000  # characters of all its long texts
_COUNTED: Final = 400  # characters of one text, so that a long prompt doesn't crowd out the fields after it
_DEEPEST: Final = 24
_SHORT: Final = 200
_BEGINNING: Final = 32
_DATA_URI: Final = re.compile(r"data:[^,]{0,100};base64,")
# It begins where the data begins: tried at each of its characters, a long text would take its length squared.
_BASE64: Final = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{200,}={0,2}")
_MAGIC: Final = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "image/avif"),
)


class NoRoomError(ValueError):
    """A value can't be told as JSON: it is nested too deep, or a name in it is too long."""


def shortened(value: Json) -> Json:
    """A JSON value with long texts, lists and objects cut short, most of all base64 data, and their length told.

    Raises:
        NoRoomError: It can't be told as JSON.
    """
    return _Shortening().cut(value)


def without_files(text: str, *, is_whole: bool = True) -> str:
    """A text in which the base64 data of images is cut short, and its length told.

    Args:
        text: The text.
        is_whole: Whether its end is here; else data that reaches to it has no known length.
    """

    def short(found: re.Match[str]) -> str:
        told = _short_text(found[0])
        return told if is_whole or told == found[0] or found.end() < len(text) else told.partition("…")[0]

    return _BASE64.sub(short, text)


def image_type(data: bytes) -> str:
    """The media type of an image by its first bytes; "" for anything else."""
    return next((kind for magic, kind in _MAGIC if magic.match(data)), "")


class _Shortening:
    def __init__(self) -> None:
        self._room = _ROOM
        self._texts = _TEXTS

    def cut(self, value: Json, depth: int = 0) -> Json:
        if depth > _DEEPEST:
            raise NoRoomError("nested too deep")
        self._room -= 2 * depth
        if isinstance(value, dict):
            return self._object(value, depth)
        if isinstance(value, list | tuple):
            return self._list(value, depth)
        told = self._text(value) if isinstance(value, str) else _scalar(value)
        self._room -= min(len(str(told)), _COUNTED)
        return told

    def _text(self, text: str) -> str:
        told = _short_text(text)
        if len(told) <= _COUNTED:
            return told
        self._texts -= len(told)
        return told if self._texts >= 0 else cut(text, _SHORT)

    def _object(self, value: Mapping[str, Json], depth: int) -> Json:
        told: dict[str, Json] = {}
        for name, item in value.items():
            if self._room <= 0:
                return {**told, "…": _more(len(value) - len(told))}
            if len(str(name)) > _SHORT:
                raise NoRoomError("a name is too long")
            self._room -= len(str(name))
            told[str(name)] = self.cut(item, depth + 1)
        return told

    def _list(self, items: Sequence[Json], depth: int) -> Json:
        told: list[Json] = []
        for item in items:
            if self._room <= 0:
                return [*told, f"… {_more(len(items) - len(told))}"]
            told.append(self.cut(item, depth + 1))
        return told


def _more(count: int) -> str:
    return f"({count:,} more)"


def _scalar(value: Json) -> Json:
    if isinstance(value, bytes):
        return f"a file of {len(value):,} bytes"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _short_text(text: str) -> str:
    if len(text) > _SHORT and _is_file(text):
        return cut(text, _BEGINNING + text.find(",", 0, _SHORT) + 1)
    return text if len(text) <= LONGEST else cut(text, _SHORT)


def _is_file(text: str) -> bool:
    """Whether a text is a file's data; a prompt of 800 times the same letter is base64 too, but no file."""
    if _DATA_URI.match(text):
        return True
    try:
        return bool(image_type(base64.b64decode(text[:_BEGINNING], validate=True)))
    except (binascii.Error, ValueError):
        return False
