"""The documents' examples become calls in the package's README, as a person would write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.client import generate
from generator.spec import load

if TYPE_CHECKING:
    from pathlib import Path

_SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents:
  first: {page: "Pictures, the first page", level: documented}
  second: {page: "Pictures, the second page", level: documented}
  third: {page: "Pictures, the third page", level: documented}
paths:
  /pictures:
    post:
      operationId: makePicture
      tags: [pictures]
      x-source: {document: first}
      parameters:
        - {name: region, in: query, required: true, schema: {type: string, enum: [eu, us]}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Wish"}
            examples:
              first: {value: {prompt: 'say "hi"', seed: 0, exact: false, extra: {a: {}}}}
              second: {value: {prompt: <string>, seed: 7}}
          multipart/form-data:
            schema: {$ref: "#/components/schemas/Sketch"}
            examples:
              third: {value: {prompt: <string>, modelId: <string>, sketch: "@sketch.png"}}
      responses: {"204": {description: Done.}}
  /styles:
    get:
      operationId: listStyles
      tags: [pictures]
      x-source: {document: first}
      parameters:
        - {name: kind, in: query, schema: {type: string, x-known-values: [oil]}}
        - {name: after, in: query, schema: {type: string}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    Wish:
      type: object
      required: [prompt]
      properties:
        prompt: {type: string}
        seed: {type: integer}
        exact: {type: boolean}
        extra: {type: object}
    Sketch:
      type: object
      required: [prompt, sketch]
      properties:
        prompt: {type: string}
        modelId: {type: string}
        sketch: {type: string, format: binary}
"""


@pytest.fixture(scope="module")
def snippets(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The snippets of the README that is generated from the spec above."""
    folder: Path = tmp_path_factory.mktemp("examples")
    (folder / "gallery.yaml").write_text(_SPEC, encoding="utf-8")
    generate([load(folder / "gallery.yaml")], folder)
    page = (folder / "gallery" / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


def _calls(snippets: list[str], method: str) -> list[str]:
    return [" ".join(each.split()) for each in snippets if f"{method}(" in each]


def test_an_example_is_a_call_with_what_the_document_says(snippets: list[str]) -> None:
    first, _ = _calls(snippets, "client.pictures.make")
    assert """client.pictures.make(region="eu", prompt='say "hi"', seed=0, exact=False)""" in first
    assert first.startswith("from generated_client.gallery import Gallery client = Gallery()")


def test_files_are_paths_and_gaps_are_filled_from_other_examples_or_left_out(snippets: list[str]) -> None:
    _, third = _calls(snippets, "client.pictures.make")
    assert third.startswith("from pathlib import Path ")
    assert """make(region="eu", prompt='say "hi"', sketch=Path("sketch.png"))""" in third


def test_an_example_with_gaps_is_not_shown_beside_one_without(snippets: list[str]) -> None:
    assert not [call for call in _calls(snippets, "client.pictures.make") if "seed=7" in call]


def test_parameters_are_shown_with_values_that_the_spec_knows(snippets: list[str]) -> None:
    (call,) = _calls(snippets, "client.pictures.list_styles")
    assert call.endswith('print(client.pictures.list_styles(kind="oil"))')


def test_many_calls_and_other_options_are_shown_with_required_fields_alone(snippets: list[str]) -> None:
    (many,) = _calls(snippets, "client.pictures.make_many")
    assert """requests = [{"region": "eu", "prompt": 'say "hi"'}]""" in many
    assert any('with_raw_response.make(region="eu", prompt=' in each for each in snippets)


def test_every_snippet_is_python(snippets: list[str]) -> None:
    for each in snippets:
        compile(each, "README.md", "exec")
