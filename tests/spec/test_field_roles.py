"""Roles of fields: how they are found, and that the README tells all of them with their types."""

from __future__ import annotations

import re

import pytest

from generator.spec import Contract, load_all, openapi_folder
from generator.spec.field_roles import Role, field_of, paths_of, wanted_type

SCHEMA = {
    "properties": {
        "words": {"x-role": "prompt"},
        "talk": {"items": {"properties": {"said": {"x-role": "prompt"}, "by": {}}}},
        "how_many": {"x-role": "count"},
    }
}


@pytest.fixture(scope="module")
def contracts() -> tuple[Contract, ...]:
    return load_all()


def test_a_field_is_found_by_its_role_whatever_its_name() -> None:
    assert field_of(SCHEMA, Role.COUNT) == "how_many"
    assert field_of(SCHEMA, Role.SEED) is None


def test_prompts_are_found_wherever_they_stand() -> None:
    assert list(paths_of(SCHEMA, Role.PROMPT)) == [("words",), ("talk", "[]", "said")]


def test_the_readme_tells_every_role_and_its_type() -> None:
    readme = (openapi_folder() / "README.md").read_text(encoding="utf-8")
    section = readme.split("\n## What a field asks for: `x-role`\n")[1].split("\n## ", maxsplit=1)[0]
    told = re.findall(r"^\| `([a-z-]+)` \| ([a-z]+) \|", section, re.MULTILINE)
    assert told == [(role.value, wanted_type(role)) for role in _in_order(told)]
    assert {name for name, _ in told} == set(Role)


def _in_order(told: list[tuple[str, str]]) -> list[Role]:
    return [Role(name) for name, _ in told]


def test_every_shape_of_the_projects_specs_tells_model_prompt_and_size(contracts: tuple[Contract, ...]) -> None:
    shapes = [shape for contract in contracts for operation in contract.operations for shape in operation.shapes]
    assert len(shapes) == 7
    for shape in shapes:
        assert field_of(shape.schema, Role.MODEL) == "model"
        assert list(paths_of(shape.schema, Role.PROMPT))
        assert field_of(shape.schema, Role.SIZE) or field_of(shape.schema, Role.TIER)
