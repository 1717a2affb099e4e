"""Reads an image's format and size from its file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Literal

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

Format = Literal["png", "jpeg", "webp", "gif", "bmp", "tiff", "avif", "heic", "jxl"]

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""The JPEG markers that are followed by the image's size."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""The JPEG markers that nothing follows."""
_START = 0xFF
_SCAN = 0xDA
_TURNED = (b"irot", b"clap")
"""The boxes of an AVIF by which an image is shown turned or cropped."""


@frozen
class Picture:
    """What an image's file tells.

    Attributes:
        format: Its file format.
        width: In pixels; 0 if it isn't told.
        height: In pixels; 0 if it isn't told.
    """

    format: Format
    width: int
    height: int


def read_picture(data: bytes) -> Picture | None:
    """What an image's file tells; None if it is none.

    Args:
        data: The file, or its beginning: a size may stand behind metadata that are long.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture("png", *_png(data))
    if data.startswith(b"\xff\xd8\xff"):
        return Picture("jpeg", *_jpeg(data))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Picture("webp", *_webp(data))
    return _other(data)


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """The markers of a JPEG before its first scan, that of the scan included, and where each stands."""
    at = 2
    while at + 4 <= len(data) and data[at] == _START:
        marker = data[at + 1]
        if marker == _START:  # padding before a marker
            at += 1
            continue
        yield marker, at
        if marker == _SCAN:
            return
        at += 2 if marker in _ALONE else 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _other(data: bytes) -> Picture | None:
    """A picture of another format: what no page speaks of is an image all the same."""
    if data.startswith((b"GIF87a", b"GIF89a")):
        width, height = struct.unpack("<HH", data[6:10].ljust(4, b"\0"))
        return Picture("gif", width, height)
    if data[4:8] == b"ftyp":
        return Picture("avif" if data[8:12] in {b"avif", b"avis"} else "heic", *_avif(data))
    known: tuple[tuple[tuple[bytes, ...], Format], ...] = (
        ((b"BM",), "bmp"),
        ((b"II*\0", b"MM\0*"), "tiff"),
        ((b"\xff\x0a", b"\0\0\0\x0cJXL "), "jxl"),
    )
    return next((Picture(name, 0, 0) for starts, name in known if data.startswith(starts)), None)


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
    return width, height


def _jpeg(data: bytes) -> tuple[int, int]:
    for marker, at in jpeg_segments(data):
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
    return 0, 0


def _webp(data: bytes) -> tuple[int, int]:
    kind, told = data[12:16], data[20:30].ljust(10, b"\0")
    if kind == b"VP8X":
        return 1 + int.from_bytes(told[4:7], "little"), 1 + int.from_bytes(told[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(told[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", told[6:10])
    return width & 0x3FFF, height & 0x3FFF


def _avif(data: bytes) -> tuple[int, int]:
    """The sides of the largest of its images, which thumbnails and tiles stand beside; 0 where it is shown turned."""
    start = data.find(b"meta")
    end = start - 4 + int.from_bytes(data[start - 4 : start], "big")
    meta = data[start:end] if start > 0 else b""
    if any(turned in meta for turned in _TURNED):
        return 0, 0
    found = [(0, 0)]
    at = meta.find(b"ispe")
    while at >= 0:
        width, height = struct.unpack(">II", meta[at + 8 : at + 16].ljust(8, b"\0"))
        found.append((width, height))
        at = meta.find(b"ispe", at + 4)
    return max(found, key=lambda sides: sides[0] * sides[1])
