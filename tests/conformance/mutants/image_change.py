"""Changes the images that an answer brings, as a file or as base64 data."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.conformance.mutants.messages import Given, as_json

if TYPE_CHECKING:
    from collections.abc import Mapping


def changed_images(given: Given, to: Mapping[str, Any]) -> Given:
    """An answer whose images are changed.

    Args:
        given: The answer. Without images it stays.
        to: ``size`` (both sides, in pixels), ``plus`` (what is added to each side), ``swap`` (true: width and height
            change places), ``format`` (a format of Pillow's, the content type following), ``cut`` (only so many bytes
            of the file), ``only`` (the index of the one of several images that is changed).
    """
    if given.media_type.startswith("image/"):
        data = _changed(given.body, to)
        content_type = f"image/{to['format'].lower()}" if "format" in to else None
        return given.with_body(data, content_type)
    body = given.decoded()
    items = body.get("data") if isinstance(body, dict) else None
    if not isinstance(items, list):
        return given
    for index, item in enumerate(items):
        if "b64_json" in item and to.get("only", index) == index:
            item["b64_json"] = base64.b64encode(_changed(base64.b64decode(item["b64_json"]), to)).decode()
    return given.with_body(as_json(body))


def _changed(data: bytes, to: Mapping[str, Any]) -> bytes:
    if "cut" in to:
        return data[: to["cut"]]
    with Image.open(BytesIO(data)) as image:
        width, height = to.get("size", image.size)
        wider, higher = to.get("plus", (0, 0))
        width, height = width + wider, height + higher
        sides = (height, width) if to.get("swap") else (width, height)
        target = BytesIO()
        image.convert("RGB").resize(sides).save(target, to.get("format") or image.format)
        return target.getvalue()
