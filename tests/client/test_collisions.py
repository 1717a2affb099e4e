"""Names of a spec that can't all be had in Python are refused, with both places; none hides another silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.client import generate
from generator.spec import SpecError, load

if TYPE_CHECKING:
    from pathlib import Path

_SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /pictures/{album}:
    post:
      operationId: makePicture
      tags: [pictures]
      x-source: {document: page}
      parameters:
        - {name: album, in: path, required: true, schema: {type: string}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Wish"}}}
      responses: {"204": {description: Done.}}
  /albums:
    post:
      operationId: makeAlbum
      tags: [albums]
      x-source: {document: page}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Album"}}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    Wish: {type: object, properties: {prompt: {type: string}, validate: {type: string}}}
    Album: {type: object, properties: {title: {type: string}}}
"""


def _generate(folder: Path, *changes: tuple[str, str]) -> None:
    text = _SPEC
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    spec = folder / "gallery.yaml"
    spec.write_text(text, encoding="utf-8")
    generate([load(spec)], folder)


def test_a_spec_without_collisions_is_generated(tmp_path: Path) -> None:
    """A field that is called as an argument of ours gets another name; on the wire it keeps its own."""
    _generate(tmp_path)
    model = (tmp_path / "gallery" / "models" / "_wish.py").read_text()
    assert "validate_: str | Unset" in model
    assert '"name": "validate"' in model


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        pytest.param(
            "{prompt: {type: string}",
            "{album: {type: string}",
            ("/components/schemas/Wish/properties/album", "/paths/~1pictures~1{album}/post/parameters/0/name"),
            id="a parameter and a field",
        ),
        pytest.param(
            "{prompt: {type: string}",
            "{modelId: {type: string}, model_id: {type: string}",
            ("/components/schemas/Wish/properties/model_id", "/components/schemas/Wish/properties/modelId"),
            id="two fields",
        ),
        pytest.param(
            "schema: {type: string}}\n      requestBody",
            "schema: {type: string}}\n        - {name: Album, in: header, schema: {type: string}}\n      requestBody",
            ("/paths/~1pictures~1{album}/post/parameters/1/name", "/paths/~1pictures~1{album}/post/parameters/0/name"),
            id="two parameters",
        ),
        pytest.param("Album", "Request", ("/components/schemas/Request",), id="a class of the client's own"),
        pytest.param("Album", "MakePictureParameters", ("/components/schemas/MakePicture",), id="two classes"),
        pytest.param("tags: [albums]", "tags: [close]", ("/paths/~1albums/post/tags",), id="a member of the client"),
        pytest.param(
            "operationId: makeAlbum\n      tags: [albums]",
            "operationId: makeManyPictures\n      tags: [pictures]",
            ("/paths/~1albums/post/operationId",),
            id="a method that is needed for many calls",
        ),
    ],
)
def test_two_things_of_one_name_are_refused_with_their_places(
    tmp_path: Path, old: str, new: str, places: tuple[str, ...]
) -> None:
    with pytest.raises(SpecError) as caught:
        _generate(tmp_path, (old, new))
    assert all(place in str(caught.value) for place in places), str(caught.value)
    assert {problem.code for problem in caught.value.problems} == {"taken-name"}
    assert not (tmp_path / "gallery").exists()


def test_a_parameter_called_as_a_file_by_itself_is_refused(tmp_path: Path) -> None:
    album = "- {name: album, in: path, required: true, schema: {type: string}}"
    parameters = album, f"{album}\n        - {{name: File, in: header, schema: {{type: string}}}}"
    wish = 'application/json: {schema: {$ref: "#/components/schemas/Wish"}}'
    with pytest.raises(SpecError, match=r"'file'.*parameters/1/name is already") as caught:
        _generate(tmp_path, parameters, (wish, f"image/png: {{}}, {wish}"))
    (problem,) = caught.value.problems
    assert problem.pointer == "/paths/~1pictures~1{album}/post/requestBody/content/image~1png"
