from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.release.diff import Change, diff
from generator.release.diff.annotations import takes_less
from generator.release.diff.changes import Direction
from generator.release.diff.conditions import implies
from generator.release.diff.directions import DIRECTIONS, direction, schema_direction
from generator.spec import Contract, load
from generator.spec.conditions import condition
from tests.release.spec_edits import BASE

_FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_PROMPT = "MakePrompt"


def _bound(least: int, most: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(least, most)


def _chosen(*values: str, least: int = 1) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=least, unique=True).map(sorted)


@st.composite
def _bounds(draw: st.DrawFn) -> dict[tuple[str, ...], Any]:
    """Bounds of a request and of an answer, each of which may move, come or go."""
    prompt, made = ("MakePrompt", "properties"), ("Made", "properties")
    return {
        (*prompt, "n", "maximum"): draw(_bound(4, 9)),
        (*prompt, "n", "minimum"): draw(_bound(0, 1)),
        (*prompt, "prompt", "minLength"): draw(_bound(1, 4)),
        (*prompt, "prompt", "maxLength"): draw(_bound(5, 9)),
        (*prompt, "tags", "maxItems"): draw(_bound(2, 5)),
        (*prompt, "quality", "enum"): draw(_chosen("low", "high", "best")),
        (*prompt, "picture", "x-image", "forms"): draw(_chosen("url", "base64", "data-uri")),
        (*prompt, "picture", "x-image", "maxBytes"): draw(_bound(8, 12)),
        (_PROMPT, "required"): ["model", *draw(_chosen("prompt", "seed", "size", least=0))],
        (*made, "created", "minimum"): draw(_bound(0, 3)),
        (*made, "state", "enum"): draw(_chosen("done", "failed", "late")),
        ("Made", "required"): draw(_chosen("id", "state", "url", least=1)),
    }


def _contract(bounds: dict[tuple[str, ...], Any]) -> Contract:
    data = copy.deepcopy(_BASE)
    for (*holders, last), value in bounds.items():
        node = data["components"]["schemas"]
        for part in holders:
            node = node[part]
        node.pop(last, None)
        if value is not None:
            node[last] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, BASE.name)
        path.write_text(json.dumps(data), encoding="utf-8")
        return load(path)


_BASE = yaml.safe_load(BASE.read_text(encoding="utf-8"))


def _broken(changes: list[Change]) -> tuple[set[str], set[str]]:
    """The fields whose changes break callers, and those whose changes break gateways."""
    fields = [("/".join(change.rule.split("/")[:3]), change.verdict) for change in changes]
    return {name for name, judged in fields if judged.callers}, {name for name, judged in fields if judged.gateways}


@_FEW
@given(_bounds())
def test_nothing_differs_from_itself(bounds: dict[tuple[str, ...], Any]) -> None:
    assert diff(_contract(bounds), _contract(bounds)) == []


@_FEW
@given(_bounds(), _bounds())
def test_what_breaks_callers_breaks_gateways_the_other_way_round(
    one: dict[tuple[str, ...], Any], other: dict[tuple[str, ...], Any]
) -> None:
    first, second = _contract(one), _contract(other)
    callers, gateways = _broken(diff(first, second))
    assert (gateways, callers) == _broken(diff(second, first))


@_FEW
@given(_bounds(), _bounds())
def test_two_specs_differ_just_when_their_bounds_do(
    one: dict[tuple[str, ...], Any], other: dict[tuple[str, ...], Any]
) -> None:
    assert bool(diff(_contract(one), _contract(other))) == (one != other)


_NUMBERS = st.integers(-9, 9)
_OPPOSITE = {
    Direction.TIGHTER: Direction.LOOSER,
    Direction.LOOSER: Direction.TIGHTER,
    Direction.BOTH: Direction.BOTH,
    Direction.NEITHER: Direction.NEITHER,
}
_SCHEMAS = st.recursive(
    st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["string", "integer", "number", "object"]),
            "minimum": _NUMBERS,
            "maximum": _NUMBERS,
            "enum": st.lists(_NUMBERS, min_size=1, max_size=3),
            "required": st.lists(st.sampled_from("ab"), min_size=1, max_size=2, unique=True),
            "description": st.text(max_size=3),
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "items": inner,
            "additionalProperties": inner | st.booleans(),
            "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "not": inner,
        },
    ),
    max_leaves=6,
)


@given(_SCHEMAS, _SCHEMAS)
def test_a_schema_s_direction_turns_when_both_are_swapped(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert schema_direction(one, one) is Direction.NEITHER
    assert schema_direction(other, one) is _OPPOSITE[schema_direction(one, other)]


@given(st.sampled_from(sorted(key for key in DIRECTIONS if key.startswith(("min", "max")))), _NUMBERS, _NUMBERS)
def test_a_bound_s_direction_turns_when_both_are_swapped(keyword: str, one: int, other: int) -> None:
    assert direction(keyword, other, one) is _OPPOSITE[direction(keyword, one, other)]


_VALUES = st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True)


@given(one=_VALUES, other=_VALUES, negated=st.booleans())
def test_a_condition_of_fewer_values_implies_one_of_more(*, one: list[str], other: list[str], negated: bool) -> None:
    narrow, wide = (
        condition({"required": ["m"], "properties": {"m": {"enum": values}}}, negated=negated)
        for values in (one, other)
    )
    contained = set(other) <= set(one) if negated else set(one) <= set(other)
    assert implies(narrow, wide) is contained
    assert implies(narrow, None)
    assert not implies(None, wide)


_TYPES = st.lists(st.sampled_from(["str", "int", "None", "Literal['a']", "list[str]", "list[str | int]"]), min_size=1)


@given(_TYPES, _TYPES)
def test_an_annotation_takes_itself_and_every_wider_one(one: list[str], other: list[str]) -> None:
    assert takes_less(" | ".join(one), " | ".join([*other, *one])) == []
    assert takes_less(" | ".join(one), "Any") == []
