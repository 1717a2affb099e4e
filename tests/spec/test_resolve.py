from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from generator.spec import Json, SpecError
from generator.spec.document import read_document
from generator.spec.resolve import Resolved, resolve

if TYPE_CHECKING:
    from pathlib import Path

ResolveText = Callable[[str], Resolved]


@pytest.fixture
def resolve_text(tmp_path: Path) -> ResolveText:
    def resolve_it(text: str) -> Resolved:
        path = tmp_path / "a.yaml"
        path.write_text(text, encoding="utf-8")
        return resolve(read_document(path))

    return resolve_it


def test_keywords_beside_a_reference_join_those_of_its_target(resolve_text: ResolveText) -> None:
    resolved = resolve_text("""
components:
  schemas:
    A: {type: string, description: old, x-source: {document: a, level: assumed, keywords: {type: {document: b}}}}
    B:
      $ref: '#/components/schemas/A'
      description: new
      maxLength: 3
      x-source: {document: c, keywords: {maxLength: {document: d}}}
""")
    assert resolved.data["components"]["schemas"]["B"] == {
        "type": "string",
        "description": "new",
        "maxLength": 3,
        "x-source": {"document": "c", "keywords": {"type": {"document": "b"}, "maxLength": {"document": "d"}}},
    }


def test_a_place_below_a_reference_is_traced_to_the_file(resolve_text: ResolveText) -> None:
    resolved = resolve_text("""
components:
  schemas:
    A: {type: object, properties: {x: {$ref: '#/components/schemas/B', title: X}}}
    B: {type: string, enum: [a]}
    C: {items: {$ref: '#/components/schemas/A'}}
""")
    x = ("components", "schemas", "C", "items", "properties", "x")
    assert resolved.origin((*x, "enum", 0)) == ("components", "schemas", "B", "enum", 0)
    assert resolved.origin((*x, "title")) == ("components", "schemas", "A", "properties", "x", "title")
    assert resolved.components[x] == "B"
    assert resolved.origin(("info",)) == ("info",)


def test_a_schema_is_called_what_it_was_pointed_to_as(resolve_text: ResolveText) -> None:
    resolved = resolve_text("""
components:
  schemas:
    A: {$ref: '#/components/schemas/B', description: a}
    B: {allOf: [{type: string}]}
    C: {properties: {a: {$ref: '#/components/schemas/A'}, part: {$ref: '#/components/schemas/B/allOf/0'}}}
""")
    inside = ("components", "schemas", "C", "properties")
    assert resolved.data["components"]["schemas"]["C"]["properties"]["a"]["description"] == "a"
    assert resolved.components[(*inside, "a")] == "A"
    assert (*inside, "part") not in resolved.components


@pytest.mark.parametrize("name", ["default", "value", "example", "enum", "properties", "$ref", "x-thing"])
def test_a_name_is_no_keyword(resolve_text: ResolveText, name: str) -> None:
    """A component, property or response may be called what a keyword is called."""
    resolved = resolve_text(f"""
components:
  schemas:
    A: {{type: string}}
    "{name}": {{properties: {{"{name}": {{$ref: '#/components/schemas/A'}}}}}}
""")
    assert resolved.data["components"]["schemas"][name] == {"properties": {name: {"type": "string"}}}


def test_the_default_answer_may_be_a_reference(resolve_text: ResolveText) -> None:
    resolved = resolve_text("""
paths: {/a: {get: {responses: {default: {$ref: '#/components/responses/A'}}}}}
components: {responses: {A: {description: a}}}
""")
    assert resolved.data["paths"]["/a"]["get"]["responses"] == {"default": {"description": "a"}}


@pytest.mark.parametrize("keyword", ["default", "example", "const", "enum", "examples", "x-known-values"])
def test_data_is_left_as_it_is(resolve_text: ResolveText, keyword: str) -> None:
    """In an example a `$ref` is a key like any other."""
    value: Json = [{"$ref": "#/nowhere"}]
    resolved = resolve_text(f"components: {{schemas: {{A: {{{keyword}: [{{$ref: '#/nowhere'}}]}}}}}}")
    assert resolved.data["components"]["schemas"]["A"][keyword] == value


def test_escaped_pointers_are_followed(resolve_text: ResolveText) -> None:
    resolved = resolve_text("""
components:
  schemas:
    a/b~c d: {type: string}
    A: {$ref: '#/components/schemas/a~1b~0c%20d'}
    B: {allOf: [{type: number}], items: {$ref: '#/components/schemas/B/allOf/0'}}
""")
    assert resolved.data["components"]["schemas"]["A"] == {"type": "string"}
    assert resolved.data["components"]["schemas"]["B"]["items"] == {"type": "number"}


@pytest.mark.parametrize(
    "reference",
    ["#/components/schemas/A/allOf/1", "#/components/schemas/A/allOf/-1", "#/components/schemas/A/allOf/\u0660", "#/x"],
)
def test_a_reference_to_nowhere_is_an_error(resolve_text: ResolveText, reference: str) -> None:
    with pytest.raises(SpecError, match="dangling-reference"):
        resolve_text(f"components: {{schemas: {{A: {{allOf: [{{}}]}}, B: {{$ref: '{reference}'}}}}}}")


@pytest.mark.parametrize("reference", ["#", "other.yaml", "https://example.com/a.yaml#/A", "A"])
def test_a_reference_out_of_the_file_is_an_error(resolve_text: ResolveText, reference: str) -> None:
    with pytest.raises(SpecError, match="foreign-reference"):
        resolve_text(f"components: {{schemas: {{A: {{$ref: '{reference}'}}}}}}")


def test_two_schemas_that_stand_in_each_other_are_an_error(resolve_text: ResolveText) -> None:
    with pytest.raises(SpecError, match="self-reference"):
        resolve_text("""
components:
  schemas:
    A: {items: {$ref: '#/components/schemas/B'}}
    B: {items: {$ref: '#/components/schemas/A'}}
""")


def test_a_bomb_of_references_is_refused(resolve_text: ResolveText) -> None:
    """Twenty schemas that each point twice to the next stand for a million places."""
    pair = "[{{$ref: '#/components/schemas/A{0}'}}, {{$ref: '#/components/schemas/A{0}'}}]"
    schemas = "".join(f"    A{i}: {{allOf: {pair.format(i + 1)}}}\n" for i in range(20))
    with pytest.raises(SpecError, match="too-deep"):
        resolve_text(f"components:\n  schemas:\n{schemas}    A20: {{}}\n")
