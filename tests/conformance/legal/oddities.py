"""What a gateway may do of its own choice, each a wrapper round one that is plain."""

from __future__ import annotations

import base64
import gzip
import json
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx

from tests.conformance.legal import images

Send = Callable[[httpx.Request], httpx.Response]
Oddity = Callable[[httpx.Request, Send], httpx.Response]
"""Answers a request, by what the gateway behind it answers."""

_CDN = "cdn.example"
_MODELS = "/api/v1/models"
_PAYMENT = 402
_DETAILED = {400: 422}
_DETAIL = b'{"detail": [{"loc": ["body"], "msg": "bad"}]}'


class Odd(httpx.BaseTransport):
    """A gateway that is odd in some ways.

    Args:
        plain: The gateway behind it.
        oddities: What is odd; the first is next to the caller.
    """

    def __init__(self, plain: httpx.BaseTransport, *oddities: Oddity) -> None:
        self._plain = plain
        self._send: Send = plain.handle_request
        for oddity in reversed(oddities):
            self._send = _behind(oddity, self._send)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        request.read()
        return self._send(request)


def _behind(oddity: Oddity, send: Send) -> Send:
    return lambda request: oddity(request, send)


def _with(
    response: httpx.Response, *, status: int | None = None, content: bytes | None = None, **headers: str
) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    kept = [(name, value) for name, value in response.headers.items() if name not in {"content-length", *named}]
    body = response.content if content is None else content
    return httpx.Response(
        response.status_code if status is None else status, headers=[*kept, *named.items()], content=body
    )


def _is_json(response: httpx.Response) -> bool:
    return str(response.headers.get("content-type", "")).startswith("application/json")


def _edited(response: httpx.Response, edit: Callable[[dict[str, Any]], Any]) -> httpx.Response:
    if not _is_json(response):
        return response
    body = response.json()
    return _with(response, content=json.dumps(edit(body)).encode())


