"""Kinds of hostile images: bombs, polyglots, broken files."""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.mock.hostile.attack import EDITS, JUDGED, VENICE, Attack, posted
from tests.mock.hostile.form_bodies import field, file

if TYPE_CHECKING:
    from random import Random

_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "ICO", "AVIF")
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_SMALL_ANSWER: Final = {"size": "512*512", "n": "1"}


def _sent(random: Random, content: bytes, media_type: str = "image/png") -> Attack:
    """The image in a request, as a file or as text."""
    path = random.choice([EDITS, VENICE])
    fields = {"prompt": "p", "model": "qwen-image-2.0-pro" if path == EDITS else "qwen-edit"}
    fields |= _SMALL_ANSWER if path == EDITS else {"output_format": "webp"}
    if random.random() < 0.5:
        parts = b"".join(field(name, value.encode()) for name, value in fields.items())
        body = parts + file("image", content, media_type=media_type) + b"--B--\r\n"
        return posted(path, body, "multipart/form-data; boundary=B", JUDGED)
    text = base64.b64encode(content).decode()
    image = random.choice([text, f"data:{media_type};base64,{text}"])
    body = json.dumps(fields | {"image": image} | ({"n": 1} if path == EDITS else {})).encode()
    return posted(path, body, statuses=JUDGED)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


def _header(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    return _SIGNATURE + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


@cache
def _zeros(size: int) -> bytes:
    """Some kilobytes that grow to this many bytes when they are unpacked."""
    packer = zlib.compressobj(9)
    block = bytes(1_000_000)
    return b"".join([*(packer.compress(block) for _ in range(size // len(block))), packer.flush()])


def pixel_bombs(random: Random) -> Attack:
    """A header that promises more pixels than there is memory."""
    sides = [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (2**31 - 1, 1), (1, 2**31 - 1), (0, 0), (0, 5), (9_000, 9_000)]
    sides += [(2**32 - 1, 2**32 - 1), (33_177_601, 1), (20_000, 9_000)]
    width, height = random.choice(sides)
    data = _chunk(b"IDAT", _zeros(random.choice([1_000_000, 50_000_000])))
    return _sent(
        random, _header(width, height, *random.choice([(8, 2), (16, 6), (1, 0)])) + data + _chunk(b"IEND", b"")
    )


def large_within_bounds(random: Random) -> Attack:
    """Some kilobytes that unpack to as many pixels as an image may have."""
    width, height = random.choice([(5_760, 5_760), (33_177_600, 1), (8_000, 4_000), (65_536, 1)])
    data = _zeros(random.choice([(3 * width + 1) * height, 1_000_000]) // 1_000_000 * 1_000_000 + 1_000_000)
    return _sent(random, _header(width, height) + _chunk(b"IDAT", data) + _chunk(b"IEND", b""))


def text_bombs(random: Random) -> Attack:
    """Text, colour profiles and frames inside an image that unpack to very much."""
    packed = _zeros(random.choice([5_000_000, 200_000_000]))
    chunk = random.choice(
        [
            _chunk(b"zTXt", b"k\0\0" + packed),
            _chunk(b"iTXt", b"k\0\1\0\0\0" + packed),
            _chunk(b"iCCP", b"k\0\0" + packed),
            _chunk(b"tEXt", b"k\0" + b"v" * 2_000_000),
            _chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)),
            _chunk(b"eXIf", b"MM\0*\0\0\0\x08\xff\xff" + b"\0" * 60),
        ]
    )
    image = (
        _header(512, 512) + chunk * random.choice([1, 3]) + _chunk(b"IDAT", _zeros(1_000_000)) + _chunk(b"IEND", b"")
    )
    return _sent(random, image)


@cache
def _real(file_format: str) -> bytes:
    written = io.BytesIO()
    side = 256 if file_format == "ICO" else 300
    Image.linear_gradient("L").resize((side, side)).convert("RGB").save(written, file_format)
    return written.getvalue()


def truncated(random: Random) -> Attack:
    """The beginning of an image, of any format."""
    image = _real(random.choice(_FORMATS))
    return _sent(random, image[: random.randrange(1, len(image))])


def damaged(random: Random) -> Attack:
    """An image, of any format, with some bytes replaced by others."""
    image = bytearray(_real(random.choice(_FORMATS)))
    for _ in range(random.randint(1, 30)):
        # Mostly near the beginning, where sizes, offsets and counts are.
        at = min(int(random.expovariate(1 / 60)), len(image) - 1)
        image[at] = random.choice([0, 0xFF, 0x7F, 0x80, random.randrange(256)])
    return _sent(random, bytes(image))


def polyglots(random: Random) -> Attack:
    """Files that are two things at once, or another thing than they say."""
    png = _real("PNG")
    contents = [
        png + b"PK\x05\x06" + bytes(18), b"GIF89a/*" + b"\0" * 50 + b"*/=1;alert(1)",
        png + b"<script>alert(1)</script>",
        b"%PDF-1.7\n" + png, b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 500 500\nsystem", b"\xff\xd8\xff\xe0" + png,
        b"MZ" + bytes(90) + png,
        b"#!/bin/sh\nid\n", b"RIFF\xff\xff\xff\xffWEBPVP8 " + bytes(60), b"II*\0" + b"\xff" * 60, b"BM" + b"\xff" * 60,
        b"P6\n99999 99999\n255\n", b"\0\0\1\0\xff\xff" + bytes(60), b"\0\0\0 ftypavif" + b"\xff" * 60, _SIGNATURE,
        b"\0", b"",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        b"qoif" + b"\xff" * 10,
    ]  # fmt: skip
    media_types = ["image/png", "image/svg+xml", "text/html", "application/pdf", "", "image/png\0", "../../x"]
    return _sent(random, random.choice(contents), random.choice(media_types))


def odd_base64(random: Random) -> Attack:
    """Image data as text that is no base64, or only nearly."""
    text = base64.b64encode(_real("PNG")).decode()
    odd = [
        text[:-1], text + "=", text.replace("=", ""), text[::-1], text.replace("A", "-"), "=" * 400, text + "\0",
        " " + text,
        "data:image/png;base64", "data:,", "data:image/png,abc", "data:;base64," + "=" * 4, "\n".join(text), "é" * 400,
        "data:image/png;base64;base64," + text, text[:100] + "====" + text[100:], "A" * 4_000_004,
        "data:" + "a" * 50_000,
    ]  # fmt: skip
    path = random.choice([EDITS, VENICE])
    model = {"model": "qwen-image-2.0-pro", "size": "512*512"} if path == EDITS else {}
    return posted(path, json.dumps({"prompt": "p", "image": random.choice(odd), **model}).encode())
