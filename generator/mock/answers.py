"""Makes the answers to right requests. What kind of answer an operation gives is told from its documented answer."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

from attrs import define, field, frozen
from starlette.responses import Response

from generator.mock.balances import shown
from generator.mock.belongings import Belongings
from generator.mock.catalogue import Catalogue
from generator.mock.drawing import in_drawing_thread
from generator.mock.instances import instance_of
from generator.mock.json_text import JsonResponse
from generator.mock.pictures import draw
from generator.mock.results import LIFETIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from generator.mock.blobs import Blobs
    from generator.mock.json_text import JsonText
    from generator.mock.recipe import Recipe
    from generator.mock.results import Results
    from generator.mock.wishes import Wish
    from generator.spec.model import Answer, Contract, Json, Operation


_VIOLATION: Final = "is-content-violation"
"""How the header ends that says whether an image offends."""


def can_violate(operation: Operation) -> bool:
    """Whether an operation's answers say whether their images offend."""
    headers = (header for answer in operation.answers for header in answer.headers)
    return any(header.lower().endswith(_VIOLATION) for header in headers)


@define
class Order:
    """A right request, ready to be answered.

    Attributes:
        wish: What it asks for; None for an operation without a body.
        parameters: Its parameters outside of the body.
        upstream: What a gateway would have sent to the model provider; None if the spec doesn't say.
        request_id: The request's id.
        base_url: Where the mock was reached, e.g. ``http://127.0.0.1:8000``.
        remaining: What the caller's account holds after this, in US dollars; None where nobody pays.
        violation: Whether the images count as offending, so that safe mode blurs them.
        images: The paths of the images that are kept for it, once the answer is made.
        belongings: What is to be kept with the request.
    """

    wish: Wish | None
    parameters: Mapping[str, Json]
    upstream: JsonText | None
    request_id: str
    base_url: str
    remaining: Decimal | None = None
    violation: bool = False
    images: list[str] = field(factory=list)
    belongings: Belongings = field(factory=Belongings, repr=False)

    @property
    def is_blurred(self) -> bool:
        """Whether safe mode blurs the images."""
        return self.violation and self.wish is not None and self.wish.is_safe


class Answerer(Protocol):
    """Answers the right requests of one operation."""

    async def answer(self, order: Order) -> Response:
        """Answer a request."""
        ...


def answerer_for(contract: Contract, operation: Operation, results: Results, blobs: Blobs) -> Answerer:
    """The answerer of an operation, by what the spec documents for success.

    Args:
        contract: The API.
        operation: The operation.
        results: Where images that are answered by link are kept.
        blobs: Where the input images are kept that such images are made from.
    """
    answer = next(answer for answer in operation.answers if answer.status.startswith("2"))
    status = int(answer.status) if answer.status.isdecimal() else 200
    if any(media_type.startswith("image/") for media_type in answer.content):
        return ImageFileAnswer(contract, operation, answer, status)
    schema = next(iter(answer.content.values()), {})
    for name, items in _lists(schema):
        if "x-image-from" in items:
            return ImageSetAnswer.of(name, items, results, blobs, status)
        catalogue = Catalogue(contract)
        if operation.method == "GET" and "id" in items.get("properties", {}) and len(catalogue):
            kinds = [parameter.schema.get("x-known-values", [""])[0] for parameter in operation.parameters]
            return ModelListAnswer(name, catalogue, next(iter(kinds), ""), status)
    return DocumentedAnswer(instance_of(schema), next(iter(answer.content), ""), status)


