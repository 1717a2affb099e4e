"""Makes the answers that are a list of images, each a link or base64 data."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING

from attrs import frozen

from generator.mock.answering.outline import Outline
from generator.mock.images.drawing import in_drawing_thread
from generator.mock.images.pictures import draw
from generator.mock.json_text import JsonResponse, JsonText, inner_text
from generator.mock.storage.results import LIFETIME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from starlette.responses import Response

    from generator.mock.exchange import Exchange
    from generator.mock.images.recipe import Recipe
    from generator.mock.requests.order import Order
    from generator.mock.requests.wish_options import Options
    from generator.mock.requests.wishes import Wish
    from generator.mock.storage.blobs import Blobs
    from generator.mock.storage.results import Results
    from generator.spec.model import Json


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
        named = [recipe.named() for recipe in wish.recipes]
        order.images.extend(self._results.keep_all(named, order.belongings, self._lifetime))
        urls = [order.base_url + path for path in order.images]
        if wish.delivery == self._base64:
            images = await in_drawing_thread(lambda: [self._drawn(recipe, wish) for recipe in wish.recipes])
        else:
            images = [{self._url: url} for url in urls]
        body = self._body(
            wish, images, urls, created=int(time.time()), request_id=order.request_id, upstream=order.upstream
        )
        return JsonResponse(body, self._status)

    def outline(self, options: Options, prompt: str, upstream: JsonText | None) -> Outline | None:
        """The outline of the answers to requests that differ in their prompt alone; None for answers without links.

        Args:
            options: Their options.
            prompt: What stands for the prompts.
            upstream: The upstream request with that prompt.
        """
        if options.delivery == self._base64:
            return None

        def answer(wish: Wish, urls: Sequence[str], created: int, request_id: str) -> Json:
            images = [{self._url: url} for url in urls]
            return self._body(wish, images, urls, created=created, request_id=request_id, upstream=upstream)

        return Outline.of(options, prompt, answer)

    def answer_by(self, outline: Outline, prompt: str, text: bytes, exchange: Exchange) -> Response:
        """The same as `answer` for one of these requests, whose images are kept.

        Args:
            outline: What `outline` gave.
            prompt: The request's prompt, of at most `LONGEST_PROMPT` characters.
            text: The same as `inner_text` gives it.
            exchange: The request.
        """
        picture = outline.picture(prompt)
        named = outline.recipes(text, picture)
        exchange.images = self._results.keep_all(named, exchange.belongings, self._lifetime)
        base = inner_text(exchange.base_url)
        urls = [base + path.encode() for path in exchange.images]
        body = outline.answer(text, picture, urls, int(time.time()), exchange.id)
        return JsonResponse(JsonText(body), self._status)

    def _body(
        self,
        wish: Wish,
        images: Iterable[Mapping[str, Json]],
        urls: Sequence[str],
        *,
        created: int,
        request_id: str,
        upstream: JsonText | None,
    ) -> dict[str, Json]:
        items = [{**item, "revised_prompt": wish.revised_prompt} for item in images]
        metadata = _metadata(wish, urls, request_id, upstream)
        return {"created": created, self._list_name: items, "metadata": metadata}

    def _drawn(self, recipe: Recipe, wish: Wish) -> dict[str, str]:
        return {self._base64: base64.b64encode(draw(recipe, wish.inputs.get)).decode()}


def _metadata(wish: Wish, urls: Sequence[str], request_id: str, upstream: JsonText | None) -> dict[str, Json]:
    """The model provider's own answer, in its manner, and the request that led to it."""
    message: dict[str, Json] = {"role": "assistant", "content": [{"image": url} for url in urls]}
    if wish.thinks:
        message["reasoning_content"] = _reasoning(wish)
    first = wish.recipes[0]
    return {
        "request_id": request_id,
        "output": {"choices": [{"finish_reason": "stop", "message": message}]},
        "usage": {"image_count": len(urls), "width": first.width, "height": first.height},
        "seed": first.caption.seed,
        "request": upstream,
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
