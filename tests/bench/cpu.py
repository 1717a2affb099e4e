"""CPU time of a call over a transport that answers at once: bare httpx, our client, openai-python."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import TYPE_CHECKING

import httpx
import httpx2
import openai

from generated_client.powertokens import PowerTokens
from tests.bench.raw import raw_call, raw_package
from tests.bench.row import Row, against_first

if TYPE_CHECKING:
    from collections.abc import Callable

_CALLS = 100
_ROUNDS = 45
_URL = "https://example.com/v1"
_BODY = {"model": "qwen-image-2.0-pro", "prompt": "A cute orange cat", "n": 2, "size": "1024*1024"}
_ANSWER = json.dumps({"created": 1, "data": [{"url": "https://example.com/1.png"}], "metadata": {}}).encode()


def calls() -> list[Row]:
    """The CPU time of one call that makes images, its answer read."""
    bare, ours = _http(), PowerTokens("a key", http_client=_http())
    theirs = openai.OpenAI(api_key="a key", base_url=_URL, http_client=_http2(), max_retries=0)
    headers = {"Authorization": "Bearer a key"}

    def by_httpx() -> object:
        return bare.post(f"{_URL}/images/generations", json=_BODY, headers=headers).json()

    def by_us() -> object:
        return ours.images.generate(model="qwen-image-2.0-pro", prompt="A cute orange cat", n=2, size="1024*1024")

    def by_openai() -> object:
        return theirs.images.generate(
            model="qwen-image-2.0-pro",
            prompt="A cute orange cat",
            n=2,
            size="1024*1024",
        )

    with raw_package():
        measures = {
            "httpx": partial(_cpu_seconds, by_httpx),
            "this client, validated": partial(_cpu_seconds, by_us),
            "raw generator": partial(_cpu_seconds, raw_call(httpx.MockTransport(_answer), _BODY)),
            "openai-python": partial(_cpu_seconds, by_openai),
        }
        return against_first("CPU of a call", measures, {"this client, validated": "at most 1.3"}, _ROUNDS)


def _http() -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(_answer))


def _answer(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=_ANSWER, headers={"content-type": "application/json"})


def _http2() -> httpx2.Client:
    """The same for openai-python, which has moved to a fork of httpx."""
    headers = {"content-type": "application/json"}
    answer = httpx2.MockTransport(lambda _: httpx2.Response(200, content=_ANSWER, headers=headers))
    return httpx2.Client(transport=answer)


def _cpu_seconds(call: Callable[[], object]) -> float:
    """CPU seconds of one call, over many."""
    started = time.process_time()
    for _ in range(_CALLS):
        call()
    return (time.process_time() - started) / _CALLS
