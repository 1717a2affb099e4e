"""Equality and types as JSON has them."""

from __future__ import annotations

import json
import math
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.client.runtime.checks import Const
from generator.client.runtime.json_values import comparable, is_integer, is_number

_SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.0, 1.0, -0.0, 0.5, "", "1", "true"])
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)


@given(_VALUES, _VALUES)
def test_const_agrees_with_a_json_schema_validator(expected: Any, value: Any) -> None:
    valid = jsonschema_rs.is_valid({"const": expected}, json.loads(json.dumps(value)))
    assert (Const(expected).breach(value) is None) == valid


@pytest.mark.parametrize(("one", "other"), [(True, 1), (False, 0), ("1", 1), (None, False), ([1], {"0": 1}), ([], {})])
def test_different_types_are_never_equal(one: Any, other: Any) -> None:
    assert comparable(one) != comparable(other)


def test_one_is_one_however_it_is_written() -> None:
    assert comparable({"a": [1]}) == comparable({"a": [1.0]})


@pytest.mark.parametrize("value", [True, False])
def test_a_boolean_is_no_number(value: Any) -> None:
    assert not is_integer(value)
    assert not is_number(value)


def test_numbers() -> None:
    assert is_integer(9.0)
    assert not is_integer(9.5)
    assert not is_integer(math.inf)
    assert is_number(10**400)
    assert not is_number(math.nan)
