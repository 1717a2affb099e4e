"""Packages that the tests of traps look at: one by the raw generator, one by ours, both from small specs."""

from __future__ import annotations

import importlib
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from generator.client import generate as generate_ours
from generator.spec import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RAW_SPEC = {
    "openapi": "3.1.0",
    "info": {"title": "Raw pictures", "version": "1"},
    "paths": {
        "/both": {
            "post": {
                "operationId": "editBoth",
                "tags": ["pictures"],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/ByLink"}},
                        "multipart/form-data": {"schema": {"$ref": "#/components/schemas/ByFile"}},
                    },
                },
                "responses": {"200": {"description": "Done."}},
            }
        },
        "/form": {
            "post": {
                "operationId": "editForm",
                "tags": ["pictures"],
                "requestBody": {
                    "required": True,
                    "content": {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/ByFile"}}},
                },
                "responses": {"200": {"description": "Done."}},
            }
        },
    },
    "components": {
        "schemas": {
            "ByLink": {
                "type": "object",
                "required": ["prompt"],
                "properties": {"prompt": {"type": "string"}, "n": {"type": "integer", "default": 1}},
            },
            "ByFile": {
                "type": "object",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "watermark": {"type": "boolean"},
                },
            },
        }
    },
}

_OUR_SPEC = """
openapi: 3.1.1
info: {title: Pictures, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /edit:
    post:
      operationId: editPictures
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              anyOf:
                - $ref: "#/components/schemas/ByFile"
                - $ref: "#/components/schemas/ByLink"
      responses:
        "200":
          description: The picture.
          content:
            application/json:
              schema: {type: object, properties: {ok: {type: boolean}}}
components:
  schemas:
    ByFile:
      x-shape: {name: file}
      x-source: {document: page}
      type: object
      required: [image]
      properties:
        image: {type: string, format: binary, x-image: {forms: [file]}}
        watermark: {type: boolean}
        seed: {type: [integer, "null"]}
        boxes: {type: array, items: {type: array, items: {type: integer}}}
        options: {type: object, properties: {fast: {type: boolean}}}
    ByLink:
      x-shape: {name: link, present: link}
      x-source: {document: page}
      type: object
      required: [link]
      properties:
        link: {type: string}
        watermark: {type: boolean}
"""


@pytest.fixture(scope="session")
def raw_package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of an importable package as openapi-python-client makes it without our templates."""
    folder = tmp_path_factory.mktemp("raw")
    spec = folder / "spec.json"
    spec.write_text(json.dumps(_RAW_SPEC), encoding="utf-8")
    config = Config.from_sources(
        ConfigFile(post_hooks=[]),
        meta_type=MetaType.NONE,
        document_source=spec,
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder / "raw_pictures",
    )
    assert list(generate(config=config)) == []
    with _importable(folder, "raw_pictures"):
        yield "raw_pictures"


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Our package of an operation whose form may take two shapes."""
    folder = tmp_path_factory.mktemp("ours")
    spec = folder / "our_pictures.yaml"
    spec.write_text(_OUR_SPEC, encoding="utf-8")
    generate_ours([load(spec)], folder)
    with _importable(folder, "our_pictures"):
        yield importlib.import_module("our_pictures")


@contextmanager
def _importable(folder: Path, package: str) -> Iterator[None]:
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]
