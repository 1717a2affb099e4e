"""The images of an exchange: those that a request carries, and those that its answer brings or leads to."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

from attrs import field, frozen

from generator.conformance.exchange import SeenImage
from generator.conformance.json_text import read_json
from generator.conformance.pictures import ENOUGH, is_whole, read_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from generator.conformance.exchange import Answer
    from generator.spec import Json, Operation, Shape

    Fetch = Callable[[str, int], bytes | None]

_SAME_TYPE = {"image/jpg": "image/jpeg", "image/x-png": "image/png"}
"""Media types that were never registered, and mean one that was."""
_MOST = 32 * 1024 * 1024
"""How many bytes of an image are fetched where all of it is wanted."""
_SHOWN = 96 * 1024
"""How many bytes an image may have to be shown in a report."""


@frozen
class Brought:
    """The images of an answer.

    Attributes:
        count: How many there are said to be.
        names: The names by which an item of the answer may hold an image; none for an answer that is an image itself.
        having: By name, how many items hold something by it.
        links: By the name of a link, whether an image was behind each of them.
        images: What is known of each image that could be looked at.
    """

    count: int = 0
    names: Sequence[str] = ()
    having: Mapping[str, int] = field(factory=dict)
    links: Mapping[str, bool] = field(factory=dict)
    images: tuple[SeenImage, ...] = ()


def brought_by(operation: Operation, answer: Answer, fetch: Fetch, *, whole: bool = False) -> Brought | None:
    """The images of an answer.

    Args:
        operation: The operation.
        answer: Its answer: a success, whole.
        fetch: Fetches what stands at a URL, without credentials, up to so many bytes; None if nothing is there.
        whole: Whether to fetch all of each image, not only the beginning, which tells its format and size.

    Returns:
        The images; None where the answer is of no form that holds some.
    """
    is_image = answer.media_type.startswith("image/")
    if is_image or (read_picture(answer.body[:ENOUGH]) and _answers_with_images(operation)):
        # What is stated otherwise than as an image is a matter of the media type alone.
        stated = _SAME_TYPE.get(answer.media_type, answer.media_type) if is_image else ""
        return Brought(1, images=(_seen(answer.body, stated=stated),))
    if (found := _items(operation, answer)) is None:
        return None
    items, names = found
    having = {name: sum(bool(_of(item, name)) for item in items) for name in names.values()}
    links: dict[str, bool] = {}
    images: list[SeenImage] = []
    for item in items:
        if data := _of(item, names["base64"]):
            images.append(_seen(_decoded(data)))
        elif url := _of(item, names["url"]):
            # A link without a host leads nowhere, wherever it is read.
            head = fetch(url, _MOST if whole else ENOUGH) if _is_link(url) else None
            links[names["url"]] = links.get(names["url"], True) and head is not None
            images += [] if head is None else [_seen(head, url=str(url))]
    return Brought(len(items), tuple(names.values()), having, links, tuple(images))


def count_of(operation: Operation, answer: Answer) -> int:
    """How many images an answer says that it brings; none of them is fetched."""
    if not answer.is_success or not makes_images(operation):
        return 0
    if answer.media_type.startswith("image/"):
        return 1
    found = _items(operation, answer)
    return len(found[0]) if found else 0


def _answers_with_images(operation: Operation) -> bool:
    return any(name.startswith("image/") for answer in operation.answers for name in answer.content)


def makes_images(operation: Operation) -> bool:
    """Whether an operation's answers hold images."""
    contents = [answer.content for answer in operation.answers]
    direct = any(name.startswith("image/") for content in contents for name in content)
    schemas = [content.get("application/json", {}) for content in contents]
    below = [prop.get("items", {}) for schema in schemas for prop in schema.get("properties", {}).values()]
    return direct or any("x-image-from" in items for items in below)


def input_values(shape: Shape, body: Mapping[str, Json]) -> Iterator[str | bytes]:
    """The images at the top of a request's body, as it carries them."""
    for name, prop in shape.schema.get("properties", {}).items():
        if "x-image" in prop or "x-image" in prop.get("items", {}):
            value = body.get(name)
            yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str | bytes))


def input_sides(value: str | bytes) -> tuple[int, int] | None:
    """An input image's sides in pixels; None if it isn't there to be read."""
    head = value[:ENOUGH] if isinstance(value, bytes) else _decoded((value.partition(";base64,")[2] or value)[:ENOUGH])
    picture = read_picture(head)
    return (picture.width, picture.height) if picture and picture.width and picture.height else None


def _seen(data: bytes, *, url: str = "", stated: str = "") -> SeenImage:
    picture = read_picture(data[:ENOUGH])
    if picture is None:
        return SeenImage("", 0, 0, b"", url, stated)
    # Of what was fetched only the beginning may be there.
    is_all = not url or is_whole(data, picture.format)
    return SeenImage(
        media_type=f"image/{picture.format}",
        width=picture.width,
        height=picture.height,
        data=data if is_all and len(data) <= _SHOWN else b"",
        url=url,
        stated=stated,
        is_whole=is_whole(data, picture.format) if is_all else True,
        digest=hashlib.sha256(data).hexdigest() if is_all else "",
    )


def _items(operation: Operation, answer: Answer) -> tuple[list[Json], Mapping[str, str]] | None:
    for documented in operation.answers:
        schema = documented.content.get("application/json", {})
        for name, below in schema.get("properties", {}).items():
            names = below.get("items", {}).get("x-image-from")
            if names and documented.status[0] == str(answer.status)[0]:
                try:
                    body = read_json(answer.body)
                except ValueError:
                    return None
                items = body.get(name) if isinstance(body, dict) else None
                return (items, names) if isinstance(items, list) else ([], names)
    return None


def _is_link(url: Json) -> bool:
    return isinstance(url, str) and url.lower().startswith(("http://", "https://"))


def _of(item: Json, name: str) -> Json:
    return item.get(name) if isinstance(item, dict) else None


def _decoded(data: Json) -> bytes:
    """Base64 data's bytes; empty for what is none."""
    try:
        return base64.b64decode(str(data))
    except (binascii.Error, ValueError):
        return b""
