"""The images of an exchange: those that a request carries, and those that its answer brings or leads to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from attrs import field, frozen

from generator.conformance.base64_text import decoded
from generator.conformance.exchange import SeenImage
from generator.conformance.json_text import read_json
from generator.conformance.picture_ends import is_whole
from generator.conformance.pictures import read_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.conformance.exchange import Answer
    from generator.conformance.links import Fetch, Fetched
    from generator.spec import Json, Operation, Shape

_SAME_TYPE = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png"}
"""Media types that were never registered, and mean one that was."""
_LOOKED_AT = 24
"""How many images of one answer are looked at."""
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
        oddities: By the name of base64 data, in words what is odd about how it is written; "" where nothing is.
        images: What is known of each image that could be looked at.
    """

    count: int = 0
    names: Sequence[str] = ()
    having: Mapping[str, int] = field(factory=dict)
    links: Mapping[str, bool] = field(factory=dict)
    oddities: Mapping[str, str] = field(factory=dict)
    images: tuple[SeenImage, ...] = ()


def brought_by(operation: Operation, answer: Answer, fetch: Fetch) -> Brought | None:
    """The images of an answer.

    Args:
        operation: The operation.
        answer: Its answer: a success, whole.
        fetch: Fetches what stands at a URL, without credentials; None if nothing is there.

    Returns:
        The images; None where the answer is of no form that holds some.
    """
    is_image = answer.media_type.startswith("image/")
    if is_image or (read_picture(answer.body) and _answers_with_images(operation)):
        # What is stated otherwise than as an image is a matter of the media type alone.
        stated = _SAME_TYPE.get(answer.media_type, answer.media_type) if is_image else ""
        return Brought(1, images=(_seen(answer.body, stated=stated),))
    if (found := _items(operation, answer)) is None:
        return None
    items, names = found
    having = {name: sum(bool(_of(item, name)) for item in items) for name in names.values()}
    links: dict[str, bool] = {}
    oddities: dict[str, str] = {}
    behind: dict[str, Fetched | None] = {}
    images: list[SeenImage] = []
    # Nobody asks for so many that the others must be looked at, too.
    for item in items[:_LOOKED_AT]:
        if text := _of(item, names["base64"]):
            data = decoded(text)
            oddities[names["base64"]] = oddities.get(names["base64"]) or data.odd
            images.append(_seen(data.data))
        if url := _of(item, names["url"]):
            # A link without a host leads nowhere, wherever it is read.
            if _is_link(url) and url not in behind:
                behind[url] = fetch(url)
            came = behind.get(url) if _is_link(url) else None
            links[names["url"]] = links.get(names["url"], True) and came is not None
            images += [] if came is None else [_seen(came.data, url=url, is_all=came.is_all)]
    return Brought(len(items), tuple(names.values()), having, links, oddities, tuple(images))


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
    picture = read_picture(value if isinstance(value, bytes) else decoded(value).data)
    return (picture.width, picture.height) if picture and picture.width and picture.height else None


def _seen(data: bytes, *, url: str = "", stated: str = "", is_all: bool = True) -> SeenImage:
    picture = read_picture(data)
    if picture is None:
        return SeenImage("", 0, 0, b"", url, stated)
    return SeenImage(
        media_type=f"image/{picture.format}",
        width=picture.width,
        height=picture.height,
        data=data if is_all and len(data) <= _SHOWN else b"",
        url=url,
        stated=stated,
        # Of a very long one the end is not looked at.
        is_whole=not is_all or is_whole(data, picture.format),
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
