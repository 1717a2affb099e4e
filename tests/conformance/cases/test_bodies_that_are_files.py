"""Bodies that are files by themselves are no cases, and a plan says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from generator.conformance import Outcome, Settings, run
from generator.spec import load

if TYPE_CHECKING:
    from pathlib import Path

_WITH_FILES = """
openapi: 3.1.1
info: {title: Files, version: "1"}
servers: [{url: "https://files.example"}]
x-documents: {page: {page: The page, level: documented}}
paths:
  /tags:
    post:
      operationId: tagImage
      tags: [images]
      x-source: {document: page}
      requestBody:
        required: true
        content: {image/*: {}, application/json: {schema: {type: object, properties: {url: {type: string}}}}}
      responses: {"204": {description: Done.}}
  /whole:
    post:
      operationId: enlargeImage
      tags: [images]
      x-source: {document: page}
      requestBody: {required: true, content: {image/png: {schema: {type: string, format: binary}}}}
      responses: {"204": {description: Done.}}
"""


def test_bodies_that_are_files_by_themselves_are_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "files.yaml").write_text(_WITH_FILES, encoding="utf-8")
    contract = load(tmp_path / "files.yaml")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    report = run(contract, Settings(base_url="https://files.example"), transport=httpx.MockTransport(answer))
    assert {request.url.path for request in seen} == {"/tags"}
    assert not any(request.headers["content-type"].startswith("image/") for request in seen)
    assert {verdict.outcome for verdict in report.verdicts if verdict.operation == "enlargeImage"} == {
        Outcome.NOT_TESTED
    }
    assert str(report.plan).splitlines()[-2:] == [
        "Not tested: tagImage with a body of image/*, which is a file by itself.",
        "Not tested: enlargeImage with a body of image/png, which is a file by itself.",
    ]
