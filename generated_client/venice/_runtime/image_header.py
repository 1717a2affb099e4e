"""Reads an image's format, width and height from its first bytes, without decoding it."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_SIGNATURE: Final = 32
"""How many bytes tell a format."""

_HEAD = 64  # bytes; every format but JPEG tells its size in them
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the frame headers SOF0..SOF15
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a segment
_JPEG_FRAME = 9  # bytes of a frame header until its width ends
_BMP_CORE = 12  # length of the oldest BMP header


@frozen
class Format:
    """A file format.

    Attributes:
        name: e.g. "jpeg".
        media_type: e.g. "image/jpeg".
        extension: As file names end, e.g. "jpg".
    """

    name: str
    media_type: str
    extension: str


@frozen
class ImageHeader:
    """What an image's first bytes tell.

    Attributes:
        format: Its format.
        width: In pixels; None for a format whose size is not read here.
        height: In pixels; None for a format whose size is not read here.
    """

    format: Format
    width: int | None
    height: int | None

    @property
    def pixels(self) -> int | None:
        """Width times height; None where they aren't known."""
        return None if self.width is None or self.height is None else self.width * self.height


_PNG = Format("png", "image/png", "png")
_JPEG = Format("jpeg", "image/jpeg", "jpg")
_GIF = Format("gif", "image/gif", "gif")
_WEBP = Format("webp", "image/webp", "webp")
_BMP = Format("bmp", "image/bmp", "bmp")
_TIFF = Format("tiff", "image/tiff", "tiff")
_AVIF = Format("avif", "image/avif", "avif")
_HEIC = Format("heic", "image/heic", "heic")
_ICO = Format("ico", "image/vnd.microsoft.icon", "ico")

FORMATS: Final = (_PNG, _JPEG, _GIF, _WEBP, _BMP, _TIFF, _AVIF, _HEIC, _ICO)
"""The formats that are recognised."""

_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": _PNG,
    b"\xff\xd8\xff": _JPEG,
    b"GIF87a": _GIF,
    b"GIF89a": _GIF,
    b"BM": _BMP,
    b"II*\x00": _TIFF,
    b"MM\x00*": _TIFF,
    b"\x00\x00\x01\x00": _ICO,
}
_BRANDS = {
    b"avif": _AVIF,
    b"avis": _AVIF,
    b"heic": _HEIC,
    b"heix": _HEIC,
    b"heim": _HEIC,
    b"mif1": _HEIC,
    b"msf1": _HEIC,
}


def format_of(head: bytes) -> Format | None:
    """The format that a file's first bytes tell, or None.

    Args:
        head: At least `LONGEST_SIGNATURE` bytes, or the whole file.
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _WEBP
    if head[4:8] == b"ftyp":
        return _AVIF if b"avif" in head[8:LONGEST_SIGNATURE] else _BRANDS.get(head[8:12])
    return next((found for signature, found in _SIGNATURES.items() if head.startswith(signature)), None)


def read_header(piece: Callable[[int, int], bytes]) -> ImageHeader | None:
    """Read an image's header.

    Args:
        piece: Gives a piece of the file: from where on, and how many bytes; less only where the file ends. Of a
            photograph, whose metadata may stand before its size, it is asked for more than one.

    Returns:
        The header; None if the bytes are no image that is known here, or its header is broken.
    """
    head = piece(0, _HEAD)
    known = format_of(head)
    if known is None:
        return None
    if known is _JPEG:
        size = _jpeg(piece)
    elif known.name in _SIZES:
        size = _SIZES[known.name](head)
    else:
        return ImageHeader(known, None, None)
    return ImageHeader(known, *size) if size and min(size) > 0 else None


def _png(data: bytes) -> tuple[int, int] | None:
    if data[12:16] != b"IHDR" or len(data) < 24:  # noqa: PLR2004 - where IHDR's width and height end
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _gif(data: bytes) -> tuple[int, int] | None:
    return (_little(data, 6, 2), _little(data, 8, 2)) if len(data) >= 10 else None  # noqa: PLR2004 - the screen size ends


def _bmp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 26:  # noqa: PLR2004 - where a header of either kind has told its size
        return None
    if _little(data, 14, 4) == _BMP_CORE:
        return _little(data, 18, 2), _little(data, 20, 2)
    height = int.from_bytes(data[22:26], "little", signed=True)  # negative: rows from top to bottom
    return _little(data, 18, 4), abs(height)


def _webp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 30:  # noqa: PLR2004 - where each of the three kinds has told its size
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    if kind == b"VP8L" and data[20] == 0x2F:  # noqa: PLR2004 - VP8L's own signature
        bits = _little(data, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
    return None


def _jpeg(piece: Callable[[int, int], bytes]) -> tuple[int, int] | None:
    at = 2
    while len(data := piece(at, _HEAD)) >= _JPEG_FRAME:
        padding = len(data) - len(data.lstrip(b"\xff")) - 1  # any number of 0xFF may stand before a marker
        if padding:
            if padding < 0:
                return None
            at += padding
        elif data[1] in _JPEG_SIZES:
            return int.from_bytes(data[7:9], "big"), int.from_bytes(data[5:7], "big")
        else:
            at += 2 if data[1] in _JPEG_ALONE else 2 + int.from_bytes(data[2:4], "big")
    return None


def _little(data: bytes, start: int, length: int) -> int:
    return int.from_bytes(data[start : start + length], "little")


_SIZES = {"png": _png, "gif": _gif, "webp": _webp, "bmp": _bmp}
