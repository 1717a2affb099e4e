"""Bodies that are files by themselves: taken as they are, judged by media type and by what the spec says of images."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import httpx
import pytest

from generator.mock import create_app, transport
from generator.spec import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /larger:
    post:
      operationId: enlargePicture
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content:
          image/*: {schema: {type: string, format: binary, x-image: {forms: [file], maxPixels: 400000}}}
      responses:
        "200":
          description: The larger picture.
          content: {image/png: {schema: {type: string, format: binary}}}
  /tags:
    post:
      operationId: tagPicture
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        content:
          application/json: {schema: {type: object, required: [url], properties: {url: {type: string}}}}
          application/octet-stream: {}
      responses: {"200": {description: The tags., content: {image/png: {}}}}
"""


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of a mock that takes such bodies, without credentials."""
    spec = tmp_path / "gallery.yaml"
    spec.write_text(_SPEC, encoding="utf-8")
    with httpx.Client(transport=transport(create_app([load(spec)])), base_url="http://mock") as client:
        yield client


def _sent(client: httpx.Client, path: str, content: bytes, media_type: str) -> httpx.Response:
    return client.post(path, content=content, headers={"Content-Type": media_type} if media_type else {})


def test_a_file_is_taken_and_shown_in_the_journal_by_its_hash(pictures: httpx.Client, png: bytes) -> None:
    answer = _sent(pictures, "/larger", png, "image/png; kind=cat")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.content == _sent(pictures, "/larger", png, "image/png").content
    (entry, _) = pictures.get("/_mock/requests").json()
    digest = hashlib.sha256(png).hexdigest()
    assert entry["media_type"] == "image/png"
    assert entry["body"] == {
        "filename": "",
        "media_type": "image/png",
        "size": len(png),
        "sha256": digest,
        "blob": digest,
    }


def test_what_is_no_image_is_drawn_from_where_the_spec_sets_no_limits(pictures: httpx.Client) -> None:
    answers = [_sent(pictures, "/tags", content, "application/octet-stream") for content in (b"{no json", b"", b"?")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.content for answer in answers}) == len(answers)


@pytest.mark.parametrize(
    ("content", "media_type", "rule"),
    [
        (b"no image", "image/png", "enlargePicture/image~2f~~2a~/x-image"),
        (b"", "image/png", "enlargePicture/body/required"),
        (b"text", "text/plain", "enlargePicture/header/Content-Type/content"),
        (b"text", "image/*", "enlargePicture/header/Content-Type/content"),
        (b"text", "", "enlargePicture/header/Content-Type/content"),
    ],
)
def test_a_wrong_file_is_refused_with_its_rule(
    pictures: httpx.Client, content: bytes, media_type: str, rule: str
) -> None:
    answer = _sent(pictures, "/larger", content, media_type)
    assert answer.status_code == 400
    assert rule in answer.text
    (entry,) = pictures.get("/_mock/requests").json()
    assert rule in {breach["rule"] for breach in entry["verdict"]}


def test_json_beside_a_file_is_judged_as_json(pictures: httpx.Client) -> None:
    assert pictures.post("/tags", json={"url": "x"}).status_code == 200
    answer = pictures.post("/tags", json={"url": 1})
    assert (answer.status_code, "tagPicture/json/url/type" in answer.text) == (400, True)
    assert pictures.post("/tags").status_code == 400  # without a media type it is the first, an object
