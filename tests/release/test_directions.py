from __future__ import annotations

from typing import Any

import pytest

from generator.release.diff.changes import Direction, Kind
from generator.release.diff.directions import DIRECTIONS, bound_direction, direction
from generator.release.diff.effects import EFFECTS, effect
from generator.spec import Place, load_all
from generator.spec.keywords import ANNOTATIONS, ASSERTIONS, EXTENSIONS, SOURCED, STRUCTURE

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
        ("security", [["a"]], [["a", "b"]], T),
        ("security", [["a", "b"]], [["a"]], L),
        ("security", [["a"]], [[]], L),
        ("security", [["a"]], [["b"]], B),
        ("multipleOf", 0.3, 0.1, L),
        ("multipleOf", 0.1, 0.3, T),
        ("required", False, True, T),
        ("additionalProperties", True, False, T),
        ("anyOf", [{"type": "string"}], [{"type": "string", "description": "A text."}], N),
        ("anyOf", [{"maximum": 5}, {"type": "string"}], [{"maximum": 4}, {"type": "string"}], T),
        ("anyOf", [{"properties": {"a": {"minimum": 5}}}], [{"properties": {"a": {"minimum": 4}}}], L),
        ("anyOf", [{"required": ["a"]}], [{"required": ["a", "b"]}], T),
        ("anyOf", [{"items": {"type": "string"}}], [{}], L),
        ("anyOf", [{"items": True}], [{"items": {"type": "string"}}], T),
        ("anyOf", [{"additionalProperties": False}], [{"additionalProperties": {"type": "string"}}], L),
        ("oneOf", [{"const": 1}, {"const": 2}], [{"const": 2}], T),
        ("not", {"maximum": 5}, {"maximum": 4}, L),
        ("not", {"enum": ["a"]}, {"enum": ["a", "b"]}, T),
    ],
)
def test_the_direction_of_a_change(keyword: str, old: Any, new: Any, expected: Direction) -> None:
    assert direction(keyword, old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (("minimum", 1), ("exclusiveMinimum", 1), T),
        (("exclusiveMinimum", 1), ("minimum", 1), L),
        (("exclusiveMinimum", 1), ("minimum", 2), T),
        (("maximum", 1), ("exclusiveMaximum", 1), T),
        (("exclusiveMaximum", 1), ("maximum", 1), L),
        (("maximum", 1), ("exclusiveMaximum", 2), L),
    ],
)
def test_an_exclusive_bound_is_tighter_than_the_same_inclusive_one(
    old: tuple[str, int], new: tuple[str, int], expected: Direction
) -> None:
    assert bound_direction(old, new) == expected


def test_every_keyword_of_the_vocabulary_has_a_meaning() -> None:
    """A keyword that is new must say what its change breaks; one that is no more must go here as well."""
    structure = {*STRUCTURE} - {"required", "additionalProperties"}
    assert {*ASSERTIONS, *SOURCED} - {"x-upstream", "x-upstream-constants", "x-upstream-answer"} == DIRECTIONS.keys()
    assert {*ANNOTATIONS, *EXTENSIONS} - DIRECTIONS.keys() <= EFFECTS.keys()
    told_by_facts = {"version", "summary", "source", "path", "style", "call", "url", "credential"}
    assert EFFECTS.keys() - {*ANNOTATIONS, *EXTENSIONS} == told_by_facts
    assert not structure & (EFFECTS.keys() | DIRECTIONS.keys())


def test_every_rule_of_the_house_has_a_direction() -> None:
    assert {rule.keyword for contract in load_all() for rule in contract.rules} <= DIRECTIONS.keys()


@pytest.mark.parametrize("keyword", sorted(EFFECTS))
def test_what_comes_and_what_goes_is_judged_without_a_fault(keyword: str) -> None:
    values = {
        "x-part-aliases": ["a"],
        "x-for-credentials": ["a"],
        "x-result-url": {"lifetime": 1, "credentials": False},
    }
    value = values.get(keyword, "a value")
    for place in (Place.BODY, Place.RESPONSE, None):
        came = effect(keyword, place, Kind.ADDED, None, value)
        assert not came.callers or keyword in {
            "path",
            "style",
            "x-for-credentials",
            "credential",
            "x-shape",
            "x-credential",
            "x-varies-by-model",
        }
        effect(keyword, place, Kind.REMOVED, value, None)
