"""The text of foreign documents: JSON and YAML, lines, what is too much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.spec import SpecError
from generator.spec.foreign.text import MAX_DEPTH, parse

_FILE = Path("a.yaml")
_BOMB = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"a": [1, {"b": null}]}', {"a": [1, {"b": None}]}),
        (
            "a: [1, {b: ~}]\n200: yes\nday: 2020-01-01\nratio: 16:9\n",
            {"a": [1, {"b": None}], "200": "yes", "day": "2020-01-01", "ratio": "16:9"},
        ),
        ("base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  y: 3\n", {"base": {"x": 1, "y": 2}, "own": {"x": 1, "y": 3}}),
        ("a: 1\na: 2\n", {"a": 2}),
        ("when: !!timestamp 2020-01-01\n", {"when": "2020-01-01"}),
    ],
)
def test_documents_are_read_as_they_are_meant(text: str, data: Any) -> None:
    assert parse(_FILE, text)[0] == data


@pytest.mark.parametrize(
    "text", ['{\n "a": {\n  "b/c": [\n   1,\n   {"d": 2}\n  ]\n }\n}', "a:\n\n  b/c:\n  - 1\n  - d: 2\n"]
)
def test_lines_are_those_of_the_file(text: str) -> None:
    _, lines = parse(_FILE, text)
    assert lines.of(("a",)) == text[: text.index("a")].count("\n") + 1
    assert lines.of(("a", "b/c", 1, "d")) == text[: text.index("d")].count("\n") + 1
    assert lines.of(("a", "b/c", 1, "nowhere")) == lines.of(("a", "b/c", 1))


def test_lines_of_lists_in_lists_are_told() -> None:
    _, lines = parse(_FILE, '{"a": [[1,\n2], {},\n[], "x"]}')
    assert [lines.of(("a", 0, 1)), lines.of(("a", 2)), lines.of(("a", 3))] == [2, 3, 3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{" * 3, "syntax-error"),
        ("a: [", "syntax-error"),
        ("a: b: c", "syntax-error"),
        ("[" * 5000 + "]" * 5000, "too-deep"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "too-deep"),
        ("a: " + "{a: " * (MAX_DEPTH + 5) + "1" + "}" * (MAX_DEPTH + 5), "too-deep"),
        ("a: &a [*a]", "too-deep"),
        (_BOMB, "too-deep"),
    ],
    ids=["json", "yaml", "mapping", "lists", "objects", "flow", "circle", "bomb"],
)
def test_what_cannot_be_read_is_refused_in_words(text: str, code: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse(_FILE, text)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_numbers_without_an_end_are_texts_in_yaml_and_no_traceback_in_json() -> None:
    assert parse(_FILE, "a: 1e999\n")[0] == {"a": "1e999"}
    assert parse(_FILE, '{"a": 1e999}')[0] == {"a": "1e999"}
