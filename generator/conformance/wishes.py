"""What a request asks of the images, and whether they came so.

No rule states that as many images come as a field asks for. Which fields say what the images should be like, the spec
tells by `x-role`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING

from attrs import frozen

from generator.conformance.answers import Check, media_type_of
from generator.conformance.pictures import ENOUGH, read_picture
from generator.spec import Level
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import httpx

    from generator.spec import Json, Operation, Shape

_SIZE = re.compile(r"([0-9]+)\*([0-9]+)")
_SAME_FORMAT = {"jpg": "jpeg"}


@frozen
class WishJudge:
    """Judges the images that came by the request that asked for them.

    Attributes:
        operation: The operation.
        fetch: Fetches the beginning of what stands at a URL, without credentials; None if no image is there.
    """

    operation: Operation
    fetch: Callable[[str], bytes | None]

    def checks(self, shape: Shape, body: Mapping[str, Json], response: httpx.Response) -> Iterator[Check]:
        """What an answer tells of the wishes of its request.

        Args:
            shape: The request's shape.
            body: The request's decoded body.
            response: The answer: a success, read.
        """
        wishes = _Wishes(shape, body)
        if media_type_of(response).startswith("image/"):
            yield from self._picture_checks(wishes, response.content[:ENOUGH], media_type_of(response))
        elif found := _images(self.operation, response):
            items, names = found
            yield from self._set_checks(wishes, items, names)

    def _set_checks(self, wishes: _Wishes, items: list[Json], names: Mapping[str, str]) -> Iterator[Check]:
        if (wanted := wishes.value(Role.COUNT)) is not None:
            yield self._honoured(wishes, Role.COUNT, len(items) == wanted, f"{wanted} images; {len(items)} came")
        form = wishes.value(Role.DELIVERY)
        if form in names.values() and items:
            kept = all(isinstance(item, dict) and item.get(form) for item in items)
            yield self._honoured(wishes, Role.DELIVERY, kept, f"each image as {form}")
        first = items[0] if items and isinstance(items[0], dict) else {}
        if data := first.get(names["base64"]):
            yield from self._picture_checks(wishes, _decoded(data))
        elif url := first.get(names["url"]):
            head = self.fetch(str(url))
            words = "an image that is fetched without credentials"
            rule = f"{self.operation.id}/answer-200/{names['url']}/fetched"
            yield Check(rule, Level.PUBLISHED, head is not None, words, "the links of the answer")
            if head is not None:
                yield from self._picture_checks(wishes, head)

    def _picture_checks(self, wishes: _Wishes, head: bytes, media_type: str = "") -> Iterator[Check]:
        picture = read_picture(head)
        told = f"a {picture.format} of {picture.width}*{picture.height} pixels" if picture else "no such image"
        kept = picture is not None and media_type in {"", f"image/{picture.format}"}
        words = f"{media_type or 'a PNG, JPEG or WebP image'}; {told} came"
        yield Check(f"{self.operation.id}/answer-200/image/readable", Level.DOCUMENTED, kept, words, "the answer 200")
        if picture is None:
            return
        if wanted := wishes.format():
            yield self._honoured(wishes, Role.FORMAT, picture.format == wanted, f"{wanted}; {told} came")
        if picture.width and (sides := wishes.sides()):
            kept = (picture.width, picture.height) == sides
            yield self._honoured(wishes, Role.SIZE, kept, f"{sides[0]}*{sides[1]} pixels; {told} came")

    def _honoured(self, wishes: _Wishes, role: Role, kept: bool, words: str) -> Check:  # noqa: FBT001  a verdict
        field = wishes.field(role)
        rule = next(rule for rule in wishes.shape.rules if rule.field == field)
        name = f"{self.operation.id}/{wishes.shape.name}/{field}/honoured"
        return Check(name, rule.level, kept, words, str(rule.source))


@frozen
class _Wishes:
    shape: Shape
    body: Mapping[str, Json]

    def field(self, role: Role) -> str:
        """The name of the field that has a role; "" if none has."""
        return field_of(self.shape.schema, role) or ""

    def value(self, role: Role) -> Json:
        """What is asked for in a role, or stands for it where it is absent; None if nothing tells."""
        return self._value(self.field(role))

    def format(self) -> str | None:
        field = self.field(Role.FORMAT)
        wanted = self._value(field)
        if wanted is None and (follows := self._property(field).get("x-default-from")):
            wanted = follows["values"].get(self._value(follows["property"]))
        return _SAME_FORMAT.get(wanted, wanted)

    def sides(self) -> tuple[int, int] | None:
        size = _SIZE.fullmatch(str(self.body.get(self.field(Role.SIZE))))
        return (int(size[1]), int(size[2])) if size else None

    def _value(self, field: str) -> Json:
        return self.body.get(field, self._property(field).get("default"))

    def _property(self, field: str) -> Mapping[str, Json]:
        found: Mapping[str, Json] = self.shape.schema.get("properties", {}).get(field, {})
        return found


def _images(operation: Operation, response: httpx.Response) -> tuple[list[Json], Mapping[str, str]] | None:
    """The images of an answer and the names that each gives its link and its data by; None if it holds no images."""
    for answer in operation.answers:
        schema = answer.content.get("application/json", {})
        for name, below in schema.get("properties", {}).items():
            names = below.get("items", {}).get("x-image-from")
            if names and answer.status == str(response.status_code):
                try:
                    body = json.loads(response.content)
                except ValueError:
                    return None
                items = body.get(name) if isinstance(body, dict) else None
                return (items, names) if isinstance(items, list) else None
    return None


def _decoded(data: Json) -> bytes:
    """The beginning of base64 data; empty for what is none."""
    try:
        return base64.b64decode(str(data)[: ENOUGH // 3 * 4])
    except (binascii.Error, ValueError):
        return b""
