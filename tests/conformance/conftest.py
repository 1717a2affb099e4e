"""A tiny gateway, written by hand from a tiny spec, and ways to make it wrong."""

from __future__ import annotations

import base64
import json
import re
import socket
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from attrs import field, frozen
from PIL import Image

from generator.conformance import Report, Settings, links, run, wire
from generator.spec import Contract, load

if TYPE_CHECKING:
    from generator.conformance.events import Observer

KEY = "key-of-the-tests"
Body = dict[str, Any]
Judge = Callable[..., Report]


def wrong(body: Body) -> Iterator[bool]:
    """For each rule of the tiny spec, whether a body breaks it."""
    n, size, prompt = body.get("n", 1), body.get("size", "4*4"), body.get("prompt")
    yield body.get("model") not in ("big", "small")
    yield not isinstance(prompt, str) or len(prompt) > 9
    yield isinstance(n, bool) or not isinstance(n, int | float) or n != int(n) or not 1 <= n <= 3
    yield body.get("model") == "small" and n != 1
    yield not isinstance(size, str) or not re.fullmatch(r"[1-9][0-9]*\*[1-9][0-9]*", size)
    yield isinstance(size, str) and "*" in size and _pixels(size) > 64
    yield body.get("response_format", "url") not in ("url", "b64_json")
    yield not isinstance(body.get("note", ""), str) or len(body.get("note", "")) > 4


def _pixels(size: str) -> int:
    sides = [int(side) if side.isdecimal() else 0 for side in size.split("*")]
    return sides[0] * sides[1]


@frozen
class TinyGateway:
    """The gateway. What it does wrong is put in by the tests.

    Attributes:
        alter: What it makes of a body before it judges it.
        accepts: Whether it takes a body that keeps every rule.
        answers: What it makes of its answer's body.
        status: What it answers instead of carrying a body out; None to carry it out.
        draws: What it makes of an image's size.
        ignores_key: Whether it takes any key.
        refusal: The status by which it refuses.
        no_key: The status by which it refuses what has no key.
        address: Where it is, for the links of its answers.
        seen: The requests that came.
    """

    alter: Callable[[Body], Body] = lambda body: body
    accepts: Callable[[Body], bool] = lambda _: True
    answers: Callable[[Body], Any] = lambda answer: answer
    status: Callable[[Any], int | None] = lambda _: None
    draws: Callable[[tuple[int, int]], tuple[int, int]] = lambda size: size
    ignores_key: bool = False
    refusal: int = 400
    no_key: int = 401
    address: str = "https://tiny.example"
    seen: list[httpx.Request] = field(factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        self.seen.append(request)
        if request.method == "GET":
            return self._get(request)
        if request.headers.get("authorization") != f"Bearer {KEY}" and not self.ignores_key:
            return httpx.Response(self.no_key, json={"error": "Who are you?"})
        try:
            body = json.loads(request.content)
        except (ValueError, RecursionError):
            body = None
        if (status := self.status(body)) is not None:
            return httpx.Response(status, json={"error": f"no, {request.headers.get('authorization')}"})
        if not isinstance(body, dict) or request.headers["content-type"].partition(";")[0] != "application/json":
            return httpx.Response(self.refusal, json={"error": "no JSON object"})
        altered = self.alter(dict(body))
        if any(wrong(altered)) or not self.accepts(body):
            return httpx.Response(self.refusal, json={"error": "a rule is broken"})
        return httpx.Response(200, json=self.answers(self._made(altered)))

    def _get(self, request: httpx.Request) -> httpx.Response:
        assert "authorization" not in request.headers, "links, and what needs no credentials, get none"
        name = request.url.path.removeprefix("/images/")
        if "*" in name:
            width, height = map(int, name.split("*"))
            return httpx.Response(200, content=_png(width, height), headers={"content-type": "image/png"})
        if not name.isdecimal() or int(name) < 1 or request.url.params.get("tone", "warm") not in {"warm", "cold"}:
            return httpx.Response(400, json={"error": "no such image"})
        return httpx.Response(200, content=_png(4, 4), headers={"content-type": "image/png"})

    def _made(self, body: Body) -> Body:
        width, height = map(int, body.get("size", "4*4").split("*"))
        width, height = self.draws((width, height))
        if body.get("response_format") == "b64_json":
            image = {"b64_json": base64.b64encode(_png(width, height)).decode()}
        else:
            image = {"url": f"{self.address}/images/{width}*{height}"}
        return {"data": [image] * int(body.get("n", 1))}


def _png(width: int, height: int) -> bytes:
    target = BytesIO()
    Image.new("L", (width, height)).save(target, "PNG")
    return target.getvalue()


@pytest.fixture(scope="session")
def tiny() -> Contract:
    """The tiny spec."""
    return load(Path(__file__).parent / "tiny.yaml")


@pytest.fixture
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send a request again at once, unless the gateway says how long to wait."""
    monkeypatch.setattr(wire, "_BACKOFF", 0.0)


@pytest.fixture
def judge(tiny: Contract, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Judge a tiny gateway."""
    monkeypatch.setattr(wire, "_BACKOFF", 0.0)
    monkeypatch.setattr(links, "_PAUSES", (0.0, 0.0))

    def run_it(
        gateway: Callable[[httpx.Request], httpx.Response],
        token: str | None = KEY,
        observe: Observer = lambda _: None,
        **options: Any,
    ) -> Report:
        settings = Settings(base_url="https://tiny.example", token=token, **options)
        return run(tiny, settings, transport=httpx.MockTransport(gateway), observe=observe)

    return run_it


@pytest.fixture
def gateway() -> type[TinyGateway]:
    """Make a tiny gateway, right unless a test makes it wrong."""
    return TinyGateway


@pytest.fixture
def free_port() -> int:
    """A port of the loopback interface where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
