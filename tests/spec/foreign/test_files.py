"""References into other files: within the folder alone, and never the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.spec.foreign.conftest import Adapt

_PET = {"type": "object", "properties": {"name": {"type": "string"}}}


def _answer(reference: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": reference}}}
    return {"/a": {"get": {"operationId": "getPet", "responses": {"200": {"description": "", "content": content}}}}}


@pytest.mark.parametrize("reference", ["pet.yaml", "pet.yaml#", "sub/../pet.yaml", "./pet.yaml"])
def test_a_file_beside_the_document_is_read(adapt: Adapt, reference: str) -> None:
    found = adapt(files={"pet.yaml": _PET, "sub/other.yaml": {}}, paths=_answer(reference))
    assert not found.cuts
    assert list(found.contract.document.data["components"]["schemas"]) == ["Pet"]
    assert [path.name for path in found.files] == ["pets.json", "pet.yaml"]


def test_references_in_another_file_are_taken_from_there(adapt: Adapt) -> None:
    files = {
        "models/pet.yaml": {
            "Pet": {"type": "object", "properties": {"owner": {"$ref": "owner.yaml#/Owner"}, "mate": {"$ref": "#/Pet"}}}
        },
        "models/owner.yaml": {"Owner": {"type": "object", "properties": {"name": {"type": "string"}}}},
    }
    schemas = adapt(files=files, paths=_answer("models/pet.yaml#/Pet")).contract.document.data["components"]["schemas"]
    assert schemas["Pet"]["properties"] == {
        "owner": {"$ref": "#/components/schemas/Owner"},
        "mate": {"$ref": "#/components/schemas/Pet"},
    }


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("../secret.yaml", "reference-outside"),
        ("/etc/hostname", "reference-outside"),
        ("sub/../../secret.yaml", "reference-outside"),
        ("%2e%2e/secret.yaml", "reference-outside"),
        ("link.yaml", "reference-outside"),
        ("https://example.com/pet.yaml", "remote-reference"),
        ("//example.com/pet.yaml", "remote-reference"),
        ("file:///etc/hostname", "remote-reference"),
        ("missing.yaml", "unreadable-reference"),
        ("broken.yaml", "unreadable-reference"),
        ("#/components/schemas/Nothing", "dangling-reference"),
        ("#anchor", "dangling-reference"),
        ("a\0b.yaml", "reference-outside"),
    ],
)
def test_what_may_not_or_cannot_be_read_is_told_and_anything_is_taken(
    adapt: Adapt, tmp_path: Path, reference: str, code: str
) -> None:
    (tmp_path / "secret.yaml").write_text("type: object\nproperties: {password: {type: string}}", encoding="utf-8")
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    found = adapt(files={"broken.yaml": "a: ["}, paths=_answer(reference))
    assert [problem.code for problem in found.cuts] == [code]
    assert found.cuts[0].pointer.startswith("/paths/~1a/get/responses/200")
    assert found.cuts[0].line > 1
    assert "password" not in str(found.contract.document.data)
    answer = found.contract.document.data["paths"]["/a"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"] == {}


def test_a_path_item_a_parameter_a_body_and_an_answer_may_be_references(adapt: Adapt) -> None:
    path = {
        "post": {
            "operationId": "addPet",
            "parameters": [{"$ref": "pets.json#/components/parameters/Id"}],
            "requestBody": {"$ref": "pets.json#/components/requestBodies/Pet"},
            "responses": {"200": {"$ref": "pets.json#/components/responses/Pet"}},
        }
    }
    content = {"content": {"application/json": {"schema": _PET}}}
    components = {
        "parameters": {
            "Id": {"$ref": "#/components/parameters/RealId"},
            "RealId": {"name": "id", "in": "query", "schema": {"type": "integer"}},
        },
        "requestBodies": {"Pet": content},
        "responses": {"Pet": {"description": "Good.", **content}},
    }
    found = adapt(files={"path.yaml": path}, paths={"/a": {"$ref": "path.yaml"}}, components=components)
    operation = found.contract.operation("addPet")
    assert not found.cuts
    assert [parameter.name for parameter in operation.parameters] == ["id"]
    assert [shape.media_type for shape in operation.shapes] == ["application/json"]
    assert operation.answers[0].description == "Good."


def test_references_in_a_circle_are_told(adapt: Adapt) -> None:
    found = adapt(
        paths=_answer("#/components/schemas/A"),
        components={"schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}},
    )
    assert [problem.code for problem in found.cuts] == ["self-reference"]
