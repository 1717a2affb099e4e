"""Spec text enters generated code as literals and docstrings, and never as code."""

from __future__ import annotations

import ast
import doctest
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.client.literals import literal, prose

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_JSON)
def test_a_literal_evaluates_to_its_value(value: Any) -> None:
    assert ast.literal_eval(literal(value)) == value


@given(st.text(alphabet="\"\\'\n{}ab$*", max_size=30))
def test_a_text_full_of_quotes_and_backslashes_evaluates_to_itself(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text


@given(st.text(alphabet="\"\\' \nab", max_size=60))
def test_prose_never_ends_a_docstring(text: str) -> None:
    module = ast.parse(f'"""Start {prose(text)} end."""\n')
    assert len(module.body) == 1


def test_prose_is_wrapped_and_keeps_its_paragraphs() -> None:
    text = prose(f"{'word ' * 40}\n\nSecond.", indent=4)
    first, second = text.split("\n\n")
    assert all(len(line) <= 112 for line in first.splitlines())
    assert second == "    Second."


@pytest.mark.parametrize("text", [">>> x()", "a\n\n    >>> x()\n", ">>>> x()", "a >>>\n\n>>>x"])
def test_prose_holds_nothing_that_doctest_runs(text: str) -> None:
    assert doctest.DocTestParser().get_examples(prose(text)) == []
