from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.spec.conditions import condition

if TYPE_CHECKING:
    from generator.spec import Json


@pytest.mark.parametrize(
    ("schema", "words", "slug"),
    [
        (
            {"required": ["model"], "properties": {"model": {"const": "wan2.7"}}},
            "model is wan2.7",
            "model-wan2.7",
        ),
        ({"properties": {"model": {"const": "a"}}}, "model is absent or a", "model-a"),
        ({"required": ["on"], "properties": {"on": {"const": True}}}, "on is true", "on-true"),
        ({"required": ["k"], "properties": {"k": {"enum": ["a", 1]}}}, "k is one of a, 1", "k-a-1"),
        ({"required": ["a"]}, "a is given", "a-is-given"),
        (
            {"required": ["a", "b"], "properties": {"a": {"const": 1, "description": "x"}}},
            "a is 1 and b is given",
            "a-1-b-is-given",
        ),
        (
            {"required": ["n"], "properties": {"n": {"minimum": 2, "const": 3}}},
            "n is at least 2 and is 3",
            "n-const-3-minimum-2",
        ),
    ],
)
def test_a_condition_in_words(schema: dict[str, Json], words: str, slug: str) -> None:
    when, unless = condition(schema, negated=False), condition(schema, negated=True)
    assert (when.words, when.slug) == (f"when {words}", f"when-{slug}")
    assert (unless.words, unless.slug) == (f"unless {words}", f"unless-{slug}")
    assert unless.negated
    assert when.schema == schema
