"""The request that tells a wrong mock from the right one, and what is to be seen of an answer."""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import httpx
from PIL import Image, UnidentifiedImageError

from generator.mock.serving.transport import InProcessTransport
from tests.conformance.mutants.forms import written_form
from tests.conformance.mutants.messages import as_json, json_of
from tests.conformance.mutants.mutant import KEY
from tests.conformance.mutants.notation import read_catalogue_file
from tests.conformance.mutants.values import ABSENT, with_value
from tests.mock import signing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.types import ASGIApp

    from tests.conformance.mutants.defects import Defect

_URL: Final = "http://mock.example"
_TIMEOUT: Final = 120  # seconds; a large image takes its time on a busy machine


def base_requests(path: Path) -> dict[str, Any]:
    """The plain requests that telling requests are made of: operation and shape to body."""
    found: dict[str, Any] = read_catalogue_file(path)
    return found


def told(app: ASGIApp, defect: Defect, base: Any) -> tuple[int, str]:
    """The status, and all that is to be seen, of an application's answer to the request that tells.

    Args:
        app: The right mock or the wrong one.
        defect: Its ``tell`` has ``shape``, ``with`` (JSON Pointer to value), ``without`` (JSON Pointers),
            ``credentials`` (``none``, ``wrong``, or headers), ``wallet`` (the header to sign in with),
            ``content_type``, ``content`` (a body as text), ``query`` and ``exactly`` (whether each byte counts).
        base: The body of the plain request of its shape; None without one.
    """
    tell = defect.tell
    body = base
    for place, value in tell.get("with", {}).items():
        body = with_value(body, place, value)
    for place in tell.get("without", ()):
        body = with_value(body, place, ABSENT)
    headers = _credentials(tell)
    content = b""
    if body is not None:
        shape = next(shape for shape in defect.target.shapes if shape.name == tell["shape"])
        headers["content-type"], content = (
            written_form(body) if shape.is_multipart else (shape.media_type, as_json(body))
        )
    if "content_type" in tell:
        headers["content-type"] = tell["content_type"]
    if "content" in tell:
        content = tell["content"].encode()
    with httpx.Client(transport=InProcessTransport(app), base_url=_URL, timeout=_TIMEOUT) as client:
        operation = defect.target
        answer = client.request(
            operation.method, operation.path, params=tell.get("query"), content=content, headers=headers
        )
        exactly = f" | {sha256(answer.content).hexdigest()}" if tell.get("exactly") else ""
        return answer.status_code, _seen(answer, client) + exactly


def _credentials(tell: Mapping[str, Any]) -> dict[str, str]:
    if header := tell.get("wallet"):
        return dict(signing.fresh(header))
    shown = tell.get("credentials", {"Authorization": f"Bearer {KEY}"})
    named = {"none": {}, "wrong": {"Authorization": "Bearer another-key"}}
    return dict(named[shown] if isinstance(shown, str) else shown)


def _seen(answer: httpx.Response, client: httpx.Client) -> str:
    """What an answer shows: its media type, its documented headers, the types of its values, its images."""
    own = [
        f"{name}: {value}" for name, value in sorted(answer.headers.items()) if name.startswith(("x-venice", "payment"))
    ]
    body = json_of(answer.content)
    what = _image(answer.content) if body is None else _described(body, client)
    return " | ".join([answer.headers.get("content-type", ""), *own, what])


def _described(value: Any, client: httpx.Client) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_value(name, each, client)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(_described(item, client) for item in value)}]"
    return type(value).__name__


def _value(name: str, value: Any, client: httpx.Client) -> str:
    if name == "created" and isinstance(value, int):
        return f"a number of {len(str(value))} digits"
    if name == "url" and isinstance(value, str):
        return _fetched(value, client)
    if name == "b64_json" and isinstance(value, str):
        try:
            return f"base64 of {_image(base64.b64decode(value, validate=True))}"
        except binascii.Error:
            return "no base64"
    return _described(value, client)


def _fetched(url: str, client: httpx.Client) -> str:
    if not url.startswith(_URL):
        return f"a link elsewhere: {url[:40]}"
    answer = client.get(url)
    return f"link: {answer.status_code} {answer.headers.get('content-type')} {_image(answer.content)}"


def _image(data: bytes) -> str:
    try:
        with Image.open(BytesIO(data)) as image:
            image.load()
            return f"{image.format} {image.width}*{image.height}"
    except UnidentifiedImageError:
        return f"{len(data)} bytes that are no image"
    except OSError as error:
        return f"an image that can't be read: {error}"
