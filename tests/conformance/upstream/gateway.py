"""A gateway that forwards to a model provider, written by hand from the pages, and the seams to make it wrong at."""

from __future__ import annotations

import base64
import json
import ssl
from typing import TYPE_CHECKING, Any

import httpx
from attrs import field, frozen
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

_CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Unused, but slow to make anew for each client."""
KEY = "key-of-the-upstream-tests"
Body = dict[str, Any]

_PARAMETERS = (
    "n",
    "size",
    "seed",
    "watermark",
    "prompt_extend",
    "negative_prompt",
    "thinking_mode",
    "enable_sequential",
    "color_palette",
    "bbox_list",
)
_TYPED: dict[str, Callable[[str], Any]] = {
    "n": int,
    "seed": int,
    "watermark": "true".__eq__,
    "prompt_extend": "true".__eq__,
}


def native(body: Body) -> Body:
    """The request to the model provider."""
    if "input" in body:
        return {"model": body["model"], "input": body["input"], "parameters": _parameters(body)}
    images = body.get("image", [])
    content = [{"image": image} for image in ([images] if isinstance(images, str) else images)]
    content.append({"text": body["prompt"]})
    request = {
        "model": body["model"],
        "input": {"messages": [{"role": "user", "content": content}]},
        "parameters": _parameters(body),
    }
    extra = body.get("extra", {})
    request["input"].update(extra.get("input", {}))
    request["parameters"].update(extra.get("parameters", {}))
    return request


def _parameters(body: Body) -> Body:
    return {name: body[name] for name in _PARAMETERS if name in body}


@frozen
class ForwardingGateway:
    """The gateway; right as it stands.

    Attributes:
        upstream: The model provider's URL.
        alter: What it makes of a body before it maps it.
        forward: What it makes of the upstream request; the body is given too.
        answer: What it makes of its answer.
        failed: What it answers where the provider fails.
        refuses: Which bodies it refuses, and why.
        reads: Which images it reads in the provider's answer.
        rehosts: Whether its links lead to itself.
        later: Whether it asks the provider for a task.
    """

    upstream: str
    alter: Callable[[Body], Body] = lambda body: body
    forward: Callable[[Body, Body], Body] = lambda request, _: request
    answer: Callable[[Body], Body] = lambda answer: answer
    failed: Callable[[], Response] = lambda: _error(502)
    refuses: Callable[[Body], bool] = lambda _: False
    reads: Callable[[Body], list[str]] = lambda output: [
        item["image"] for choice in output["choices"] for item in choice["message"]["content"]
    ]
    rehosts: bool = False
    later: bool = False
    kept: dict[str, bytes] = field(factory=dict)

    def app(self) -> Starlette:
        """The application."""
        return Starlette(
            routes=[
                Route("/v1/images/generations", self._handle, methods=["POST"]),
                Route("/v1/images/edits", self._handle, methods=["POST"]),
                Route("/kept/{name}", self._file),
            ]
        )

    async def _file(self, request: Request) -> Response:
        return Response(self.kept[request.path_params["name"]], media_type="image/png")

    async def _handle(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return _error(401)
        body = self.alter(await _body(request))
        if self.refuses(body):
            return _error(400)
        async with httpx.AsyncClient(base_url=self.upstream, verify=_CONTEXT) as client:
            headers = {"X-DashScope-Async": "enable"} if self.later else {}
            sent = await client.post("/api/v1/any", json=self.forward(native(body), body), headers=headers)
            if sent.is_error:
                return self.failed()
            told = sent.json()
            if self.later:
                told = (await client.get(f"/api/v1/tasks/{told['output']['task_id']}")).json()
            items = [await self._item(client, url, body) for url in self.reads(told["output"])]
        metadata = {"request_id": told["request_id"], "usage": told["usage"]}
        return JSONResponse(self.answer({"created": 1, "data": items, "metadata": metadata}))

    async def _item(self, client: httpx.AsyncClient, url: str, body: Body) -> Body:
        if body.get("response_format") != "b64_json" and not self.rehosts:
            return {"url": url}
        data = (await client.get(url)).content
        if body.get("response_format") == "b64_json":
            return {"b64_json": base64.b64encode(data).decode()}
        name = url.rpartition("/")[2]
        self.kept[name] = data
        return {"url": f"http://gateway/kept/{name}"}


async def _body(request: Request) -> Body:
    if request.headers["content-type"].startswith("application/json"):
        body: Body = await request.json()
        return body
    body = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                data = base64.b64encode(await value.read()).decode()
                body.setdefault(name, []).append(f"data:image/png;base64,{data}")
            else:
                body[name] = _TYPED.get(name, str)(value)
    return body


def _error(status: int) -> Response:
    return Response(json.dumps({"error": {"message": "No."}}), status, media_type="application/json")
