"""Writes PNG files of any size in pixels and bytes, with the standard library alone."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PADDING = b"paDd"
"""A private chunk that every reader skips: lower-case first (not needed to show the image) and second (not public)."""
_CHUNK_OVERHEAD = 12
_GREY_ONE_BIT = (1, 0, 0, 0, 0)
"""Bit depth, colour type, compression, filter, interlace."""


@lru_cache(maxsize=16)
def png(width: int, height: int) -> bytes:
    """A real image, white, that any decoder can read; some kilobytes even where it has millions of pixels.

    Args:
        width: In pixels, from 1.
        height: In pixels, from 1.
    """
    header = struct.pack(">II5B", width, height, *_GREY_ONE_BIT)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def smallest_padded(image: bytes) -> int:
    """How many bytes an image has at the least once it is padded.

    Args:
        image: What `png` wrote.
    """
    return len(image) + _CHUNK_OVERHEAD


def padded(image: bytes, size: int) -> bytes:
    """The same image in a file of exactly this many bytes.

    Args:
        image: What `png` wrote.
        size: In bytes.

    Raises:
        ValueError: The image and the padding's frame take more than that already.
    """
    room = size - smallest_padded(image)
    if room < 0:
        raise ValueError(f"This PNG can't be made {size} bytes big: it needs {smallest_padded(image)}.")
    at = len(SIGNATURE) + _CHUNK_OVERHEAD + 13  # behind IHDR, which must come first and holds 13 bytes
    return image[:at] + _chunk(_PADDING, bytes(room)) + image[at:]


def pixels(image: bytes) -> int | None:
    """How many pixels a PNG's header tells; None if this is no PNG."""
    if not image.startswith(SIGNATURE) or image[12:16] != b"IHDR" or len(image) < len(SIGNATURE) + 16:
        return None
    width, height = struct.unpack(">II", image[16:24])
    return int(width) * int(height)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
