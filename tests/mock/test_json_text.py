"""JSON as the mock writes it, also of what the quick writer can't."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.mock.json_text import JsonResponse, encoded


@pytest.mark.parametrize(
    "value", [None, True, 1.5, "猫", {"a": [1, {}]}, 2**70, {"n": -(2**64)}, "half \ud800", [[[]]], ("a", 1)]
)
def test_what_is_written_is_read_again(value: Any) -> None:
    text = encoded(value)
    assert json.loads(text) == (list(value) if isinstance(value, tuple) else value)
    assert text == encoded(value)


def test_deep_values_are_written() -> None:
    value: Any = 1
    for _ in range(400):
        value = [value]
    assert json.loads(encoded(value)) == value


def test_an_answer_says_that_it_is_json() -> None:
    answer = JsonResponse({"a": 2**70}, 201)
    assert answer.body == b'{"a":%d}' % 2**70
    assert answer.headers["content-type"] == "application/json"
    assert answer.status_code == 201
