"""Reads base64 data as a careful reader would who takes all that is meant by the word."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from generator.spec import Json

_PREFIX = re.compile(r"data:[^,]{0,200};base64,", re.IGNORECASE)
_PADDING = re.compile(r"={0,2}$")
_URL_SAFE = str.maketrans("-_", "+/")
_SPACE = str.maketrans("", "", " \t\r\n")


@frozen
class Decoded:
    """What base64 data holds.

    Attributes:
        data: The bytes; empty for what is no base64 data in any writing.
        odd: What is odd about how it is written, in words; "" where every reader takes it.
    """

    data: bytes
    odd: str = ""


def decoded(text: Json) -> Decoded:
    """Read base64 data, with or without padding, of either alphabet, in lines or not, by itself or as a data URI.

    Args:
        text: The data.
    """
    if not isinstance(text, str):
        return Decoded(b"")
    prefix = _PREFIX.match(text)
    bare = text[prefix.end() :] if prefix else text
    joined = bare.translate(_SPACE) if len(bare.split(None, 1)) > 1 or bare[-1:].isspace() else bare
    letters = _PADDING.sub("", joined)
    standard = letters.translate(_URL_SAFE) if "-" in letters or "_" in letters else letters
    try:
        data = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        return Decoded(b"")
    writing = (
        ("a data URI", prefix is not None),
        ("white space in it", joined != bare),
        ("the URL-safe alphabet", standard != letters),
        ("no padding", len(joined) % 4 != 0),
    )
    return Decoded(data, ", ".join(words for words, is_so in writing if is_so))
