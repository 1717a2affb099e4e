"""What is generated for bodies that are files by themselves: methods, functions, models, rules, docs."""

from __future__ import annotations

import asyncio
import importlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client import generate
from generator.spec import load
from generator.spec.boundary.png import png

from .packages import WAYS, importable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .packages import Way

_SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /larger/{factor}:
    post:
      operationId: enlargePicture
      tags: [pictures]
      x-source: {document: page}
      parameters:
        - {name: factor, in: path, required: true, schema: {type: integer, maximum: 4}}
        - {name: sharp, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content:
          image/*:
            schema:
              type: string
              format: binary
              description: The picture to enlarge
              x-image: {forms: [file], maxPixels: 100, maxBytes: 4000}
            examples: {page: {value: "@cat.png"}}
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
          application/json: {schema: {$ref: "#/components/schemas/Link"}}
          image/png: {}
          image/jpeg: {schema: {$ref: "#/components/schemas/Jpeg"}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    Link: {type: object, required: [url], properties: {url: {type: string}}}
    Jpeg: {type: string, format: binary, x-image: {forms: [file], maxBytes: 900}}
"""
_PNG = png(10, 10)
_JPEG = b"\xff\xd8\xff\xe0" + b"0" * 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the package is."""
    folder = tmp_path_factory.mktemp("whole_files")
    (folder / "whole_files.yaml").write_text(_SPEC, encoding="utf-8")
    generate([load(folder / "whole_files.yaml")], folder)
    return folder


@pytest.fixture(scope="module")
def gallery(folder: Path) -> Iterator[Any]:
    """The package."""
    with importable(folder):
        yield importlib.import_module("whole_files")


class _Gateway:
    """Answers everything with a picture or with nothing, and keeps what it was sent."""

    def __init__(self) -> None:
        self.seen: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if request.url.path == "/tags":
            return httpx.Response(204)
        return httpx.Response(200, content=_PNG, headers={"Content-Type": "image/png"})


def _called(gallery: Any, way: Way, call: Callable[[Any], Any]) -> tuple[Any, list[httpx.Request]]:
    """What a call comes to, blocking or awaited, and the requests of it."""
    gateway = _Gateway()
    over = httpx.MockTransport(gateway)
    if way == "sync":
        return call(gallery.Gallery(http_client=httpx.Client(transport=over))), gateway.seen

    async def awaited() -> Any:
        return await call(gallery.AsyncGallery(http_client=httpx.AsyncClient(transport=over)))

    return asyncio.run(awaited()), gateway.seen


@pytest.mark.parametrize("way", WAYS)
def test_a_file_goes_beside_parameters(gallery: Any, way: Way, tmp_path: Path) -> None:
    path = tmp_path / "cat.png"
    path.write_bytes(_PNG)
    image, (request,) = _called(gallery, way, lambda client: client.pictures.enlarge(factor=2, sharp=True, file=path))
    assert image.media_type == "image/png"
    assert request.url.raw_path == b"/larger/2?sharp=true"
    assert (request.content, request.headers["Content-Type"]) == (_PNG, "image/png")
    assert request.headers["Content-Length"] == str(len(_PNG))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("given", "media_type", "content"),
    [
        ({"url": "https://host/a.png"}, "application/json", b'{"url":"https://host/a.png"}'),
        ({"file": _PNG}, "image/png", _PNG),
        ({"file": _JPEG}, "image/jpeg", _JPEG),
        ({"file": ("a", b"?", "image/jpeg")}, "image/jpeg", b"?"),
        ({"file": ("a", b"?", "image/jpeg"), "content_type": "image/jpeg"}, "image/jpeg", b"?"),
    ],
)
def test_what_is_given_chooses_json_or_a_file(
    gallery: Any, way: Way, given: dict[str, Any], media_type: str, content: bytes
) -> None:
    _, (request,) = _called(gallery, way, lambda client: client.pictures.tag(**given))
    assert (request.headers["Content-Type"], request.content) == (media_type, content)


@pytest.mark.parametrize("way", WAYS)
def test_the_functions_take_a_model_per_media_type(gallery: Any, way: Way) -> None:
    module = gallery.api.pictures.tag_picture
    body = gallery.models.TagPictureJpegBody(file=_JPEG)
    _, (request,) = _called(gallery, way, lambda client: getattr(module, way)(client=client, body=body))
    assert (request.headers["Content-Type"], request.content) == ("image/jpeg", _JPEG)


def test_what_the_spec_says_of_the_file_is_judged(gallery: Any) -> None:
    model = gallery.models.EnlargePictureImageBody
    assert model.check(file=_PNG) == []
    (breach,) = model.check(file=png(10, 11))
    assert (breach.field, breach.message) == ("file", "must have at most 100 pixels, has 110 (10x11)")
    assert (breach.rule, breach.source) == ("enlargePicture/image~2f~~2a~/x-image", "Pictures, the page")
    assert [breach.rule for breach in model.check()] == ["enlargePicture/body/required"]
    named = [breach.rule for breach in model.check(file=("a.txt", b"text"))]
    assert named == ["enlargePicture/image~2f~~2a~/x-image", "enlargePicture/header/Content-Type/content"]


def test_without_a_word_in_the_spec_it_must_still_be_a_file(gallery: Any) -> None:
    (missing,) = gallery.models.TagPicturePngBody.check()
    (text,) = gallery.models.TagPicturePngBody.check(file="cat.png")
    assert [(each.field, each.level, each.source) for each in (missing, text)] == [("file", "assumed", "RFC 9110")] * 2


def test_many_files_are_sent_and_none_again_that_was(gallery: Any, tmp_path: Path) -> None:
    gateway = _Gateway()
    client = gallery.Gallery(http_client=httpx.Client(transport=httpx.MockTransport(gateway)))
    more = [{"factor": factor, "file": _PNG} for factor in (1, 2)]
    for requests, sent in ((more, 2), ([*more, {"factor": 2, "file": png(9, 9)}], 3)):
        outcomes = list(client.pictures.enlarge_many(requests, folder=tmp_path))
        assert [outcome.error for outcome in outcomes] == [None] * len(requests)
        assert len(gateway.seen) == sent
    models = [gallery.models.TagPicturePngBody(file=_PNG), gallery.models.Link(url="x")]
    assert [outcome.error for outcome in client.pictures.tag_many(models)] == [None, None]
    assert {request.headers["Content-Type"] for request in gateway.seen[3:]} == {"image/png", "application/json"}


def test_a_file_is_sent_again_with_each_attempt(gallery: Any) -> None:
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return httpx.Response(503 if len(seen) == 1 else 204, headers={"Retry-After": "0"})

    client = gallery.Gallery(http_client=httpx.Client(transport=httpx.MockTransport(answer)))
    client.pictures.tag(file=_PNG)
    assert seen == [_PNG, _PNG]


def test_the_readme_shows_the_call_and_the_media_type(folder: Path) -> None:
    readme = (folder / "whole_files" / "README.md").read_text(encoding="utf-8")
    assert 'client.pictures.enlarge(factor=1, file=Path("cat.png"))' in readme
    assert 'client.pictures.tag(file=Path("image.png"))' in readme
    assert "`models.TagPictureJpegBody`, sent as image/jpeg." in readme
    assert "The picture to enlarge. A file, 0 to 100 pixels, at most 4000 bytes." in readme


_USE = """
from pathlib import Path

from whole_files import Gallery, models
from whole_files.api.pictures import tag_picture

client = Gallery()
client.pictures.enlarge(factor=2, file=Path("a.png"))
client.pictures.tag(file=b"a")
client.pictures.tag(file=("a", b"a", "image/jpeg"), content_type="image/jpeg")
client.pictures.tag(url="https://host/a.png")
tag_picture.sync(client=client, body=models.TagPictureJpegBody(file=Path("a.jpg")))
client.pictures.tag_many([{"file": b"a"}, models.TagPicturePngBody(file=b"a")])
client.pictures.tag(file="a.png")  # wrong
client.pictures.tag(file=b"a", url="https://host/a.png")  # wrong
client.pictures.tag(file=b"a", content_type="image/gif")  # wrong
client.pictures.tag()  # wrong
"""


def test_a_type_checker_knows_what_is_taken(folder: Path) -> None:
    (folder / "use.py").write_text(_USE, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--output=json", "use.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = [number for number, line in enumerate(_USE.splitlines(), 1) if line.endswith("# wrong")]
    assert sorted({each["line"] for each in found if each["severity"] == "error"}) == wrong, done.stdout + done.stderr
    assert {each["file"] for each in found} == {"use.py"}
