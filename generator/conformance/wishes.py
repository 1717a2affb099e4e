"""What a request asks of the images, and whether they came so.

No rule states that as many images come as a field asks for. Which fields say what the images should be like, the spec
tells by `x-role`.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.conformance.answers import Check
from generator.conformance.behaviours import load_behaviours
from generator.conformance.images import input_sides, input_values
from generator.spec import Level
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.conformance.exchange import Answer, SeenImage
    from generator.conformance.images import Brought
    from generator.spec import Json, Operation, Shape

_SIZE = re.compile(r"\s*([0-9]+)\*([0-9]+)\s*")
_RATIO = re.compile(r"([0-9]+):([0-9]+)")
_SAME_FORMAT = {"jpg": "jpeg"}
_OF_IMAGES = (Role.COUNT, Role.DELIVERY, Role.FORMAT, Role.SIZE, Role.RATIO)
ANYWAY = "nothing was asked for but what comes anyway"
"""Why an answer doesn't tell whether a wish is heeded."""
_NEAR = 0.06
"""How far an image's ratio may be from what was asked for, as a part of it: models round sides to their own steps."""


def asked_fields(shape: Shape, body: Mapping[str, Json]) -> Iterator[str]:
    """The fields by which a request asks for images other than those that come if it says nothing.

    Args:
        shape: The request's shape.
        body: The request's decoded body.
    """
    for role in _OF_IMAGES:
        name = field_of(shape.schema, role) or ""
        if _is_asked(shape, body, name):
            yield name


def _is_asked(shape: Shape, body: Mapping[str, Json], name: str) -> bool:
    """Whether a request asks by a field for something that doesn't come anyway."""
    prop = _property(shape, name)
    if body.get(name) is not None:
        return bool(body[name] != prop.get("default"))
    # What is asked for in another field may decide for this one.
    return body.get(prop.get("x-default-from", {}).get("property", "")) is not None


@frozen
class WishJudge:
    """Judges the images that came by the request that asked for them.

    Attributes:
        operation: The operation.
    """

    operation: Operation

    def checks(self, shape: Shape, body: Mapping[str, Json], brought: Brought) -> Iterator[Check]:
        """What an answer tells of the wishes of its request.

        Args:
            shape: The request's shape.
            body: The request's decoded body.
            brought: The images of the answer: a success.
        """
        wishes = _Wishes(self.operation, shape, body)
        found = [*self._set_checks(wishes, brought)] if brought.names else []
        found += [check for image in brought.images for check in self._picture_checks(wishes, image)]
        # That one image comes where one was asked for says nothing of a gateway that always makes one.
        anyway = {wishes.rule(role) for role in _OF_IMAGES if not _is_asked(shape, body, wishes.field(role))}
        for check in found:
            tells = check.kept is not True or check.rule not in anyway
            yield check if tells else evolve(check, kept=None, words=ANYWAY)

    def header_checks(self, shape: Shape, body: Mapping[str, Json], answer: Answer) -> Iterator[Check]:
        """What the headers of an answer tell again of its request.

        Args:
            shape: The request's shape.
            body: The request's decoded body.
            answer: The answer: a success.
        """
        wishes = _Wishes(self.operation, shape, body)
        for documented in self.operation.answers:
            for name, header in documented.headers.items() if documented.status[0] == str(answer.status)[0] else ():
                told = answer.headers.get(name.lower())
                asked = wishes.asked(Role(header["x-echoes"])) if "x-echoes" in header else None
                if told is not None and isinstance(asked, str):
                    rule = next(each for each in self.operation.rules if f"-header/{name}/" in f"{each.id}/")
                    place = f"{self.operation.id}/answer-{documented.status}-header/{name}/told-again"
                    words = f"{asked} in the header {name}"
                    yield Check(place, rule.level, told == asked, words, str(rule.source), told)

    def _set_checks(self, wishes: _Wishes, brought: Brought) -> Iterator[Check]:
        if (wanted := wishes.value(Role.COUNT)) is not None:
            words, came = _images(wanted), _images(brought.count)
            yield wishes.honoured(Role.COUNT, kept=brought.count == wanted, words=words, came=came)
        form = wishes.value(Role.DELIVERY)
        if form in brought.names and brought.count:
            having = brought.having.get(form, 0)
            came = f"{having} of {_images(brought.count)} as {form}"
            kept = having == brought.count
            yield wishes.honoured(Role.DELIVERY, kept=kept, words=f"each image as {form}", came=came)
        for link, fetched in brought.links.items():
            rule = f"{self.operation.id}/answer-200/{link}/fetched"
            words = "an image that is fetched without credentials"
            yield Check(rule, Level.PUBLISHED, fetched, words, "the links of the answer")
        for name, odd in brought.oddities.items():
            rule = f"{self.operation.id}/answer-200/{name}/plain-base64"
            yield Check(rule, Level.ASSUMED, not odd, "base64 data that every reader takes", "RFC 4648", odd)

    def _picture_checks(self, wishes: _Wishes, image: SeenImage) -> Iterator[Check]:
        told = f"{image.media_type or 'no image that is known'} of {image.width}*{image.height} pixels"
        kept = bool(image.media_type) and image.stated in {"", image.media_type} and image.is_whole
        rule, words = f"{self.operation.id}/answer-200/image/readable", f"{image.stated or 'an image'}, whole"
        came = f"{told}{'' if image.is_whole else ', cut off'}"
        yield Check(rule, Level.DOCUMENTED, kept, words, "the answer 200", came)
        if not image.media_type:
            return
        if wanted := wishes.format():
            kept = image.media_type == f"image/{wanted}"
            yield wishes.honoured(Role.FORMAT, kept=kept, words=wanted, came=told)
        if image.width and (sides := wishes.sides()):
            kept = (image.width, image.height) == sides
            yield wishes.honoured(Role.SIZE, kept=kept, words=f"{sides[0]}*{sides[1]} pixels", came=told)
        if image.width and image.height:
            yield from self._ratio_checks(wishes, image, told)

    def _ratio_checks(self, wishes: _Wishes, image: SeenImage, told: str) -> Iterator[Check]:
        ratio, actual = wishes.value(Role.RATIO), image.width / image.height
        if not wishes.field(Role.RATIO):
            return
        if isinstance(ratio, str) and (sides := _RATIO.fullmatch(ratio)):
            kept = _is_near(actual, int(sides[1]) / int(sides[2]))
            yield wishes.honoured(Role.RATIO, kept=kept, words=f"about {ratio}", came=told)
        elif given := wishes.input_ratio():
            closest = min(wishes.ratios(), key=lambda each: abs(math.log(each / given)), default=given)
            kept = _is_near(actual, given) or _is_near(actual, closest)
            words = "the input's ratio, or the closest to it"
            yield wishes.honoured(Role.RATIO, kept=kept, words=words, came=told, behaviour="inferred")


