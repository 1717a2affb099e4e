"""Tells whether what came is an image, of the type that was announced."""

from __future__ import annotations

from typing import Final

from .image_header import LONGEST_SIGNATURE, format_of

_OTHER_NAMES: Final = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/x-ms-bmp": "image/bmp",
    "image/x-icon": "image/vnd.microsoft.icon",
    "image/heif": "image/heic",
}
"""Media types that are written otherwise than `image_header` has them."""

_ANY: Final = "image/*"
_SHOWN: Final = 40  # bytes


def media_type_of(content_type: str) -> str:
    """The media type that a header ``Content-Type`` names, without its parameters; "" if there is none."""
    return content_type.partition(";")[0].strip().lower()


def usual_name(media_type: str) -> str:
    """A media type as `image_header` has it, where it has other names too: "image/jpg" is "image/jpeg"."""
    return _OTHER_NAMES.get(media_type, media_type)


class Inspection:
    """Looks at the first bytes of something that should be an image, while it comes in.

    Args:
        announced: The media type that was announced; one that is none of an image says nothing about it.
        size: How many bytes there will be; None if that isn't known.
    """

    def __init__(self, announced: str, size: int | None) -> None:
        self._announced, self._size = announced, size
        self._head = b""
        self._received = 0
        self._told = False

    def look(self, piece: bytes | None) -> str:
        """What is wrong with it, told once; "" for nothing so far.

        Args:
            piece: The next bytes; None at the end.
        """
        if self._told:
            return ""
        if piece is not None:
            self._received += len(piece)
            self._head += piece[: LONGEST_SIGNATURE - len(self._head)]
            if len(self._head) < LONGEST_SIGNATURE:
                return ""
        self._told = True
        return fault(self._head, self._announced, self._received if piece is None else self._size)


def fault(head: bytes, announced: str, size: int | None) -> str:
    """What is wrong with something that should be an image.

    Args:
        head: Its first bytes, as many as `image_header.LONGEST_SIGNATURE` or all.
        announced: The media type that was announced; one that is none of an image says nothing about it.
        size: How many bytes there are; None if that isn't known.

    Returns:
        The words for it; "" for an image that is what it should be.
    """
    known = format_of(head)
    if known is None:
        return f"what came is no image that is known: {_described(head, announced, size)}"
    wanted = usual_name(announced)
    if wanted.startswith("image/") and wanted not in {_ANY, known.media_type}:
        return f"what came is {known.media_type}, and {announced} was announced"
    return ""


def _described(head: bytes, announced: str, size: int | None) -> str:
    if not head:
        return "nothing at all"
    length = "" if size is None else f"{size:,} bytes"
    return ", ".join(part for part in (announced, length, f"begins {_quoted(head[:_SHOWN])}") if part)


def _quoted(head: bytes) -> str:
    text = head.decode("utf-8", "replace").removesuffix("\ufffd")  # the last character may be cut
    return repr(text) if text.isprintable() or text.isspace() else repr(head)
