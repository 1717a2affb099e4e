"""Simple regular expressions in words; none for those that are better read as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.spec.pattern_words import pattern_words

_NUMBER = "a whole number above 0"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"^0*[1-9][0-9]*\*0*[1-9][0-9]*$", f"be {_NUMBER}, then `*`, then {_NUMBER}"),
        (r"^[1-9][0-9]*$", f"be {_NUMBER} (not beginning with a zero)"),
        (r"^([124]K|0*[1-9][0-9]*x)$", f"be `1K`, `2K` or `4K`; or {_NUMBER}, then `x`"),
        (r"^[0-9]+(\.[0-9]+)?%$", "be one or more digits, then perhaps (`.`, then one or more digits), then `%`"),
        (r"^#[0-9A-Fa-f]{6}$", "be `#`, then 6 hexadecimal digits"),
        (r"^\d{4}-\d{2}$", "be 4 digits, then `-`, then 2 digits"),
        (r"^(url|b64_json)$", "be `url` or `b64_json`"),
        (r"^[a-z][A-Z]?.*$", "be a small letter, then perhaps a capital letter, then any number of characters"),
        (r"^[A-Za-z]{2,}[0-9]{1}$", "be 2 or more letters, then 1 digit"),
        (r"^[^/]{1,5}$", "be 1 to 5 characters but `/`"),
        (r"^[^/#]+$", "be one or more characters but `/` or `#`"),
        (r"^[a-c_]+$", "be one or more characters out of `a` to `c` or `_`"),
        (r"^(ab|cd)+$", "be (`ab` or `cd`) (1 or more times)"),
        (r"^(/[a-z]+){2}$", "be (`/`, then one or more small letters) (2 times)"),
        (r"^a`b\|c$", "be ``a`b|c``"),
        (r"^a b$", "be `a b`"),
        (r"^ $", "be a space"),
        (r"^$", "be empty"),
        (r"^https?://", "begin with `http`, then perhaps `s`, then `://`"),
        (r"\.png$", "end with `.png`"),
        (r"[0-9]", "contain a digit"),
    ],
)
def test_words(pattern: str, words: str) -> None:
    assert pattern_words(pattern) == words


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "",
            "(",
            "(?i)^a$",
            "^(?i:a)$",
            "^(?=a)b$",
            "^(?!a)b$",
            r"^(a)\1$",
            r"^\w+$",
            r"^\S$",
            r"^\bx$",
            "^0|1$",
            "^(a|)$",
        ),
        *("^\n$", "^ a$", "^[ \t]$", "^a  b$", "^\u202e$", f"^{'[a-z]x' * 60}$", "(" * 5000, "a{99999999999}"),
    ],
)
def test_no_words_for_what_they_would_not_make_plainer(pattern: str) -> None:
    assert pattern_words(pattern) == ""


@given(st.text(st.sampled_from("ab01()[]{}|*+?.^$\\-dwsb`<>, "), max_size=20))
def test_any_pattern_has_words_or_none(pattern: str) -> None:
    words = pattern_words(pattern)
    assert words == "" or words.split()[0] in {"be", "begin", "end", "contain"}
