"""A discriminator decides which class an answer's object becomes."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

import pytest

from generator.client import generate
from generator.spec import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SPEC = """
openapi: 3.1.1
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
x-documents: {page: {page: "Pets, the page", level: documented}}
paths:
  /pets:
    get:
      operationId: getPets
      tags: [pets]
      x-source: {document: page}
      responses:
        "200":
          description: The pets.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/PetList"}
components:
  schemas:
    PetList:
      type: object
      properties:
        pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind, mapping: {kitty: "#/components/schemas/Cat"}}
    Cat: {type: object, properties: {kind: {type: string}, name: {type: string}}}
    Dog: {type: object, properties: {kind: {type: string}, name: {type: string}}}
"""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The models generated from the spec above."""
    folder: Path = tmp_path_factory.mktemp("discriminator")
    spec = folder / "discriminated_pets.yaml"
    spec.write_text(_SPEC)
    generate([load(spec)], folder)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("discriminated_pets.models")
    sys.path.remove(str(folder))


@pytest.mark.parametrize(("kind", "name"), [("kitty", "Cat"), ("Dog", "Dog")])
def test_the_discriminator_decides_though_both_classes_would_fit(models: Any, kind: str, name: str) -> None:
    pets = models.PetList.from_dict({"pets": [{"kind": kind, "name": "Kim"}]}).pets
    assert [type(pet).__name__ for pet in pets] == [name]


def test_an_unknown_kind_is_kept_as_it_is(models: Any) -> None:
    pet = {"kind": "ferret", "name": "Kim"}
    assert models.PetList.from_dict({"pets": [pet]}).pets == [pet]
