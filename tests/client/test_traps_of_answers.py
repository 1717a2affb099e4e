"""What the raw generator gets wrong in reading answers, and our clients get right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from .packages import WAYS, Package, Pair, Way

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /either:
    get:
      operationId: getEither
      tags: [pictures]
      x-source: {document: page}
      responses:
        "200":
          description: What is known of the picture, or the picture itself.
          content:
            application/json: {schema: {$ref: "#/components/schemas/Picture"}}
            image/png: {schema: {type: string, format: binary}}
            text/plain: {schema: {type: string}}
  /any:
    get:
      operationId: getAny
      tags: [pictures]
      x-source: {document: page}
      responses:
        "200":
          description: The picture, of whatever format.
          content: {image/*: {schema: {type: string, format: binary}}}
  /about:
    get:
      operationId: getAbout
      tags: [pictures]
      x-source: {document: page}
      responses:
        "200":
          description: What is known of the picture.
          content: {application/json: {schema: {$ref: "#/components/schemas/Picture"}}}
  /owner:
    get:
      operationId: getOwner
      tags: [pictures]
      x-source: {document: page}
      responses:
        "200":
          description: Whose the picture is.
          content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}}}
components:
  schemas:
    Picture:
      type: object
      required: [id, state]
      properties:
        id: {type: string}
        state: {type: string, enum: [ready, waiting]}
        level: {type: integer, enum: [1, 2]}
        title: {type: string}
    Owner:
      type: object
      properties:
        who:
          oneOf: [{$ref: "#/components/schemas/Person"}, {$ref: "#/components/schemas/Company"}]
          discriminator: {propertyName: kind, mapping: {firm: "#/components/schemas/Company"}}
    Person: {type: object, properties: {kind: {type: string}, name: {type: string}}}
    Company: {type: object, properties: {kind: {type: string}, name: {type: string}}}
"""
PNG = b"\x89PNG\r\n\x1a\n"


def _picture(**fields: object) -> httpx.Response:
    return httpx.Response(200, json=fields)


def _png() -> httpx.Response:
    return httpx.Response(200, content=PNG, headers={"Content-Type": "image/png"})


@pytest.mark.trap(8)
@pytest.mark.parametrize("way", WAYS)
def test_the_content_type_of_an_answer_says_how_it_is_read(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        assert package.call("get_either", _picture(id="1", state="ready"), way).parsed.id == "1"
        assert package.call("get_either", _png(), way).parsed.bytes() == PNG

    with pytest.raises(UnicodeDecodeError, match="0x89"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(8)
@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_is_text_is_that_text(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        assert package.call("get_either", httpx.Response(200, text="It is a cät."), way).parsed == "It is a cät."

    with pytest.raises(ValueError, match="Expecting value"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(8)
@pytest.mark.parametrize("way", WAYS)
def test_an_answer_of_an_undocumented_media_type_is_a_typed_error(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        page = httpx.Response(200, html="<p>We are tired</p>")
        error = package.failure("get_either", page, way)
        assert "text/html" in str(error)
        assert "application/json, image/png, text/plain" in str(error)

    with pytest.raises(ValueError, match="Expecting value"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(9)
@pytest.mark.parametrize("way", WAYS)
def test_an_answer_of_any_kind_of_image_is_that_image(pair: Pair, way: Way, tmp_path: Path) -> None:
    def expectation(package: Package) -> None:
        image = package.call("get_any", _png(), way).parsed
        assert image is not None
        assert image.media_type == "image/png"
        assert image.bytes() == PNG
        assert image.save(tmp_path / "picture.png").read_bytes() == PNG

    with pytest.raises(AssertionError, match="None is not None"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(10)
@pytest.mark.parametrize("way", WAYS)
def test_an_unknown_value_of_an_enum_is_kept(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        assert package.call("get_about", _picture(id="1", state="brewing"), way).parsed.state == "brewing"

    with pytest.raises(ValueError, match="'brewing' is not a valid PictureState"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(10)
@pytest.mark.parametrize("way", WAYS)
def test_an_unknown_number_of_an_enum_is_kept(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        for level in (1, 2, 3):
            assert package.call("get_about", _picture(id="1", state="ready", level=level), way).parsed.level == level

    with pytest.raises(ValueError, match="3 is not a valid PictureLevel"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(11)
@pytest.mark.parametrize("way", WAYS)
def test_a_missing_key_is_a_typed_error_that_names_it(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        error = package.failure("get_about", _picture(state="ready"), way)
        assert error.path == "id"
        assert error.status_code == 200

    with pytest.raises(KeyError, match="id"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(11)
def test_a_missing_key_that_may_be_missing_is_none(pair: Pair) -> None:
    """The raw generator's is a marker of its own, which no user would call falsy or compare with None."""

    def expectation(package: Package) -> None:
        assert package.call("get_about", _picture(id="1", state="ready")).parsed.title is None

    with pytest.raises(AssertionError, match="Unset"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(18)
@pytest.mark.parametrize(("kind", "name"), [("firm", "Company"), ("Person", "Person")])
def test_a_discriminator_says_which_class_an_object_becomes(pair: Pair, kind: str, name: str) -> None:
    """Though the first class would take it as well."""

    def expectation(package: Package, wanted: str) -> None:
        who = package.call("get_owner", httpx.Response(200, json={"who": {"kind": kind, "name": "Kim"}})).parsed.who
        assert type(who).__name__ == wanted

    expectation(pair.raw, "Person")
    expectation(pair.ours, name)
