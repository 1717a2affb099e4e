"""Python names for what a spec names."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.client.names import method_name, pascal_case, python_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("prompt", "prompt"),
        ("modelId", "model_id"),
        ("input", "input"),
        ("type", "type"),
        ("class", "class_"),
        ("list", "list_"),
        ("self", "self_"),
        ("\u017felf", "self_"),  # to Python, the long s is an s
        ("\uff43lass", "class_"),
        ("x-balance", "x_balance"),
    ],
)
def test_a_property_keeps_its_name_where_python_allows_it(name: str, expected: str) -> None:
    assert python_name(name) == expected


@pytest.mark.parametrize(("name", "expected"), [("list", "list"), ("import", "import_"), ("edit", "edit")])
def test_a_method_may_be_called_as_a_builtin(name: str, expected: str) -> None:
    assert method_name(name) == expected


@given(st.text(min_size=1))
def test_any_name_becomes_an_identifier(name: str) -> None:
    made = python_name(name)
    assert made.isidentifier()
    assert not keyword.iskeyword(made)


@pytest.mark.parametrize(("name", "expected"), [("thing-maker", "ThingMaker"), ("true", "True_"), ("None", "None_")])
def test_a_class_has_no_name_that_python_keeps(name: str, expected: str) -> None:
    assert pascal_case(name) == expected
