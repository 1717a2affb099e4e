"""Schemas of every kind, as answers and as requests have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.spec.foreign.conftest import Adapt, Schemas

_STRING = {"type": "string"}
_PET = {"type": "object", "properties": {"name": _STRING}, "required": ["name"]}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(
    ("schema", "adapted"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": ["string", "null"], "maxLength": 3}, {"type": ["string", "null"], "maxLength": 3}),
        ({"type": "integer", "minimum": 3, "exclusiveMinimum": True}, {"type": "integer", "exclusiveMinimum": 3}),
        ({"type": "integer", "maximum": 3, "exclusiveMaximum": False}, {"type": "integer", "maximum": 3}),
        ({"const": "a"}, {"type": "string", "enum": ["a"]}),
        ({"enum": ["a", 1, None, 1, "a"]}, {"type": ["string", "integer", "null"], "enum": ["a", 1, None]}),
        ({"type": "integer", "enum": [1, True]}, {"type": ["integer", "boolean"], "enum": [1, True]}),
        ({"type": "string", "pattern": "(a+)+$"}, _STRING),
        ({"type": "string", "minLength": -1, "maxLength": "x"}, _STRING),
        ({"items": _STRING}, {"type": "array", "items": _STRING}),
        ({"type": "array", "prefixItems": [_STRING]}, {"type": "array", "items": {}}),
        ({"type": "object", "additionalProperties": _STRING}, {"type": "object", "additionalProperties": _STRING}),
        ({"type": "object", "patternProperties": {"^x": _STRING}}, {"type": "object", "additionalProperties": _STRING}),
        ({"anyOf": [_STRING, {"type": "null"}]}, {"type": ["string", "null"]}),
        ({"oneOf": [_STRING, {"type": "integer"}]}, {"anyOf": [_STRING, {"type": "integer"}]}),
        ({"anyOf": [_STRING, {}]}, {}),
        (
            {"allOf": [{"type": "string", "maxLength": 9}, {"maxLength": 5, "minLength": 1}]},
            {"type": "string", "minLength": 1, "maxLength": 5},
        ),
        ({"allOf": [{"type": "number"}, {"type": "integer"}]}, {"type": "integer"}),
        ({"type": "float"}, {"type": "number"}),
        ({"type": "nonsense"}, {}),
        (True, {}),
    ],
)
def test_schemas_mean_the_same_in_one_form(answered: Schemas, schema: Any, adapted: Any) -> None:
    assert answered(schema)[0] == adapted


def test_objects_become_classes_wherever_they_stand(answered: Schemas) -> None:
    inner = {"type": "object", "properties": {"at": {"type": "array", "items": _PET}}}
    schema, components = answered({"type": "object", "properties": {"inner": inner}})
    assert schema == _ref("GetAAnswer200")
    assert sorted(components) == ["GetAAnswer200", "GetAAnswer200Inner", "GetAAnswer200InnerAtItem"]


def test_a_chain_of_all_of_is_one_class(answered: Schemas) -> None:
    components = {
        "Base": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
        "Named": {"allOf": [_ref("Base"), _PET]},
        "Cat": {
            "allOf": [
                _ref("Named"),
                {"properties": {"id": {"minimum": 1}}, "required": ["claws"]},
                {"properties": {"claws": {"type": "integer"}}},
            ]
        },
    }
    _, adapted = answered(_ref("Cat"), **components)
    assert list(adapted) == ["Cat"]
    assert adapted["Cat"]["properties"] == {
        "id": {"type": "integer", "minimum": 1},
        "name": _STRING,
        "claws": {"type": "integer"},
    }
    assert adapted["Cat"]["required"] == ["id", "name", "claws"]


def test_schemas_that_hold_each_other_are_classes_that_do(answered: Schemas) -> None:
    tree = {
        "type": "object",
        "properties": {
            "below": {"type": "array", "items": _ref("Tree")},
            "up": {"allOf": [_ref("Tree")], "nullable": True},
        },
    }
    _, adapted = answered(_ref("Tree"), Tree=tree)
    assert adapted["Tree"]["properties"] == {
        "below": {"type": "array", "items": _ref("Tree")},
        "up": {"anyOf": [_ref("Tree"), {"type": "null"}]},
    }


def test_a_value_that_holds_itself_outside_of_objects_ends(answered: Schemas) -> None:
    value = {"anyOf": [_STRING, {"type": "array", "items": _ref("Value")}]}
    schema, _ = answered(_ref("Value"), Value=value)
    assert schema == {"anyOf": [_STRING, {"type": "array", "items": {}}]}


def test_what_both_sides_use_has_a_class_for_each(adapt: Adapt) -> None:
    pet = {
        "type": "object",
        "properties": {"id": {"type": "integer", "readOnly": True}, "key": {"type": "string", "writeOnly": True}},
        "required": ["id"],
    }
    content = {"content": {"application/json": {"schema": _ref("Pet")}}}
    found = adapt(
        paths={"/a": {"post": {"requestBody": content, "responses": {"200": {"description": "", **content}}}}},
        components={"schemas": {"Pet": pet}},
    )
    schemas = found.contract.document.data["components"]["schemas"]
    assert schemas["Pet"] == {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}
    assert schemas["PetInput"] == {"type": "object", "properties": {"key": _STRING}}


def test_named_enums_are_shared_by_both_sides(adapt: Adapt) -> None:
    content = {"content": {"application/json": {"schema": {"type": "object", "properties": {"state": _ref("State")}}}}}
    found = adapt(
        paths={
            "/a": {
                "post": {
                    "operationId": "setIt",
                    "requestBody": content,
                    "responses": {"200": {"description": "", **content}},
                }
            }
        },
        components={"schemas": {"State": {"type": "string", "enum": ["on", "off"]}}},
    )
    assert sorted(found.contract.document.data["components"]["schemas"]) == ["SetItAnswer200", "SetItBody", "State"]


@pytest.mark.parametrize(
    ("discriminator", "mapping"),
    [
        ({"propertyName": "kind"}, {"Cat": "Cat", "Dog": "Dog"}),
        ({"propertyName": "kind", "mapping": {"c": "#/components/schemas/Cat", "d": "Dog"}}, {"c": "Cat", "d": "Dog"}),
        ({"propertyName": "kind", "mapping": {"c": "Cat"}}, {"c": "Cat", "Dog": "Dog"}),
    ],
)
def test_a_discriminator_names_the_class_of_each_value(answered: Schemas, discriminator: Any, mapping: Any) -> None:
    kinds = {name: {"type": "object", "properties": {"kind": _STRING}} for name in ("Cat", "Dog")}
    schema, _ = answered({"oneOf": [_ref("Cat"), _ref("Dog")], "discriminator": discriminator}, **kinds)
    assert schema["discriminator"] == {
        "propertyName": "kind",
        "mapping": {value: f"#/components/schemas/{name}" for value, name in mapping.items()},
    }


def test_heirs_stand_in_for_what_they_are_made_of(answered: Schemas) -> None:
    pet = {**_PET, "discriminator": {"propertyName": "name"}}
    cat = {"allOf": [_ref("Pet"), {"properties": {"claws": {"type": "integer"}}}]}
    schema, components = answered(_ref("Pet"), Pet=pet, Cat=cat)
    assert schema == {
        "anyOf": [_ref("Cat"), _ref("Pet")],
        "discriminator": {"propertyName": "name", "mapping": {"Cat": "#/components/schemas/Cat"}},
    }
    assert list(components["Cat"]["properties"]) == ["name", "claws"]


def test_rules_are_written_out_through_references_and_end(sent: Schemas) -> None:
    tree = {
        "type": "object",
        "properties": {
            "n": {"type": "integer", "maximum": 5},
            "below": {"type": "array", "maxItems": 2, "items": _ref("Tree")},
        },
    }
    _, found = sent(_ref("Tree"), Tree=tree)
    fields = {rule.field for rule in found.contract.rules if rule.keyword == "maximum"}
    assert {"n", "below[].n"} <= fields
    assert len(found.contract.rules) < 60


def test_rules_tell_where_they_stand_in_the_file(sent: Schemas) -> None:
    _, found = sent(_ref("Pet"), Pet={"type": "object", "properties": {"n": {"type": "integer", "maximum": 5}}})
    rule = next(rule for rule in found.contract.rules if rule.keyword == "maximum")
    assert rule.pointer == "/components/schemas/Pet/properties/n/maximum"
    assert '"maximum": 5' in found.contract.path.read_text(encoding="utf-8").splitlines()[rule.line - 1]
    assert (rule.source.page, rule.level) == ("Pets", "documented")
