"""Whether an image's file is there to its end."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from generator.conformance.pictures import jpeg_segments

if TYPE_CHECKING:
    from generator.conformance.pictures import Format

_END = 0xD9
_SCAN = 0xDA
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""What ends the data of a JPEG's scan: all markers but those that stand within it."""
_CHUNK = 12
"""How many bytes of a PNG's chunk are not its data."""


def is_whole(data: bytes, format_: Format) -> bool:
    """Whether an image's file has its end. What writers put behind it is let be.

    Args:
        data: The file.
        format_: Its format; of those that no page speaks of each passes.
    """
    match format_:
        case "png":
            return _is_whole_png(data)
        case "jpeg":
            return _is_whole_jpeg(data)
        case "webp":
            # A writer may leave out the last byte, which only makes the length even.
            length: int = struct.unpack("<I", data[4:8])[0]
            return len(data) + 1 >= length + 8
        case _:
            return True


def _is_whole_png(data: bytes) -> bool:
    at = 8
    while at + _CHUNK <= len(data):
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at += _CHUNK + int.from_bytes(data[at : at + 4], "big")
    return False


def _is_whole_jpeg(data: bytes) -> bool:
    scan = next((at for marker, at in jpeg_segments(data) if marker == _SCAN), None)
    while scan is not None:
        # Between two scans of a progressive JPEG stand further segments, each with its length.
        found = _MARKER.search(data, scan + 2 + int.from_bytes(data[scan + 2 : scan + 4], "big"))
        if found is None:
            return False
        if found[0][1] == _END:
            return True
        scan = found.start()
    return False
