"""What is printed of a spec: nothing that a terminal obeys, and nothing that looks like other text."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest

from generator.printable import printable, printable_json
from generator.spec import Problem

_HIDING = ("Cc", "Cs", "Zl", "Zp")
_TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


def test_no_sign_that_hides_or_turns_text_is_left() -> None:
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        is_hidden = unicodedata.category(sign) in _HIDING or unicodedata.bidirectional(sign) in _TURNING
        if is_hidden and sign not in "\t\n":
            assert printable(sign).isascii()
            assert printable(sign).isprintable()


@pytest.mark.parametrize("text", ["plain", "名前 é", "a\tb\nc", "\U0001f469\u200d\U0001f4bb", "\xa0", "'\"\\"])
def test_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_json_is_the_same_to_programs() -> None:
    value = {"a\x1b\x9b": ["\u202e", "\ud800", "名前", "\U000e0041", "\n"]}
    text = printable_json(value)
    assert json.loads(text) == value
    assert printable(text) == text
    assert "名前" in text


def test_a_problem_is_told_in_one_line_that_can_be_seen() -> None:
    problem = Problem(Path("a\x1b[31m.yaml"), 1, "/b\u202e/c\nd", "code", "'\x9b'.")
    assert str(problem) == r"a\x1b[31m.yaml:1: /b\u202e/c\nd [code] '\x9b'."
