"""What parameters look like in a request, by the examples of OpenAPI's own table of styles."""

from __future__ import annotations

from typing import Any

import pytest

from generator.client.roundtrip.wire_form import in_header, in_path, is_plain, pairs

_LIST = ["blue", "black", "brown"]
_OBJECT = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "value", "sent"),
    [
        ("simple", "blue", "blue"),
        ("simple", _LIST, "blue,black,brown"),
        ("simple", _OBJECT, "R,100,G,200,B,150"),
        ("simple*", _OBJECT, "R=100,G=200,B=150"),
        ("label", "blue", ".blue"),
        ("label", _LIST, ".blue,black,brown"),
        ("label*", _LIST, ".blue.black.brown"),
        ("label*", _OBJECT, ".R=100.G=200.B=150"),
        ("matrix", "blue", ";color=blue"),
        ("matrix", _LIST, ";color=blue,black,brown"),
        ("matrix*", _LIST, ";color=blue;color=black;color=brown"),
        ("matrix*", _OBJECT, ";R=100;G=200;B=150"),
        ("json", {"a": [1]}, '{"a":[1]}'),
    ],
)
def test_in_a_path(style: str, value: Any, sent: str) -> None:
    assert in_path("color", style, value) == sent


@pytest.mark.parametrize(
    ("style", "value", "sent"),
    [
        ("form*", True, [("color", "true")]),
        ("form*", _LIST, [("color", "blue"), ("color", "black"), ("color", "brown")]),
        ("form", _LIST, [("color", "blue,black,brown")]),
        ("form*", _OBJECT, [("R", "100"), ("G", "200"), ("B", "150")]),
        ("form", _OBJECT, [("color", "R,100,G,200,B,150")]),
        ("spaceDelimited", _LIST, [("color", "blue black brown")]),
        ("pipeDelimited", _LIST, [("color", "blue|black|brown")]),
        ("deepObject", _OBJECT, [("color[R]", "100"), ("color[G]", "200"), ("color[B]", "150")]),
        ("json", _LIST, [("color", '["blue","black","brown"]')]),
    ],
)
def test_in_a_query(style: str, value: Any, sent: list[tuple[str, str]]) -> None:
    assert list(pairs("color", style, value)) == sent


def test_in_a_header() -> None:
    assert in_header("simple", [1, 2]) == "1,2"
    assert in_header("simple*", {"a": 1, "b": True}) == "a=1,b=true"


def test_only_flat_values_have_a_form_in_every_style() -> None:
    assert all(map(is_plain, [{"a": 1}, [1], "a"]))
    assert not any(map(is_plain, [{"a": [1]}, [{"a": 1}]]))
