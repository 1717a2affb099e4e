"""Each check on both sides of its bound, and agreeing with a JSON Schema validator on values of any type."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.client.runtime import rules

if TYPE_CHECKING:
    from generator.client.runtime.checks import BasicCheck

_ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from([0.5, 2.0, 9.0, 0.3]) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
_KEYWORDS: list[tuple[BasicCheck, dict[str, Any]]] = [
    (rules.Type("string"), {"type": "string"}),
    (rules.Type("integer"), {"type": "integer"}),
    (rules.Type("number"), {"type": "number"}),
    (rules.Type("string", "array"), {"type": ["string", "array"]}),
    (rules.Type("object", "null", "boolean"), {"type": ["object", "null", "boolean"]}),
    (rules.Enum(1, "a", None), {"enum": [1, "a", None]}),
    (rules.Minimum(2), {"minimum": 2}),
    (rules.Maximum(2), {"maximum": 2}),
    (rules.ExclusiveMinimum(2), {"exclusiveMinimum": 2}),
    (rules.ExclusiveMaximum(2), {"exclusiveMaximum": 2}),
    (rules.MultipleOf(0.1), {"multipleOf": 0.1}),
    (rules.MinLength(2), {"minLength": 2}),
    (rules.MaxLength(2), {"maxLength": 2}),
    (rules.MinItems(2), {"minItems": 2}),
    (rules.MaxItems(2), {"maxItems": 2}),
    (rules.UniqueItems(), {"uniqueItems": True}),
    (rules.MinProperties(2), {"minProperties": 2}),
    (rules.MaxProperties(2), {"maxProperties": 2}),
    (rules.AdditionalProperties("a", "b"), {"properties": {"a": True, "b": True}, "additionalProperties": False}),
    (rules.DependentRequired({"a": ["b", "c"]}), {"dependentRequired": {"a": ["b", "c"]}}),
    (
        rules.AnyOf([rules.Check("a", rules.Required())], [rules.Check("b", rules.Type("string"))]),
        {"anyOf": [{"required": ["a"]}, {"properties": {"b": {"type": "string"}}}]},
    ),
    (
        rules.OneOf([rules.Type("string")], [rules.Check("", rules.MinLength(3))]),
        {"oneOf": [{"type": "string"}, {"minLength": 3}]},
    ),
    (rules.Not([rules.Type("array")]), {"not": {"type": "array"}}),
]


@pytest.mark.parametrize(("check", "schema"), _KEYWORDS, ids=lambda case: repr(case)[:40])
@given(value=_ANY)
def test_a_check_agrees_with_a_json_schema_validator(check: BasicCheck, schema: dict[str, Any], value: Any) -> None:
    assert (check.breach(value) is None) == jsonschema_rs.is_valid(schema, json.loads(json.dumps(value)))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_json_cannot_carry_is_none(value: float) -> None:
    assert rules.Type("number").breach(value) == "must be a number"
    assert rules.Type("integer").breach(value) == "must be an integer"


def test_a_lone_surrogate_is_told() -> None:
    assert "surrogates" in (rules.Type("string").breach("a\ud800") or "")
    assert rules.Type("string").breach("a😀") is None


def test_a_length_counts_code_points() -> None:
    assert rules.MaxLength(2).breach("😀😀") is None
    assert rules.MaxLength(2).breach("😀😀😀") == "must have at most 2 characters, has 3"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ("512*512", None),
        ("2048*2048", None),
        ("4096*1024", None),
        ("512*511", "must be at least 262144 pixels in all (261632 are asked for)"),
        ("2049*2048", "must be at most 4194304 pixels in all (4196352 are asked for)"),
        (f"{'9' * 5000}*1", "must be at most 4194304 pixels in all (inf are asked for)"),
        (f"0*{'9' * 5000}", "must be at least 262144 pixels in all (0 are asked for)"),
        ("0000000000000000000000512*0512", None),
        ("512x512", None),
        ("512*512\n", None),
        (262143, None),
    ],
)
def test_total_pixels(size: Any, words: str | None) -> None:
    assert rules.TotalPixels(minimum=262144, maximum=4194304).breach(size) == words


def test_messages_say_what_to_give() -> None:
    assert rules.Maximum(6).breach(7) == "must be at most 6"
    assert rules.Enum("a", None).breach("b") == "must be one of 'a', null"
    assert rules.Type("string", "array").breach(1) == "must be a string or an array"
    assert rules.Type("array").breach({b"png"}) == "must be an array; a set has no order, so give a list"
    assert rules.Type("array").breach(iter([])) == "must be an array; give a list"
    assert rules.Type("array").breach({}) == rules.Type("array").breach("text") == "must be an array"
    assert rules.DependentRequired({"a": ["b"]}).breach({"a": 1}) == "must have 'b' where it has 'a'"


def test_a_repr_is_the_check_as_it_was_written() -> None:
    assert repr(rules.Maximum(6)) == "Maximum(6)"
    assert repr(rules.TotalPixels(maximum=5)) == "TotalPixels(maximum=5)"
    assert repr(rules.AnyOf([rules.Check("a", rules.Required())])) == "AnyOf([Check('a', Required())])"


@pytest.mark.parametrize(
    ("value", "words"),
    [("1024x1024", "did you mean '1024*1024'?"), (" 1*1 ", "did you mean '1*1'?"), ("2k", "did you mean '2K'?")],
)
def test_the_commonest_slips_of_a_pattern_are_understood(value: str, words: str) -> None:
    assert rules.Pattern(r"^([0-9]+\*[0-9]+|[12]K)$").breach(value) == f"must match ^([0-9]+\\*[0-9]+|[12]K)$; {words}"
    assert rules.Pattern("^a$").breach("b") == "must match ^a$"
