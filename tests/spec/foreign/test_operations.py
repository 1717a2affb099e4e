"""Operations, parameters, bodies, answers and credentials of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.spec import SpecError
from generator.spec.foreign import load_foreign

if TYPE_CHECKING:
    from pathlib import Path

    from tests.spec.foreign.conftest import Adapt, Schemas

_GOOD = {"responses": {"200": {"description": "Good."}}}
_PET = {"type": "object", "properties": {"name": {"type": "string"}}}


def test_operations_without_ids_or_with_the_same_are_told_apart(adapt: Adapt) -> None:
    found = adapt(
        paths={
            "/pets/{id}": {"get": _GOOD, "delete": {**_GOOD, "operationId": "same"}},
            "/pets": {"get": {**_GOOD, "operationId": "same"}, "post": {**_GOOD, "operationId": "Same"}},
        }
    )
    ids = [operation.id for operation in found.contract.operations]
    assert ids[0] == "get_pets_by_id"
    assert len({operation_id.lower().replace("_", "") for operation_id in ids}) == 4
    assert [note.code for note in found.notes].count("duplicate-operation-id") == 2


def test_methods_of_one_resource_have_names_of_their_own(adapt: Adapt) -> None:
    ids = ["listPets", "petsList", "pets_list", "import", "with_raw_response", "create", "create_many"]
    body = {"requestBody": {"content": {"application/json": {"schema": _PET}}}}
    found = adapt(
        paths={
            f"/{n}": {"post": {**_GOOD, **body, "operationId": name, "tags": ["pets"]}} for n, name in enumerate(ids)
        }
    )
    names = [operation.name for operation in found.contract.operations]
    assert len(set(names)) == len(ids)
    assert "with_raw_response" not in names
    assert not {name for name in names if name.endswith("_many") and name.removesuffix("_many") in names}


@pytest.mark.parametrize(
    ("tag", "resource"),
    [("call", "call_api"), ("Pet Store", "pet_store"), ("宠物", "宠物"), ("2nd", "api_2_nd"), ("", "default")],
)
def test_tags_become_attributes(adapt: Adapt, tag: str, resource: str) -> None:
    found = adapt(paths={"/a": {"get": {**_GOOD, "tags": [tag]}}})
    assert found.contract.operations[0].resource == resource


def test_parameters_of_the_path_are_the_operations_which_may_state_them_anew(adapt: Adapt) -> None:
    shared = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "q", "in": "query", "schema": {"type": "string"}},
    ]
    own = [{"name": "q", "in": "query", "required": True, "schema": {"type": "integer"}}]
    found = adapt(paths={"/a/{id}": {"parameters": shared, "get": {**_GOOD, "parameters": own}}})
    parameters = {
        p.name: (p.place.value, p.required, p.schema["type"]) for p in found.contract.operations[0].parameters
    }
    assert parameters == {"id": ("path", True, "string"), "q": ("query", True, "integer")}


@pytest.mark.parametrize(
    ("stated", "style"),
    [
        ({"in": "query"}, "form*"),
        ({"in": "query", "explode": False}, "form"),
        ({"in": "query", "style": "pipeDelimited"}, "pipeDelimited"),
        ({"in": "query", "style": "deepObject", "explode": True}, "deepObject"),
        ({"in": "query", "style": "nonsense"}, "form*"),
        ({"in": "header"}, "simple"),
        ({"in": "cookie"}, "form*"),
        ({"in": "path", "style": "matrix", "explode": True}, "matrix*"),
        ({"in": "query", "content": {"application/json": {"schema": {"type": "object"}}}}, "json"),
    ],
)
def test_styles_of_parameters_are_kept(adapt: Adapt, stated: Any, style: str) -> None:
    found = adapt(paths={"/a/{p}": {"get": {**_GOOD, "parameters": [{"name": "p", **stated}]}}})
    nodes = found.contract.document.data["paths"]["/a/{p}"]["get"]["parameters"]
    assert nodes[0]["x-style"] == style


def test_what_the_client_sends_itself_is_no_parameter(adapt: Adapt) -> None:
    given: list[Any] = [
        {"name": name, "in": "header", "schema": {}} for name in ("Accept", "content-type", "Authorization", "X-Own")
    ]
    found = adapt(paths={"/a": {"get": {**_GOOD, "parameters": given}}})
    assert [parameter.name for parameter in found.contract.operations[0].parameters] == ["X-Own"]
    assert [note.code for note in found.notes] == ["reserved-header"] * 3


def test_a_part_of_the_path_without_its_parameter_is_a_text(adapt: Adapt) -> None:
    found = adapt(paths={"/a/{b}": {"get": {**_GOOD, "parameters": [{"name": "c", "in": "path", "schema": {}}]}}})
    assert [parameter.name for parameter in found.contract.operations[0].parameters] == ["b"]


@pytest.mark.parametrize(
    ("media_type", "schema", "kind", "sent_as"),
    [
        ("application/json", _PET, "json", "application/json"),
        ("application/json; charset=UTF-8", _PET, "json", "application/json"),
        ("application/vnd.pets+json", _PET, "json", "application/vnd.pets+json"),
        ("*/*", _PET, "json", "application/json"),
        ("application/json", {"type": "array", "items": _PET}, "value", "application/json"),
        ("application/json", {"type": "string"}, "value", "application/json"),
        ("application/json", {}, "value", "application/json"),
        ("multipart/form-data", _PET, "form", "multipart/form-data"),
        ("application/x-www-form-urlencoded", _PET, "urlencoded", "application/x-www-form-urlencoded"),
        ("text/plain", {"type": "string"}, "text", "text/plain"),
        ("application/octet-stream", {"type": "string", "format": "binary"}, "file", "application/octet-stream"),
        ("image/*", {}, "file", "image/*"),
        ("application/xml", _PET, "file", "application/xml"),
        ("multipart/form-data", {"type": "array", "items": {}}, "form", "multipart/form-data"),
    ],
)
def test_bodies_of_every_kind_are_sent(sent: Schemas, media_type: str, schema: Any, kind: str, sent_as: str) -> None:
    content, found = sent(schema, media_type)
    assert not found.cuts
    assert {name: node["x-kind"] for name, node in content.items()} == {sent_as: kind}


def test_an_operation_whose_body_cannot_be_sent_is_left_out_and_the_rest_is_there(adapt: Adapt) -> None:
    body = {"$ref": "#/components/requestBodies/Nothing"}
    found = adapt(
        paths={
            "/a": {
                "post": {**_GOOD, "operationId": "bad", "requestBody": body},
                "get": {**_GOOD, "operationId": "good"},
            }
        }
    )
    assert [operation.id for operation in found.contract.operations] == ["good"]
    assert [cut.code for cut in found.cuts] == ["dangling-reference"]
    assert all(cut.pointer.startswith("/paths/~1a/post/requestBody") and cut.line > 1 for cut in found.cuts)


@pytest.mark.parametrize(
    ("responses", "statuses"),
    [
        ({"200": {}, "4xx": {}, "default": {}, "x-note": {}}, ["200", "4XX", "default"]),
        ({"404": {}}, ["2XX", "404"]),
        ({"whatever": {}, "201": {}}, ["201"]),
        (None, ["2XX"]),
    ],
)
def test_answers_are_read_by_status(adapt: Adapt, responses: Any, statuses: list[str]) -> None:
    found = adapt(paths={"/a": {"get": {"responses": responses}}})
    assert [answer.status for answer in found.contract.operations[0].answers] == statuses


@pytest.mark.parametrize("status", ["204", "304"])
def test_answers_that_have_no_body_are_given_none(adapt: Adapt, status: str) -> None:
    content = {"content": {"application/json": {"schema": _PET}}}
    found = adapt(
        paths={"/a": {"get": {"responses": {status: content, "200": {}}}, "head": {"responses": {"200": content}}}}
    )
    assert not any(answer.content for operation in found.contract.operations for answer in operation.answers)


@pytest.mark.parametrize(
    ("scheme", "kind", "header"),
    [
        ({"type": "http", "scheme": "Bearer"}, "bearer", "Authorization"),
        ({"type": "oauth2", "flows": {}}, "bearer", "Authorization"),
        ({"type": "openIdConnect", "openIdConnectUrl": "https://x"}, "bearer", "Authorization"),
        ({"type": "http", "scheme": "basic"}, "basic", "Authorization"),
        ({"type": "http", "scheme": "digest"}, "header", "Authorization"),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, "header", "X-Key"),
        ({"type": "apiKey", "in": "query", "name": "key"}, "query", "key"),
        ({"type": "apiKey", "in": "cookie", "name": "sid"}, "cookie", "sid"),
    ],
)
def test_credentials_of_every_kind_are_shown(adapt: Adapt, scheme: Any, kind: str, header: str) -> None:
    found = adapt(paths={"/a": {"get": _GOOD}}, security=[{"it": []}], components={"securitySchemes": {"it": scheme}})
    assert [(s.kind, s.header) for s in found.contract.security_schemes.values()] == [(kind, header)]
    assert found.contract.operations[0].security == (("it",),)


def test_an_operations_own_security_wins_and_may_be_none(adapt: Adapt) -> None:
    schemes = {"a": {"type": "http", "scheme": "bearer"}, "b": {"type": "apiKey", "in": "query", "name": "k"}}
    found = adapt(
        security=[{"a": []}],
        paths={
            "/a": {
                "get": _GOOD,
                "put": {**_GOOD, "security": []},
                "post": {**_GOOD, "security": [{"a": [], "b": []}, {"nobody": []}, {}]},
            }
        },
        components={"securitySchemes": schemes},
    )
    security = {operation.method: operation.security for operation in found.contract.operations}
    assert security == {"GET": (("a",),), "PUT": (), "POST": (("a", "b"), ())}


@pytest.mark.parametrize(
    ("servers", "url"),
    [
        ([{"url": "https://a.test/v1/"}], "https://a.test/v1"),
        ([{"url": "https://{who}.a.test", "variables": {"who": {"default": "me"}}}], "https://me.a.test"),
        ([{"url": "/api"}], ""),
        ([{"url": 'https://a.test/"""'}], ""),
        ([{"url": "https://user:pass@a.test"}], ""),
        (None, ""),
    ],
)
def test_the_server_is_the_first_that_is_told_whole(adapt: Adapt, servers: Any, url: str) -> None:
    assert adapt(paths={"/a": {"get": _GOOD}}, servers=servers).contract.server == url


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"swagger": "2.0"}', "not-openapi-3"),
        ('{"openapi": "4.0.0"}', "not-openapi-3"),
        ("[]", "no-mapping"),
        ("", "no-mapping"),
        ('{"openapi": "3.0.0", "paths": {}}', "no-operation"),
        ('{"openapi": "3.1.0", "webhooks": {"a": {"post": {}}}}', "no-operation"),
    ],
)
def test_a_document_of_which_nothing_can_be_made_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_foreign(path)
    assert code in {problem.code for problem in caught.value.problems}
