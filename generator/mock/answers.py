"""Makes the answers to right requests. What kind of answer an operation gives is told from its documented answer."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from generator.mock.catalogue import Catalogue
from generator.mock.instances import instance_of
from generator.mock.pictures import draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.mock.results import Results
    from generator.mock.wishes import Wish
    from generator.spec.model import Answer, Contract, Json, Operation

_BALANCE: Final = "25.00"  # US dollars; the mock takes no money


@frozen
class Order:
    """A right request, ready to be answered.

    Attributes:
        wish: What it asks for; None for an operation without a body.
        parameters: Its parameters outside of the body.
        upstream: What a gateway would have sent to the model provider; None if the spec doesn't say.
        request_id: The request's id.
        base_url: Where the mock was reached, e.g. ``http://127.0.0.1:8000``.
    """

    wish: Wish | None
    parameters: Mapping[str, Json]
    upstream: Json
    request_id: str
    base_url: str


class Answerer(Protocol):
    """Answers the right requests of one operation."""

    async def answer(self, order: Order) -> Response:
        """Answer a request."""
        ...


def answerer_for(contract: Contract, operation: Operation, results: Results) -> Answerer:
    """The answerer of an operation, by what the spec documents for success.

    Args:
        contract: The API.
        operation: The operation.
        results: Where images that are answered by link are kept.
    """
    answer = next(answer for answer in operation.answers if answer.status.startswith("2"))
    status = int(answer.status) if answer.status.isdecimal() else 200
    if any(media_type.startswith("image/") for media_type in answer.content):
        return ImageFileAnswer(contract, operation, answer, status)
    schema = next(iter(answer.content.values()), {})
    for name, items in _lists(schema):
        if "x-image-from" in items:
            return ImageSetAnswer(name, items["x-image-from"], results, status)
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
    _item_names: Mapping[str, str]
    _results: Results
    _status: int

    async def answer(self, order: Order) -> Response:
        """The images, with the prompt they are made from and what the model provider would have said besides."""
        wish = order.wish
        if wish is None:
            return JSONResponse({self._list_name: []}, self._status)
        urls = [order.base_url + self._results.keep(recipe) for recipe in wish.recipes]
        if wish.as_base64:
            files = await run_in_threadpool(lambda: [draw(recipe) for recipe in wish.recipes])
            shown = [{self._item_names["base64"]: base64.b64encode(file).decode()} for file in files]
        else:
            shown = [{self._item_names["url"]: url} for url in urls]
        items = [{**item, "revised_prompt": wish.revised_prompt} for item in shown]
        body = {"created": int(time.time()), self._list_name: items, "metadata": _metadata(order, wish, urls)}
        return JSONResponse(body, self._status)


def _metadata(order: Order, wish: Wish, urls: list[str]) -> dict[str, Json]:
    """The model provider's own answer, in its manner, and the request that led to it."""
    content = [{"image": url} for url in urls]
    choice = {"finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    first = wish.recipes[0]
    return {
        "request_id": order.request_id,
        "output": {"choices": [choice]},
        "usage": {"image_count": len(urls), "width": first.width, "height": first.height},
        "request": order.upstream,
    }


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
        recipe = wish.recipes[0]
        content = await run_in_threadpool(draw, recipe)
        values = self._values(wish)
        headers = {name: value for name in self._headers if (value := _ending(values, name)) is not None}
        return Response(content, self._status, headers, recipe.media_type)

    def _values(self, wish: Wish) -> dict[str, str]:
        """Header values, by how the header's name ends."""
        values = {
            "balance-remaining": _BALANCE,
            "is-content-violation": "false",
            "model-id": quote(wish.model, safe=" /:.,+"),
            "model-name": quote(self._catalogue.name(wish.model), safe=" /:.,+"),
        }
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
        return JSONResponse({"object": "list", "type": kind, self._list_name: models}, self._status)


@frozen
class DocumentedAnswer:
    """An answer of no special kind: a value of the documented form."""

    _value: Json
    _media_type: str
    _status: int

    async def answer(self, _order: Order) -> Response:
        """The value."""
        if self._media_type.endswith("json"):
            return JSONResponse(self._value, self._status, media_type=self._media_type)
        return Response(status_code=self._status, media_type=self._media_type or None)
