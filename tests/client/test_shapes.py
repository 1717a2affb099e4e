"""Each request shape gets the validators of its own rules, whatever other shapes look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.client import generate
from generator.spec import load

if TYPE_CHECKING:
    from pathlib import Path

_SPEC = """
openapi: 3.1.1
info: {title: Twins, version: "1"}
servers: [{url: "https://twins.example"}]
x-documents: {page: {page: "Twins, the page", level: documented}}
paths:
  /first:
    post:
      operationId: makeFirst
      tags: [twins]
      x-source: {document: page}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/First"}}}
      responses: {"200": {description: Done.}}
  /second:
    post:
      operationId: makeSecond
      tags: [twins]
      x-source: {document: page}
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, properties: {n: {type: integer, maximum: 6}}}
      responses: {"200": {description: Done.}}
  /third:
    post:
      operationId: makeThird
      tags: [twins]
      x-source: {document: page}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Third"}}}
      responses: {"200": {description: Done.}}
components:
  schemas:
    First: {type: object, properties: {n: {type: integer, maximum: 6}}}
    Third: {type: object, properties: {n: {type: integer, maximum: 6}}}
"""


def test_shapes_that_are_alike_keep_rules_of_their_own(tmp_path: Path) -> None:
    spec = tmp_path / "twins.yaml"
    spec.write_text(_SPEC)
    generate([load(spec)], tmp_path)
    models = tmp_path / "twins" / "models"
    for name, rule in {"first": "makeFirst", "make_second_body": "makeSecond", "third": "makeThird"}.items():
        assert f'Rule("{rule}/json/n/maximum", Maximum(6)' in (models / f"_{name}.py").read_text()
