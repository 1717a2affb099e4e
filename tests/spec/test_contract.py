from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.spec import Contract, Problem

Changed = Callable[..., str]
Load = Callable[[str], Contract]

_SHAPES = (
    "schema: {anyOf: [{x-shape: {name: flat}, type: object, properties: {name: {type: string}}}, "
    "{x-shape: {name: nested, present: input}, type: object, properties: {input: {type: object}}}]}"
)


def test_what_a_spec_says_of_itself(small: str, load_text: Load) -> None:
    contract = load_text(small)
    assert (contract.name, contract.title, contract.version) == ("small", "Small", "1")
    assert (contract.server, contract.server_environment) == ("https://small.example", "SMALL_BASE_URL")
    scheme = contract.security_schemes["key"]
    assert (scheme.kind, scheme.header, scheme.environment, scheme.credential) == (
        "bearer",
        "Authorization",
        "SMALL_KEY",
        "key",
    )


def test_an_operation_is_found_by_its_id(small: str, load_text: Load) -> None:
    contract = load_text(small)
    operation = contract.operation("getThing")
    assert (operation.method, operation.path, operation.resource, operation.name) == (
        "GET",
        "/things/{id}",
        "things",
        "get",
    )
    assert [(p.name, p.place.value, p.required) for p in operation.parameters] == [
        ("id", "path", True),
        ("deep", "query", False),
    ]
    with pytest.raises(KeyError):
        contract.operation("gone")


def test_a_body_without_x_shape_is_one_shape_named_after_its_media_type(small: str, load_text: Load) -> None:
    (shape,) = load_text(small).operation("makeThing").shapes
    assert (shape.name, shape.media_type, shape.schema_name, shape.present) == ("json", "application/json", "Thing", "")
    assert not shape.is_multipart


@pytest.mark.parametrize(
    ("media_type", "body", "meant"),
    [
        ("application/json", {"name": "a"}, "flat"),
        ("application/json", {"input": 5}, "nested"),
        ("application/json", {"input": {}, "name": "a"}, "nested"),
        ("application/json", {}, "flat"),
        ("application/json", [], "flat"),
        ("application/json", None, "flat"),
        ("multipart/form-data", {"name": "a"}, None),
    ],
)
def test_a_request_means_the_shape_whose_telling_property_it_has(
    changed: Changed, load_text: Load, media_type: str, body: object, meant: str | None
) -> None:
    contract = load_text(_with_shapes(changed))
    shape = contract.operation("makeThing").shape_meant(media_type, body)
    assert (shape.name if shape else None) == meant


def _with_shapes(changed: Changed) -> str:
    """The small spec with two shapes in the place of its one, and nothing else."""
    text = changed(('schema: {$ref: "#/components/schemas/Thing"}', _SHAPES))
    head, tail = text.split("    Thing:\n")
    return head + tail[tail.index("    Made:\n") :]


def test_an_operation_may_ask_for_other_credentials_or_none(changed: Changed, load_text: Load) -> None:
    contract = load_text(
        changed(("operationId: getThing\n", "operationId: getThing\n      security: [{}, {key: []}]\n"))
    )
    assert contract.operation("getThing").security == ((), ("key",))
    assert contract.operation("makeThing").security == (("key",),)
    assert [rule.operation for rule in contract.rules if rule.keyword == "security"] == ["makeThing"]


def test_two_operations_whose_methods_would_share_a_name_keep_their_ids(changed: Changed, load_text: Load) -> None:
    contract = load_text(changed(("operationId: getThing", "operationId: makeThings")))
    assert [operation.name for operation in contract.operations] == ["make_thing", "make_things"]


def test_two_operations_of_one_name_are_an_error(changed: Changed, problems_of: Callable[[str], list[Problem]]) -> None:
    (problem,) = problems_of(changed(("operationId: getThing", "operationId: make_thing")))
    assert problem.code == "same-method-name"
    assert "makeThing" in problem.message


def test_answers_keep_the_order_of_the_spec(changed: Changed, load_text: Load) -> None:
    extra = '        "404": {description: None such., x-error-code: gone}\n'
    text = changed(("  /things/{id}:\n", f"{extra}  /things/{{id}}:\n"))
    answers = load_text(text).operation("makeThing").answers
    assert [(answer.status, answer.error_code) for answer in answers] == [("200", ""), ("404", "gone")]
