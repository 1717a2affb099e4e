"""Reads an image's format and size from its first bytes."""

from __future__ import annotations

import struct
from typing import Literal

from attrs import frozen

Format = Literal["png", "jpeg", "webp", "gif", "bmp", "tiff", "avif", "heic", "jxl"]

ENOUGH = 64 * 1024
"""How many bytes to read of an image: a JPEG's size stands behind its metadata, which may be long."""

_TAIL = 4096
"""Where an image's end is looked for, in bytes: some writers put more behind it."""
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""The JPEG markers that are followed by the image's size."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""The JPEG markers that nothing follows."""


@frozen
class Picture:
    """What an image's first bytes tell.

    Attributes:
        format: Its file format.
        width: In pixels; 0 if it stands further behind.
        height: In pixels; 0 if it stands further behind.
    """

    format: Format
    width: int
    height: int


def read_picture(head: bytes) -> Picture | None:
    """What an image's first bytes tell; None if they are not those of an image.

    Args:
        head: The image, or its first `ENOUGH` bytes.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture("png", *_png(head))
    if head.startswith(b"\xff\xd8\xff"):
        return Picture("jpeg", *_jpeg(head))
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Picture("webp", *_webp(head))
    return _other(head)


def _other(head: bytes) -> Picture | None:
    """A picture of another format. What no page speaks of is an image all the same; its size is looked at in GIFs."""
    if head.startswith((b"GIF87a", b"GIF89a")):
        width, height = struct.unpack("<HH", head[6:10].ljust(4, b"\0"))
        return Picture("gif", width, height)
    if head[4:8] == b"ftyp":
        return Picture("avif" if head[8:12] in {b"avif", b"avis"} else "heic", 0, 0)
    known: tuple[tuple[tuple[bytes, ...], Format], ...] = (
        ((b"BM",), "bmp"),
        ((b"II*\0", b"MM\0*"), "tiff"),
        ((b"\xff\x0a", b"\0\0\0\x0cJXL "), "jxl"),
    )
    return next((Picture(name, 0, 0) for starts, name in known if head.startswith(starts)), None)


def is_whole(data: bytes, format_: Format) -> bool:
    """Whether an image's file has its end.

    Args:
        data: The file.
        format_: Its format; of those that no page speaks of each passes.
    """
    if format_ == "png":
        return b"IEND" in data[-_TAIL:]
    if format_ == "jpeg":
        return b"\xff\xd9" in data[-_TAIL:]
    if format_ != "webp":
        return True
    length: int = struct.unpack("<I", data[4:8])[0]
    return len(data) >= length


def _png(head: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", head[16:24].ljust(8, b"\0"))
    return width, height


def _jpeg(head: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(head):
        if head[at] != 0xFF:  # noqa: PLR2004  every marker begins so
            break
        marker = head[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        if marker == 0xFF:  # noqa: PLR2004  padding before a marker
            at += 1
        else:
            at += 2 if marker in _ALONE else 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return 0, 0


def _webp(head: bytes) -> tuple[int, int]:
    kind, data = head[12:16], head[20:30].ljust(10, b"\0")
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", data[6:10])
    return width & 0x3FFF, height & 0x3FFF
