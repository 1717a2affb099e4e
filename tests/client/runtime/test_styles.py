"""Parameters in every style of OpenAPI, and forms of the kind that browsers send."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import field, frozen

from generator.client.runtime.errors import RequestRefused
from generator.client.runtime.request import Request
from generator.client.runtime.styles import placed
from generator.client.runtime.types import UNSET
from generator.client.runtime.urlencoded import written_form

_LIST = ["blue", "black"]
_OBJECT = {"R": 100, "G": 200}


def _placed(place: str, style: str, value: Any) -> tuple[str, str, dict[str, str]]:
    @frozen(kw_only=True)
    class Parameters(Request):
        color: Any = field(default=UNSET, metadata={"in": place, "style": style})

    return placed("/a/{color}" if place == "path" else "/a", Parameters(color=value))


@pytest.mark.parametrize(
    ("style", "value", "query"),
    [
        ("form*", "blue", "color=blue"),
        ("form*", "a b&c=d", "color=a%20b%26c%3Dd"),
        ("form*", True, "color=true"),
        ("form*", _LIST, "color=blue&color=black"),
        ("form*", _OBJECT, "R=100&G=200"),
        ("form", _LIST, "color=blue,black"),
        ("form", ["a,b", "c"], "color=a%2Cb,c"),
        ("form", _OBJECT, "color=R,100,G,200"),
        ("spaceDelimited", _LIST, "color=blue%20black"),
        ("pipeDelimited", _LIST, "color=blue%7Cblack"),
        ("deepObject", _OBJECT, "color[R]=100&color[G]=200"),
        ("deepObject", {"a": {"b": [1, 2]}}, "color[a][b]=1&color[a][b]=2"),
        ("json", {"a": [1]}, "color=%7B%22a%22%3A%5B1%5D%7D"),
        ("form*", None, ""),
        ("form", [], ""),
    ],
)
def test_queries_are_written_as_their_style_says(style: str, value: Any, query: str) -> None:
    assert _placed("query", style, value) == ("/a", query, {})


@pytest.mark.parametrize(
    ("style", "value", "path"),
    [
        ("simple", "a/b c", "a%2Fb%20c"),
        ("simple", _LIST, "blue,black"),
        ("simple", _OBJECT, "R,100,G,200"),
        ("simple*", _OBJECT, "R=100,G=200"),
        ("label", "blue", ".blue"),
        ("label", _LIST, ".blue,black"),
        ("label*", _LIST, ".blue.black"),
        ("label*", _OBJECT, ".R=100.G=200"),
        ("matrix", "blue", ";color=blue"),
        ("matrix", _LIST, ";color=blue,black"),
        ("matrix*", _LIST, ";color=blue;color=black"),
        ("matrix*", _OBJECT, ";R=100;G=200"),
    ],
)
def test_paths_are_written_as_their_style_says(style: str, value: Any, path: str) -> None:
    assert _placed("path", style, value)[0] == f"/a/{path}"


@pytest.mark.parametrize(
    ("place", "style", "value", "headers"),
    [
        ("header", "simple", _LIST, {"color": "blue,black"}),
        ("header", "simple*", _OBJECT, {"color": "R=100,G=200"}),
        ("header", "json", {"a": "ü"}, {"color": '{"a":"\\u00fc"}'}),
        ("cookie", "form*", "a;b", {"Cookie": "color=a%3Bb"}),
    ],
)
def test_headers_and_cookies_are_written_as_their_style_says(place: str, style: str, value: Any, headers: Any) -> None:
    assert _placed(place, style, value)[2] == headers


@pytest.mark.parametrize("value", ["a\r\nX-Other: b", "ü", "\0"])
def test_what_a_header_cannot_carry_is_refused(value: str) -> None:
    with pytest.raises(RequestRefused, match="printable ASCII"):
        _placed("header", "simple", value)


@pytest.mark.parametrize(
    ("fields", "deep", "form"),
    [
        ({"a": "b c", "d": True, "e": None}, (), "a=b+c&d=true"),
        ({"a": [1, 2]}, (), "a=1&a=2"),
        ({"a": [1, 2]}, ("a",), "a[0]=1&a[1]=2"),
        ({"a": {"b": {"c": 1}}}, (), "a[b][c]=1"),
        ({"a": [{"b": 1}]}, (), "a[0][b]=1"),
        ({}, (), ""),
    ],
)
def test_forms_are_written_as_browsers_and_servers_know_them(fields: Any, deep: Any, form: str) -> None:
    assert written_form(fields, deep).decode() == form
