"""Other ways to make a plain request: where a gateway takes images in one form, the cases are made with that form.

No page says that an image can be given in each form everywhere: a web address may lead to nothing that the gateway
reaches, base64 data may be too long for it. So a plain request that is refused is tried with its image in others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from generator.spec.boundary.images import EXAMPLE_URL, as_form, image_of, usual_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.conformance.plan import Group
    from generator.spec import Json, Shape


def alternatives(shape: Shape, plain: Mapping[str, Json]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Other plain bodies of a shape, each with what is different in words.

    Args:
        shape: The shape.
        plain: Its plain body.
    """
    for limits in _limits(shape.schema):
        usual = _image(limits, usual_form(limits))
        for form in limits["forms"]:
            other = _image(limits, form)
            if other != usual and (changed := _replaced(plain, usual, other)) != plain:
                yield f"with the image as {form}", changed
    for name, prop in shape.schema.get("properties", {}).items():
        limits = prop.get("x-image") or prop.get("items", {}).get("x-image")
        if limits and name not in plain:
            for form in (usual_form(limits), *limits["forms"]):
                yield f"with {name} as {form}", {**plain, name: _image(limits, form)}


def rebased(group: Group, plain: Mapping[str, Json], other: Mapping[str, Json]) -> Group:
    """A request as it is when another plain body is the base.

    Args:
        group: The request with its cases.
        plain: The base that it was made from.
        other: The base to make it from.
    """
    body = group.request.body
    if not isinstance(body, dict) or group.request.raw is not None:
        return group
    for name, value in other.items():
        if name not in plain:
            body = {**body, name: body.get(name, value)}
        elif plain[name] != value:
            for old, new in _differences(plain[name], value):
                body = _replaced(body, old, new)
    if body == group.request.body:
        return group
    request = evolve(group.request, body=body)
    return evolve(group, request=request, cases=tuple(evolve(case, request=request) for case in group.cases))


def _limits(schema: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    """Every ``x-image`` of a schema."""
    if "x-image" in schema:
        yield schema["x-image"]
    for below in (*schema.get("properties", {}).values(), schema.get("items")):
        if isinstance(below, dict):
            yield from _limits(below)


def _image(limits: Mapping[str, Json], form: str) -> str | bytes:
    return EXAMPLE_URL if form == "url" else as_form(image_of(limits), form)


def _replaced(value: Json, old: Json, new: Json) -> Json:
    if isinstance(value, dict):
        return {name: _replaced(item, old, new) for name, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, old, new) for item in value]
    return new if type(value) is type(old) and value == old else value


def _differences(one: Json, other: Json) -> Iterator[tuple[Json, Json]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one.keys() & other.keys():
            yield from _differences(one[name], other[name])
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for left, right in zip(one, other, strict=True):
            yield from _differences(left, right)
    elif one != other:
        yield one, other
