"""The raw generator's client of one operation, to measure ours against."""

from __future__ import annotations

import importlib
import json
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.client.packages import importable, raw_output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

NAME = "raw_powertokens"
_TEXT = {"type": "string"}
_BODY = {
    "type": "object",
    "required": ["model", "prompt"],
    "properties": {"model": _TEXT, "prompt": _TEXT, "n": {"type": "integer"}, "size": _TEXT},
}
_IMAGE = {"type": "object", "properties": {"url": _TEXT, "b64_json": _TEXT, "revised_prompt": _TEXT}}
_ANSWER = {
    "type": "object",
    "properties": {
        "created": {"type": "integer"},
        "data": {"type": "array", "items": {"$ref": "#/components/schemas/Image"}},
        "metadata": {"type": "object"},
    },
}
_OPERATION = {
    "operationId": "generateImages",
    "tags": ["images"],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Prompt"}}},
    },
    "responses": {
        "200": {
            "description": "Images.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Images"}}},
        }
    },
}
_SPEC = {
    "openapi": "3.1.0",
    "info": {"title": "Raw PowerTokens", "version": "1"},
    "paths": {"/v1/images/generations": {"post": _OPERATION}},
    "components": {"schemas": {"Prompt": _BODY, "Image": _IMAGE, "Images": _ANSWER}},
}


@contextmanager
def raw_package() -> Iterator[Path]:
    """The folder that holds the package, importable for as long as this lasts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec = folder / "spec.json"
        spec.write_text(json.dumps(_SPEC), encoding="utf-8")
        if warned := raw_output(spec, folder / NAME):
            raise RuntimeError(f"the raw generator warns: {warned}")
        with importable(folder):
            yield folder


def raw_call(transport: httpx.BaseTransport, fields: dict[str, Any]) -> Callable[[], object]:
    """A function that makes a call by the raw package.

    Args:
        transport: What answers.
        fields: The request.
    """
    package = importlib.import_module(NAME)
    operation = importlib.import_module(f"{NAME}.api.images.generate_images")
    prompt = importlib.import_module(f"{NAME}.models.prompt").Prompt
    arguments = {"transport": transport}
    client = package.AuthenticatedClient(base_url="https://example.com", token="a key", httpx_args=arguments)

    def call() -> object:
        return operation.sync(client=client, body=prompt(**fields))

    return call
