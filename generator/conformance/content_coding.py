"""Reads an answer's body piece by piece, and decodes it so that a small one that grows without end does no harm."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

import httpx

from generator.conformance.deadline import check_deadline

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCEPTED: Final = "gzip, deflate"
"""The content codings that are read, as the header Accept-Encoding has them."""

MOST: Final = 128 * 1024 * 1024
"""How many bytes of an answer are read: more than the images take that a run asks for."""

_BEGINNING: Final = 1024 * 1024
"""How many bytes are kept of a longer one."""
_PIECE: Final = 64 * 1024
_MOST_CODINGS: Final = 3
_GZIP: Final = 16 + zlib.MAX_WBITS
_RAW: Final = -zlib.MAX_WBITS
_WINDOWS: Final = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}


def pieces(response: httpx.Response) -> Iterator[bytes]:
    """The pieces of a body, decoded, none of them large.

    Args:
        response: The response, whose body isn't read yet, or was given whole by a transport of this process.

    Raises:
        httpx.DecodingError: Its content coding is broken.
        httpx.ReadTimeout: The thread's deadline has passed.
    """
    if response.is_stream_consumed:
        yield response.content
        return
    told = response.headers.get("content-encoding", "").lower().split(",")
    # Others were not asked for; some call the text's charset or "identity" a content coding.
    codings = [name.strip() for name in told if name.strip() in _WINDOWS]
    if len(codings) > _MOST_CODINGS:
        raise httpx.DecodingError("too many content codings", request=response.request)
    found = response.iter_raw()
    for coding in reversed(codings):
        found = _inflated(found, _WINDOWS[coding])
    try:
        for piece in found:
            yield piece
            check_deadline()
    except zlib.error as error:
        raise httpx.DecodingError(str(error), request=response.request) from error


def whole_body(response: httpx.Response) -> tuple[bytes, bool]:
    """A body; of one that is longer than `MOST` the beginning.

    Args:
        response: The response.

    Returns:
        The body, and whether it is whole.

    Raises:
        httpx.HTTPError: It can't be read.
    """
    # Hands out what was written without a copy.
    read = BytesIO()
    for piece in pieces(response):
        read.write(piece)
        if read.tell() > MOST:
            read.truncate(_BEGINNING)
            return read.getvalue(), False
    return read.getvalue(), True


def _inflated(found: Iterator[bytes], window: int) -> Iterator[bytes]:
    decoder = zlib.decompressobj(window)
    is_first = True
    for packed in found:
        rest = packed
        while rest and not decoder.eof:
            check_deadline()
            try:
                piece = decoder.decompress(rest, _PIECE)
            except zlib.error:
                if not is_first or window != zlib.MAX_WBITS:
                    raise
                # Some leave the header of zlib out of what they call deflate.
                decoder, is_first = zlib.decompressobj(_RAW), False
                continue
            is_first = False
            rest = decoder.unconsumed_tail
            if piece:
                yield piece
