"""Paths lead to every value they name, and say where each was found."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.client.runtime.paths import Items, Values, parse, walk


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("", ()),
        ("messages[].role", ("messages", Items(), "role")),
        ("[]", (Items(),)),
        ("[][]", (Items(), Items())),
        ("prices{}.usd", ("prices", Values(), "usd")),
        ("{a,b\\,c}", (Values(("a", "b,c")),)),
        (r"{a\\,b\}}", (Values(("a\\", "b}")),)),
        (r"a\.b\[\]\{\}", ("a.b[]{}",)),
        (r"back\\slash", ("back\\slash",)),
    ],
)
def test_a_path_has_these_steps(path: str, steps: tuple[Any, ...]) -> None:
    assert parse(path) == steps


@pytest.mark.parametrize("path", ["[", "a[0]", "a..b", "{"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="is no path"):
        parse(path)


def test_walking_tells_where_each_value_stands() -> None:
    value = {"messages": [{"role": "user"}, {"text": "x"}, {"role": "x"}]}
    assert list(walk(value, parse("messages[].role"), "input")) == [
        ("input.messages[0].role", "user"),
        ("input.messages[2].role", "x"),
    ]


@pytest.mark.parametrize("value", [None, 1, "text", {"messages": "text"}, {"messages": {}}, []])
def test_nothing_stands_where_a_value_is_of_another_kind(value: Any) -> None:
    assert list(walk(value, parse("messages[].role"))) == []


def test_values_beside_the_known_ones() -> None:
    assert list(walk({"a": 1, "b": 2}, parse("{a}"))) == [("b", 2)]


def test_a_single_file_stands_for_a_list_of_one() -> None:
    assert list(walk(b"png", parse("[]"), "image")) == [("image", b"png")]


@given(st.lists(st.text(min_size=1, alphabet="ab.[]{}\\ é"), min_size=1, max_size=4))
def test_escaped_names_of_any_kind_are_found_again(names: list[str]) -> None:
    value: Any = "found"
    for name in reversed(names):
        value = [{name: value}]
    path = "".join("[]." + re.sub(r"([\\.\[\]{}])", r"\\\1", name) for name in names)
    assert [found for _, found in walk(value, parse(path))] == ["found"]
