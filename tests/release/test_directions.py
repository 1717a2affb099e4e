from __future__ import annotations

from typing import Any

import pytest

from generator.release.changes import Direction
from generator.release.directions import direction

T, L, B, N = Direction.TIGHTER, Direction.LOOSER, Direction.BOTH, Direction.NEITHER


@pytest.mark.parametrize(
    ("keyword", "old", "new", "expected"),
    [
        ("maximum", 6, 5, T),
        ("maximum", 6, 7, L),
        ("exclusiveMaximum", 6, 5, T),
        ("maxLength", 800, 500, T),
        ("maxItems", 1, 2, L),
        ("maxProperties", 3, 2, T),
        ("minimum", 1, 2, T),
        ("minimum", 1, 0, L),
        ("exclusiveMinimum", 1, 0, L),
        ("minLength", 1, 2, T),
        ("minItems", 4, 3, L),
        ("minProperties", 0, 1, T),
        ("multipleOf", 2, 4, T),
        ("multipleOf", 4, 2, L),
        ("multipleOf", 2, 3, B),
        ("uniqueItems", False, True, T),
        ("uniqueItems", True, False, L),
        ("enum", ["a", "b"], ["a"], T),
        ("enum", ["a"], ["a", "b"], L),
        ("enum", ["a", "b"], ["b", "c"], B),
        ("enum", ["a", "b"], ["b", "a"], N),
        ("enum", [1], [True], B),
        ("const", "a", "b", B),
        ("pattern", "^a$", "^b$", B),
        ("pattern", "^a$", "^a$", N),
        ("type", "integer", "number", L),
        ("type", ["string", "null"], "string", T),
        ("type", "string", "integer", B),
        ("type", "string", ["string"], N),
        ("dependentRequired", {"a": ["b"]}, {"a": ["b", "c"]}, T),
        ("dependentRequired", {"a": ["b"], "c": ["d"]}, {"c": ["d"]}, L),
        ("anyOf", [{"required": ["a"]}], [{"required": ["a"]}, {"required": ["b"]}], L),
        ("oneOf", [{"required": ["a"]}], [{"required": ["b"]}], B),
        ("not", {"required": ["a"]}, {"required": ["b"]}, B),
        ("x-total-pixels", {"minimum": 1, "maximum": 9}, {"minimum": 2, "maximum": 9}, T),
        ("x-total-pixels", {"maximum": 9}, {"minimum": 2, "maximum": 10}, B),
        ("x-total-pixels", {"minimum": 1, "maximum": 9}, {"minimum": 1}, L),
        ("x-image", {"forms": ["url"]}, {"forms": ["url", "file"]}, L),
        ("x-image", {"forms": ["url"], "maxBytes": 9}, {"forms": ["url"], "maxBytes": 8}, T),
        ("x-image", {"forms": ["url"], "minPixels": 9}, {"forms": ["url"]}, L),
        ("content", ["application/json"], ["application/json", "multipart/form-data"], L),
        ("security", [["a"], ["b"]], [["a"]], T),
    ],
)
def test_the_direction_of_a_change(keyword: str, old: Any, new: Any, expected: Direction) -> None:
    assert direction(keyword, old, new) == expected
