"""Makes the answers to right requests. What kind of answer an operation gives is told from its documented answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

from attrs import frozen
from starlette.responses import Response

from generator.mock.accounts.balances import shown
from generator.mock.answering.catalogue import Catalogue
from generator.mock.answering.image_set import ImageSetAnswer
from generator.mock.answering.instances import instance_of
from generator.mock.images.drawing import in_drawing_thread
from generator.mock.images.pictures import draw
from generator.mock.json_text import JsonResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from generator.mock.requests.order import Order
    from generator.mock.requests.wishes import Wish
    from generator.mock.storage.blobs import Blobs
    from generator.mock.storage.results import Results
    from generator.spec.model import Answer, Contract, Json, Operation


_VIOLATION: Final = "is-content-violation"
"""How the header ends that says whether an image offends."""


def can_violate(operation: Operation) -> bool:
    """Whether an operation's answers say whether their images offend."""
    headers = (header for answer in operation.answers for header in answer.headers)
    return any(header.lower().endswith(_VIOLATION) for header in headers)


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
