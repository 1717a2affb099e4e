"""Images as gateways may rightly write them: in other formats, with other options, with other steps of size."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
from PIL import Image

Write = Callable[[Image.Image, str], tuple[bytes, str]]
"""Writes an image; takes the format that it has, and gives the file and its format."""


def _saved(image: Image.Image, name: str, **options: Any) -> tuple[bytes, str]:
    target = BytesIO()
    image.save(target, name, **options)
    return target.getvalue(), name.lower()


def as_jpeg(image: Image.Image, _: str) -> tuple[bytes, str]:
    """A progressive JPEG whose metadata are longer than a careless reader looks."""
    data, name = _saved(image.convert("RGB"), "JPEG", progressive=True)
    segment = b"\xff\xe1" + struct.pack(">H", 60_002) + b"\xff\xd8\xff\xd9" * 15_000
    return data[:2] + segment * 2 + data[2:], name


def as_webp(image: Image.Image, _: str) -> tuple[bytes, str]:
    """A WebP without losses."""
    return _saved(image.convert("RGBA"), "WEBP", lossless=True, method=0, quality=0)


def as_avif(image: Image.Image, _: str) -> tuple[bytes, str]:
    """An AVIF."""
    return _saved(image.convert("RGB"), "AVIF", speed=10)


def as_grey_png(image: Image.Image, _: str) -> tuple[bytes, str]:
    """A PNG of 16 bits a pixel."""
    return _saved(
        image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16"), "PNG", compress_level=1
    )


def otherwise(image: Image.Image, name: str) -> tuple[bytes, str]:
    """The same format, written with other options."""
    writers: dict[str, Write] = {"jpeg": as_jpeg, "webp": as_webp, "png": as_grey_png}
    return writers[name](image, name)


def in_steps(image: Image.Image, name: str) -> tuple[bytes, str]:
    """The same format, its sides rounded to multiples of 64, as models round them."""
    width, height = (max(64, round(side * 1.1 / 64) * 64) for side in image.size)
    options = {"lossless": True, "method": 0, "quality": 0} if name == "webp" else {}
    return _saved(image.convert("RGB").resize((width, height)), name, **options)


def rewritten(data: bytes, write: Write) -> tuple[bytes, str]:
    """An image's file, written otherwise; what is none stays."""
    with Image.open(BytesIO(data)) as image:
        return write(image, (image.format or "").lower())


def with_images(response: httpx.Response, write: Write) -> httpx.Response:
    """A response whose images, by themselves or as base64 data, are written otherwise."""
    kind = response.headers.get("content-type", "")
    if response.is_success and kind.startswith("image/"):
        data, name = rewritten(response.content, write)
        return _copy(response, data, f"image/{name}")
    if response.is_success and kind.startswith("application/json"):
        body = response.json()
        for item in body.get("data", ()):
            if isinstance(item, dict) and item.get("b64_json"):
                item["b64_json"] = base64.b64encode(rewritten(base64.b64decode(item["b64_json"]), write)[0]).decode()
        return _copy(response, json.dumps(body).encode(), kind)
    return response


def _copy(response: httpx.Response, content: bytes, content_type: str) -> httpx.Response:
    headers = [
        (name, value) for name, value in response.headers.items() if name not in {"content-length", "content-type"}
    ]
    return httpx.Response(response.status_code, headers=[*headers, ("content-type", content_type)], content=content)
