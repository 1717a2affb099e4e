"""Keywords and rules in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from generator.spec.keywords import ASSERTIONS
from generator.spec.phrases import phrase, schema_fact, schema_phrase, shown
from generator.spec.wording import rule_words, short_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.spec import Contract, Json

_LAST_PARAMETER = "          schema: {type: boolean}\n      responses:\n"
_ANSWERS = """\
        "404":
          description: None.
          content: {text/plain: {schema: {type: string}}}
          headers: {X-Left: {required: true, schema: {type: integer}}}
"""
_HAS = {"required": ["a"]}
_VALUES: dict[str, Json] = {
    "type": "string",
    "enum": ["a", 1, None],
    "const": True,
    "minItems": 1,
    "uniqueItems": True,
    "pattern": "^(?=a)b$",
    "dependentRequired": {"a": ["b", "c"]},
    "anyOf": [_HAS, {"maxProperties": 2}],
    "oneOf": [_HAS, {"required": ["b"]}],
    "not": _HAS,
    "x-image": {"forms": ["url", "file"], "minPixels": 2, "maxBytes": 3},
    "x-total-pixels": {"maximum": 9},
}


@pytest.mark.parametrize("keyword", ASSERTIONS)
def test_every_keyword_has_words(keyword: str) -> None:
    words = phrase(keyword, _VALUES.get(keyword, 5))
    assert "keep" not in words
    assert f"`{keyword}`" not in words
    assert "{" not in words


@pytest.mark.parametrize(
    ("keyword", "value", "words"),
    [
        ("type", ["integer", "null"], "be a whole number or null"),
        ("type", "binary", "be `binary`"),
        ("enum", ["a", "", " b", 1.5, None, ["c"]], 'be `a`, `""`, `" b"`, 1.5, null or `["c"]`'),
        ("minItems", 1, "have at least 1 entry"),
        ("maxItems", 2, "have at most 2 entries"),
        ("maxLength", 1, "have at most 1 character (Unicode code points)"),
        ("pattern", "^[0-9]+$", "be one or more digits (as a regular expression: `^[0-9]+$`)"),
        ("pattern", "^(?=a)b$", "match the regular expression `^(?=a)b$`"),
        ("required", True, "be there"),
        ("dependentRequired", {"a": ["b", "c"]}, "have `b` and `c` where `a` is there"),
        ("anyOf", _VALUES["anyOf"], "have `a`, or have at most 2 fields"),
        ("oneOf", _VALUES["oneOf"], "have `a`, or have `b`, and no two of these"),
        ("not", {"const": "a`b"}, "not be ``a`b``"),
        ("not", {"minimum": 1, "maximum": 2}, "not (be at least 1 and be at most 2)"),
        ("x-total-pixels", {"minimum": 4}, "have at least 4 pixels in all, width times height"),
        (
            "x-image",
            _VALUES["x-image"],
            "be an image, as a link or a file, of at least 2 pixels in all, of at most 3 bytes",
        ),
        ("contains", {"a": "`"}, 'keep `contains` ``{"a": "`"}``'),
    ],
)
def test_a_keyword(keyword: str, value: Json, words: str) -> None:
    assert phrase(keyword, value) == words


@pytest.mark.parametrize(
    ("schema", "must", "fact"),
    [
        ({"minimum": 2, "title": "T", "x-role": "count"}, "be at least 2", "is at least 2"),
        ({"minItems": 1, "uniqueItems": True}, "have at least 1 entry and not have an entry twice",
         "has at least 1 entry and does not have an entry twice"),
        ({"not": {"const": 1}}, "not be 1", "is not 1"),
        ({"not": {"minimum": 1, "maximum": 2}}, "not (be at least 1 and be at most 2)",
         "does not (be at least 1 and be at most 2)"),
        ({"pattern": "^a"}, "begin with `a` (as a regular expression: `^a`)",
         "begins with `a` (as a regular expression: `^a`)"),
        ({"pattern": r"\bx"}, r"match the regular expression `\bx`", r"matches the regular expression `\bx`"),
        ({"const": "be and have"}, "be `be and have`", "is `be and have`"),
        ({"title": "T", "additionalProperties": True}, "be anything", "is anything"),
        ({"properties": {"a": {}}}, 'fulfil the JSON Schema `{"properties": {"a": {}}}`',
         'fulfils the JSON Schema `{"properties": {"a": {}}}`'),
        (True, "fulfil the JSON Schema true", "fulfils the JSON Schema true"),
    ],
)  # fmt: skip
def test_a_schema(schema: Json, must: str, fact: str) -> None:
    assert schema_phrase(schema) == must
    assert schema_fact(schema) == fact


def test_what_comes_from_a_spec_stands_in_code_spans() -> None:
    assert shown("<script>") == "`<script>`"
    assert shown("two\nlines") == r'`"two\nlines"`'
    assert shown({"a": "`"}) == '``{"a": "`"}``'


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("makeThing/credentials/security", "A request must show credentials: `key` in the header `Authorization`."),
        ("makeThing/body/required", "The body must be there."),
        ("makeThing/json/count/maximum/when-kind-small", "`count` must be at most 2, when `kind` is `small`."),
        ("makeThing/json/size/required/unless-kind-small", "`size` must be there, unless `kind` is `small`."),
        ("makeThing/answer-200/id/type", "`id` in the answer 200 must be a text."),
        ("getThing/path/id/minLength", "The path parameter `id` must have at least 1 character (Unicode code points)."),
        ("getThing/query/deep/type", "The query parameter `deep` must be true or false."),
        ("getThing/answer-404-header/X-Left/required", "The header `X-Left` of the answer 404 must be there."),
        ("getThing/answer-404/type", "The answer 404 as `text/plain` must be a text."),
    ],
)
def test_a_rule(changed: Callable[..., str], load_text: Callable[[str], Contract], rule: str, words: str) -> None:
    contract = load_text(changed((_LAST_PARAMETER, f"{_LAST_PARAMETER}{_ANSWERS}")))
    rules = {each.id.replace("-text~2f~plain", ""): each for each in contract.rules}
    assert rule_words(rules[rule]) == words
    assert short_words(rules[rule]) == words


@pytest.mark.parametrize(
    ("names", "headers", "words"),
    [
        ([["a"], ["b", "c"]], "A | B + C", "`a` in the header `A`, or `b` in the header `B` and `c` in the header `C`"),
        ([["a"], ["b", "c"]], "A | x | B + C", "`a` or `b` and `c`"),
        ([["a"]], "", "`a`"),
    ],
)
def test_credentials(small: str, load_text: Callable[[str], Contract], names: Json, headers: str, words: str) -> None:
    rule = next(rule for rule in load_text(small).rules if rule.keyword == "security")
    assert rule_words(evolve(rule, value=names, field=headers)) == f"A request must show credentials: {words}."
