"""Values made of schemas, for answers of no special kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema_rs import Draft202012Validator

from generator.mock.answering.instances import instance_of

if TYPE_CHECKING:
    from generator.spec import Contract


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"const": 3}, 3),
        ({"type": "string", "default": "x"}, "x"),
        ({"enum": ["b", "a"]}, "b"),
        ({"type": "integer", "minimum": 4}, 4),
        ({"type": ["string", "null"]}, ""),
        ({"type": "array", "items": {"type": "boolean"}}, [False]),
        ({"type": "object", "properties": {"a": {"type": "number"}}}, {"a": 0}),
        ({}, None),
    ],
)
def test_instance_of(schema: dict[str, Any], value: Any) -> None:
    assert instance_of(schema) == value


def test_it_is_valid_for_every_documented_answer(contracts: tuple[Contract, ...]) -> None:
    for contract in contracts:
        for operation in contract.operations:
            for answer in operation.answers:
                if schema := answer.content.get("application/json"):
                    assert Draft202012Validator(dict(schema)).is_valid(instance_of(schema)), (
                        operation.id,
                        answer.status,
                    )