def _items(body: dict[str, Any], edit: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    data = body.get("data")
    return {**body, "data": [edit(item) for item in data]} if isinstance(data, list) else body


def created(request: httpx.Request, send: Send) -> httpx.Response:
    """201 for what is made."""
    response = send(request)
    return _with(response, status=201) if request.method == "POST" and response.is_success else response


def charset(request: httpx.Request, send: Send) -> httpx.Response:
    """Media types with parameters, in capitals."""
    response = send(request)
    kind = response.headers.get("content-type", "")
    return _with(response, content_type=f"{kind.partition(';')[0].title()} ; Charset=UTF-8") if kind else response


def compressed(request: httpx.Request, send: Send) -> httpx.Response:
    """A content coding that the caller asked for."""
    response = send(request)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return response
    return _with(response, content=gzip.compress(response.content), content_encoding="gzip")


def pretty(request: httpx.Request, send: Send) -> httpx.Response:
    """JSON with white space, escapes and another order."""
    response = send(request)
    if not _is_json(response):
        return response
    text = json.dumps(response.json(), indent=4, sort_keys=True, ensure_ascii=True)
    return _with(response, content=f"\r\n{text}\r\n\r\n".encode())


def more_headers(request: httpx.Request, send: Send) -> httpx.Response:
    """Headers that nobody asked for, a cookie among them."""
    return _with(
        send(request),
        x_request_id="1",
        set_cookie="session=1; Path=/",
        server="odd",
        strict_transport_security="max-age=1",
    )


def more_fields(request: httpx.Request, send: Send) -> httpx.Response:
    """Fields that no page speaks of."""
    more = {"request_id": "1", "usage": {"tokens": 1}, "extra": None}
    return _edited(
        send(request),
        lambda body: _items({**body, **more}, lambda item: {**item, "content_type": "image/png", "seed": 7}),
    )


def nulls(request: httpx.Request, send: Send) -> httpx.Response:
    """Nulls in place of what is optional and absent."""
    absent = {"url": None, "b64_json": None, "revised_prompt": None}
    edit = partial(_items, edit=lambda item: {**(absent if request.method == "POST" else {}), **item})
    return _edited(
        send(request), lambda body: {"created": None, "metadata": None, **edit(body)} if "data" in body else body
    )


def sparse(request: httpx.Request, send: Send) -> httpx.Response:
    """Nothing that is optional."""
    kept = {"data", "error", "code", "object"}

    def edit(body: dict[str, Any]) -> dict[str, Any]:
        short = {name: value for name, value in body.items() if name in kept or "topUpInstructions" in body}
        keep = {"url", "b64_json"} if request.method == "POST" else {"id"}
        return _items(short, lambda item: {name: value for name, value in item.items() if name in keep and value})

    return _edited(send(request), edit)


def redirected_links(request: httpx.Request, send: Send) -> httpx.Response:
    """Links to another host, which redirects to where the images are."""
    if request.url.host == _CDN:
        assert "authorization" not in request.headers
        return httpx.Response(307, headers={"location": str(request.url.copy_with(host="mock.example"))})
    response = send(request)
    return _edited(response, lambda body: _items(body, lambda item: {**item, **_moved(item)}))


def _moved(item: dict[str, Any]) -> dict[str, str]:
    return {"url": str(httpx.URL(item["url"]).copy_with(host=_CDN))} if item.get("url") else {}


def untyped_links(request: httpx.Request, send: Send) -> httpx.Response:
    """Images behind links as bytes of no stated kind, to be saved."""
    response = send(request)
    is_image = request.method == "GET" and response.headers.get("content-type", "").startswith("image/")
    return (
        _with(response, content_type="application/octet-stream", content_disposition="attachment")
        if is_image
        else response
    )


def relative_links(request: httpx.Request, send: Send) -> httpx.Response:
    """Links without a host."""
    return _edited(send(request), lambda body: _items(body, lambda item: {**item, **_without_host(item)}))


def _without_host(item: dict[str, Any]) -> dict[str, str]:
    return {"url": httpx.URL(item["url"]).raw_path.decode()} if item.get("url") else {}


class SlowStorage:
    """Links behind which nothing is at first."""

    def __init__(self) -> None:
        self._asked: set[str] = set()

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        """Answer a request."""
        response = send(request)
        is_image = request.method == "GET" and response.headers.get("content-type", "").startswith("image/")
        if is_image and str(request.url) not in self._asked:
            self._asked.add(str(request.url))
            return httpx.Response(404, text="NoSuchKey")
        return response


def both_ways(request: httpx.Request, send: Send) -> httpx.Response:
    """Each image as a link and as data."""

    def edit(item: dict[str, Any]) -> dict[str, Any]:
        if request.method != "POST" or not item.get("url"):
            return item
        data = send(httpx.Request("GET", item["url"])).content
        return {**item, "b64_json": base64.b64encode(data).decode()}

    return _edited(send(request), lambda body: _items(body, edit))


def written(write: images.Write) -> Oddity:
    """Images written otherwise."""

    def odd(request: httpx.Request, send: Send) -> httpx.Response:
        return images.with_images(send(request), write)

    return odd


def no_models(request: httpx.Request, send: Send) -> httpx.Response:
    """No list of models."""
    return httpx.Response(404, json={"error": "Not found"}) if request.url.path == _MODELS else send(request)


def other_models(request: httpx.Request, send: Send) -> httpx.Response:
    """A list of models that no page names."""
    if request.url.path != _MODELS:
        return send(request)
    listed = {
        "id": "made-up-edit",
        "type": "inpaint",
        "object": "model",
        "model_spec": {"constraints": {"promptCharacterLimit": 10}},
    }
    return httpx.Response(200, json={"object": "list", "type": "inpaint", "data": [listed]})


def models_by_type(request: httpx.Request, send: Send) -> httpx.Response:
    """A list that holds the models that write texts, unless it is asked for others."""
    if request.url.path != _MODELS or request.url.params.get("type") == "inpaint":
        return send(request)
    listed = {"id": "a-text-model", "type": "text", "object": "model", "model_spec": {"pricing": {}}}
    return httpx.Response(200, json={"object": "list", "type": "text", "data": [listed]})


def _field(request: httpx.Request, name: str) -> str | None:
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            body = json.loads(request.content)
        except (ValueError, RecursionError):
            return None
        value = body.get(name) if isinstance(body, dict) else None
        return value if isinstance(value, str) else None
    _, found, rest = request.content.partition(f'name="{name}"\r\n\r\n'.encode())
    return rest.partition(b"\r\n")[0].decode("utf-8", "replace") if found else None


def blanks(request: httpx.Request, send: Send) -> httpx.Response:
    """What a form leaves blank counts as left out, as with forms that a browser sends."""
    media_type = request.headers.get("content-type", "")
    if media_type.startswith("multipart/form-data"):
        mark = b"--" + media_type.partition("boundary=")[2].encode()
        parts = request.content.split(mark)
        kept = [part for part in parts if b"filename=" in part or not part.endswith(b"\r\n\r\n\r\n")]
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        request = httpx.Request(request.method, request.url, headers=headers, content=mark.join(kept))
    return send(request)


def another_default(request: httpx.Request, send: Send) -> httpx.Response:
    """Without a model another one is asked than the published one: it makes images of 1K alone, of three ratios."""
    if request.url.path == "/api/v1/image/edit" and not (_field(request, "model") or _field(request, "modelId")):
        tier, ratio = _field(request, "resolution"), _field(request, "aspect_ratio")
        if tier in {"2K", "4K"} or ratio in {"21:9", "4:5", "9:16"}:
            return httpx.Response(400, json={"error": "The model doesn't know that."})
    return send(request)


def few_models(request: httpx.Request, send: Send) -> httpx.Response:
    """Only some of the models that are documented, which change often."""
    model = _field(request, "model") or _field(request, "modelId")
    if request.url.path == "/api/v1/image/edit" and model in {
        "grok-imagine-edit",
        "gpt-image-1-5-edit",
        "seedream-v4-edit",
    }:
        return httpx.Response(404, json={"error": "Model not found"})
    return send(request)


def refusals(make: Callable[[httpx.Response], httpx.Response]) -> Oddity:
    """Refusals of another form."""

    def odd(request: httpx.Request, send: Send) -> httpx.Response:
        response = send(request)
        return make(response) if response.status_code // 100 == 4 else response

    return odd


plain_text = refusals(lambda it: _with(it, content=b"Bad request\n", content_type="text/plain"))
"""Refusals in a line of text."""
pages = refusals(lambda it: _with(it, content=b"<html><h1>Bad request</h1></html>", content_type="text/html"))
"""Refusals as web pages, as proxies write them."""
silent = refusals(lambda it: httpx.Response(it.status_code))
"""Refusals without a body."""
problems = refusals(
    lambda it: _with(it, content=b'{"title": "Bad", "status": 400}', content_type="application/problem+json")
)
"""Refusals by RFC 9457."""
details = refusals(
    lambda it: it if it.status_code == _PAYMENT else _with(it, status=_DETAILED.get(it.status_code), content=_DETAIL)
)
"""Refusals as FastAPI writes them; how to pay is told as the documents say."""
asks = refusals(lambda it: _with(it, www_authenticate='Bearer realm="api"') if it.status_code == 401 else it)
"""A challenge beside a 401, as HTTP has it."""


class Bursts:
    """Every so often some answers that ask for patience.

    Args:
        status: Their status.
        headers: Their headers.
        every: How many answers lie between two bursts.
        length: How many answers a burst has.
    """

    def __init__(self, status: int, headers: dict[str, str], every: int = 9, length: int = 2) -> None:
        self._status, self._headers, self._every, self._length = status, headers, every, length
        self._count = 0
        self._lock = threading.Lock()

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        """Answer a request."""
        with self._lock:
            self._count += 1
            is_burst = self._count % self._every < self._length
        return (
            httpx.Response(self._status, headers=self._headers, json={"error": "later"}) if is_burst else send(request)
        )


class OneAtATime:
    """One request of a key at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        """Answer a request."""
        if request.method != "POST":
            return send(request)
        if not self._lock.acquire(blocking=False):
            return httpx.Response(429, headers={"retry-after": "0"}, json={"error": "one at a time"})
        try:
            return send(request)
        finally:
            self._lock.release()
