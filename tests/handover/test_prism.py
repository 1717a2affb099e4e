"""Stoplight Prism serves the specs: it answers right requests, and refuses wrong ones by the rule that they break."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import httpx
from attrs import frozen

from tests.bench.gateways import prism
from tests.handover.specs import SPECS, each_spec
from tests.tools.found import npm_tool

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEY: Final = {"Authorization": "Bearer a-key-made-up-for-tests"}


@frozen
class _Sent:
    """A request, and what Prism must say.

    Attributes:
        method: Its method.
        path: Its path.
        arguments: More of it, as httpx takes it.
        breaks: The keyword that it breaks, and where; none for a right request.
        status: The answer's status.
        headers: Its headers.
    """

    method: str
    path: str
    arguments: Mapping[str, Any]
    breaks: tuple[str, str] | None = None
    status: int = 200
    headers: Mapping[str, str] = _KEY


_MAKE, _FUSE, _EDIT, _LIST = "/v1/images/generations", "/v1/images/edits", "/api/v1/image/edit", "/api/v1/models"
_PICTURE: Final = {"image": ("cat.png", b"\x89PNG", "image/png")}
_QWEN: Final = {"model": "qwen-image-2.0-pro", "prompt": "A cat"}
_WAN: Final = {"model": "wan2.7-image-pro", "prompt": "A cat"}
_SPOKEN: Final = {"messages": [{"role": "user", "content": [{"text": "A cat"}]}]}
_SET: Final = {"model": "wan2.7-image-pro", "input": _SPOKEN, "n": 5}
_ASKED: Final = {"prompt": "A cat", "image": "https://example.com/cat.png"}

_REQUESTS: Final = {
    # Its form with files is left out: Prism reads a part as text, never as one of a list.
    "powertokens": [
        _Sent("POST", _MAKE, {"json": _QWEN | {"n": 2, "size": "1024*1024", "seed": 0}}),
        _Sent("POST", _MAKE, {"json": _SET | {"enable_sequential": True}}),
        _Sent("POST", _FUSE, {"json": _QWEN | {"image": ["https://example.com/cat.png"]}}),
        _Sent("POST", _MAKE, {"json": _QWEN | {"prompt": "a" * 801}}, ("maxLength", "prompt"), 400),
        _Sent("POST", _MAKE, {"json": _QWEN | {"n": 7}}, ("maximum", "n"), 400),
        _Sent("POST", _MAKE, {"json": {"prompt": "A cat"}}, ("required", "model"), 400),
        _Sent("POST", _MAKE, {"json": _WAN | {"n": 2}}, ("maximum", "n"), 400),
        _Sent("POST", _MAKE, {"json": _SET}, ("maximum", "n"), 400),
        _Sent("POST", _FUSE, {"json": _QWEN | {"image": 7}}, ("type", "image"), 400),
        _Sent("POST", _MAKE, {"json": _QWEN}, ("401", "security"), 401, {}),
    ],
    "venice": [
        _Sent("POST", _EDIT, {"json": _ASKED | {"aspect_ratio": "16:9", "safe_mode": False}}),
        _Sent("POST", _EDIT, {"data": {"prompt": "A cat"}, "files": _PICTURE}),
        _Sent("POST", _EDIT, {"json": _ASKED}, headers={"SIGN-IN-WITH-X": "e30="}),
        _Sent("GET", _LIST, {"params": {"type": "inpaint"}}, headers={}),
        _Sent("POST", _EDIT, {"json": _ASKED | {"aspect_ratio": "4:3"}}, ("enum", "aspect_ratio"), 400),
        _Sent("POST", _EDIT, {"json": _ASKED | {"colour": "red"}}, ("additionalProperties", "colour"), 400),
        _Sent("POST", _EDIT, {"data": {"quality": "low"}, "files": _PICTURE}, ("required", "prompt"), 400),
        _Sent("POST", _EDIT, {"json": _ASKED}, ("401", "security"), 401, {}),
    ],
}


def test_every_spec_is_served() -> None:
    assert sorted(_REQUESTS) == [spec.stem for spec in SPECS]


@each_spec
def test_prism_answers_right_requests_and_refuses_wrong_ones(spec: Path) -> None:
    npm_tool("prism")
    with ExitStack() as stack:
        server = stack.enter_context(prism(spec.stem))
        client = stack.enter_context(httpx.Client(base_url=f"http://{server.host}:{server.port}", timeout=60))
        for sent in _REQUESTS[spec.stem]:
            answer = client.request(sent.method, sent.path, headers=sent.headers, **sent.arguments)
            told = answer.headers.get("sl-violations", "[]")
            assert answer.status_code == sent.status, (sent, told)
            assert _blamed(sent, json.loads(told)), (sent, told)


def _blamed(sent: _Sent, violations: list[dict[str, Any]]) -> bool:
    """Whether what Prism tells is what the request breaks; nothing, if it is right."""
    if sent.breaks is None:
        return not violations
    keyword, place = sent.breaks
    return any(
        str(each["code"]) == keyword and (place in each["location"] or place in each["message"]) for each in violations
    )