@frozen
class _Wishes:
    operation: Operation
    shape: Shape
    body: Mapping[str, Json]

    def field(self, role: Role) -> str:
        """The name of the field that has a role; "" if none has."""
        return field_of(self.shape.schema, role) or ""

    def value(self, role: Role) -> Json:
        """What is asked for in a role, or stands for it where it is absent; None if nothing tells."""
        return self._value(self.field(role))

    def asked(self, role: Role) -> Json:
        """What is asked for in a role, be it by the field's older spelling; None if nothing is."""
        name = self.field(role)
        older = (
            key for key, prop in self.shape.schema.get("properties", {}).items() if prop.get("x-replaced-by") == name
        )
        return next((self.body[key] for key in (name, *older) if key in self.body), None)

    def format(self) -> str | None:
        name = self.field(Role.FORMAT)
        wanted = self._value(name)
        if wanted is None and (follows := self._property(name).get("x-default-from")):
            wanted = follows["values"].get(self._value(follows["property"]))
        return _SAME_FORMAT.get(wanted, wanted)

    def sides(self) -> tuple[int, int] | None:
        size = _SIZE.fullmatch(str(self.body.get(self.field(Role.SIZE))))
        return (int(size[1]), int(size[2])) if size else None

    def ratios(self) -> Sequence[float]:
        """The ratios that are documented, as numbers."""
        values = self._property(self.field(Role.RATIO)).get("enum", ())
        return [int(sides[1]) / int(sides[2]) for value in values if (sides := _RATIO.fullmatch(value))]

    def input_ratio(self) -> float | None:
        """The ratio of the one input image; None where there are several, or it can't be read."""
        values = list(input_values(self.shape, self.body))
        sides = input_sides(values[0]) if len(values) == 1 else None
        return sides[0] / sides[1] if sides else None

    def honoured(self, role: Role, *, kept: bool, words: str, came: str, behaviour: str = "honoured") -> Check:
        name = self.field(role)
        rule = next(rule for rule in self.shape.rules if rule.field == name)
        level = load_behaviours()[behaviour].level_by(rule.level)
        return Check(self.rule(role, behaviour), level, kept, words, str(rule.source), came)

    def rule(self, role: Role, behaviour: str = "honoured") -> str:
        return f"{self.operation.id}/{self.shape.name}/{self.field(role)}/{behaviour}"

    def _value(self, name: str) -> Json:
        return self.body.get(name, self._property(name).get("default"))

    def _property(self, name: str) -> Mapping[str, Json]:
        return _property(self.shape, name)


def _property(shape: Shape, name: str) -> Mapping[str, Json]:
    found: Mapping[str, Json] = shape.schema.get("properties", {}).get(name, {})
    return found


def _images(count: Json) -> str:
    return f"{count} image{'' if count == 1 else 's'}"


def _is_near(actual: float, wanted: float) -> bool:
    return abs(math.log(actual / wanted)) <= _NEAR