def _lists(schema: Mapping[str, Json]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    for name, prop in schema.get("properties", {}).items():
        if isinstance(items := prop.get("items"), dict):
            yield name, items


@frozen
class ImageSetAnswer:
    """A JSON list of images, each a link or base64 data."""

    _list_name: str
    _url: str
    _base64: str
    _lifetime: int
    _results: Results
    _blobs: Blobs
    _status: int

    @classmethod
    def of(
        cls, list_name: str, items: Mapping[str, Json], results: Results, blobs: Blobs, status: int
    ) -> ImageSetAnswer:
        """The answer whose images are items of that schema."""
        names = items["x-image-from"]
        link = items.get("properties", {}).get(names["url"], {})
        lifetime = link.get("x-result-url", {}).get("lifetime", LIFETIME)
        return cls(list_name, names["url"], names["base64"], lifetime, results, blobs, status)

    async def answer(self, order: Order) -> Response:
        """The images, with the prompt they are made from and what the model provider would have said besides."""
        wish = order.wish
        if wish is None:
            return JsonResponse({self._list_name: []}, self._status)
        if order.is_blurred:
            wish = wish.blurred()
        for digest, content in wish.inputs.items():
            self._blobs.keep(content, digest, order.belongings)
        order.images.extend([self._results.keep(recipe, order.belongings, self._lifetime) for recipe in wish.recipes])
        urls = [order.base_url + path for path in order.images]
        if wish.delivery == self._base64:
            images = await in_drawing_thread(lambda: [self._drawn(recipe, wish) for recipe in wish.recipes])
        else:
            images = [{self._url: url} for url in urls]
        items = [{**item, "revised_prompt": wish.revised_prompt} for item in images]
        body = {"created": int(time.time()), self._list_name: items, "metadata": _metadata(order, wish, urls)}
        return JsonResponse(body, self._status)

    def _drawn(self, recipe: Recipe, wish: Wish) -> dict[str, str]:
        return {self._base64: base64.b64encode(draw(recipe, wish.inputs.get)).decode()}


def _metadata(order: Order, wish: Wish, urls: list[str]) -> dict[str, Json]:
    """The model provider's own answer, in its manner, and the request that led to it."""
    message: dict[str, Json] = {"role": "assistant", "content": [{"image": url} for url in urls]}
    if wish.thinks:
        message["reasoning_content"] = _reasoning(wish)
    first = wish.recipes[0]
    return {
        "request_id": order.request_id,
        "output": {"choices": [{"finish_reason": "stop", "message": message}]},
        "usage": {"image_count": len(urls), "width": first.width, "height": first.height},
        "seed": first.caption.seed,
        "request": order.upstream,
    }


def _reasoning(wish: Wish) -> str:
    """What a model that reasons first would have thought."""
    first = wish.recipes[0]
    count = f"{len(wish.recipes)} images" if len(wish.recipes) > 1 else "one image"
    scene = " of one scene" if first.caption.sequential else ""
    start = f", beginning from {len(first.sources)} given" if first.sources else ""
    avoid = f" It must not show: {first.caption.negative_prompt}." if first.caption.negative_prompt else ""
    size = f"{first.width}*{first.height} pixels"
    return f"The user asks for: {first.caption.prompt}.{avoid} I make {count}{scene} of {size}{start}."


class ImageFileAnswer:
    """The image itself, with the documented headers."""

    def __init__(self, contract: Contract, operation: Operation, answer: Answer, status: int) -> None:
        self._headers = tuple(answer.headers)
        self._status = status
        self._catalogue = Catalogue(contract)
        properties = [shape.schema.get("properties", {}) for shape in operation.shapes]
        self._older = {
            name: prop["x-replaced-by"]
            for fields in properties
            for name, prop in fields.items()
            if "x-replaced-by" in prop
        }

    async def answer(self, order: Order) -> Response:
        """The first image that is asked for."""
        wish = order.wish
        if wish is None:
            return Response(status_code=self._status)
        if order.is_blurred:
            wish = wish.blurred()
        recipe = wish.recipes[0]
        content = await in_drawing_thread(lambda: draw(recipe, wish.inputs.get))
        values = {
            **self._values(wish, order.remaining),
            _VIOLATION: "true" if order.is_blurred else "false",
        }
        headers = {name: value for name in self._headers if (value := _ending(values, name)) is not None}
        return Response(content, self._status, headers, recipe.media_type)

    def _values(self, wish: Wish, remaining: Decimal | None) -> dict[str, str]:
        """Header values, by how the header's name ends."""
        values = {
            "model-id": quote(wish.model, safe=" /:.,+"),
            "model-name": quote(self._catalogue.name(wish.model), safe=" /:.,+"),
        }
        if remaining is not None:
            values["balance-remaining"] = shown(remaining)
        if replaced_by := self._older.get(wish.named_by):
            values["deprecation-warning"] = f"{wish.named_by} is deprecated; use {replaced_by}"
            values["deprecation-date"] = self._catalogue.retired
        return values


def _ending(values: Mapping[str, str], header: str) -> str | None:
    return next((value for end, value in values.items() if header.lower().endswith(end)), None)


class ModelListAnswer:
    """The models that the spec names, with prices and limits."""

    def __init__(self, list_name: str, catalogue: Catalogue, kind: str, status: int) -> None:
        self._list_name = list_name
        self._kind = kind
        self._status = status
        self._models = [
            {"id": model.id, "type": kind, "object": "model", "owned_by": "mock", "model_spec": model.spec}
            for model in catalogue
        ]

    async def answer(self, order: Order) -> Response:
        """The models of the type that is asked for; all of them where none is."""
        kind = order.parameters.get("type", self._kind)
        models = self._models if kind == self._kind else []
        return JsonResponse({"object": "list", "type": kind, self._list_name: models}, self._status)


@frozen
class DocumentedAnswer:
    """An answer of no special kind: a value of the documented form."""

    _value: Json
    _media_type: str
    _status: int

    async def answer(self, _order: Order) -> Response:
        """The value."""
        if self._media_type.endswith("json"):
            return JsonResponse(self._value, self._status, media_type=self._media_type)
        return Response(status_code=self._status, media_type=self._media_type or None)
