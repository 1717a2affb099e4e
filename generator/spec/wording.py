"""Rules in words. As Markdown: all that comes from a spec stands in code spans, and there are no other marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.conditions import condition_words
from generator.spec.markdown import code, shortened
from generator.spec.media_types import is_json
from generator.spec.model import Place
from generator.spec.phrases import phrase, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Condition, Rule

_LONGEST = 100
_NAMES: Mapping[Place, str] = {
    Place.QUERY: "The query parameter",
    Place.PATH: "The path parameter",
    Place.HEADER: "The header",
    Place.COOKIE: "The cookie",
}


def rule_words(rule: Rule) -> str:
    """A rule as a sentence: "`n` must be at most 4, unless `enable_sequential` is true", with a full stop.

    Args:
        rule: The rule.
    """
    said = rule_words_without_condition(rule)
    return f"{said.removesuffix('.')}, {when_words(rule.when)}." if rule.when else said


def rule_words_without_condition(rule: Rule) -> str:
    """A rule as a sentence, for a place where its condition is told already."""
    return f"{_subject(rule)} must {_asked(rule)}."


def short_words(rule: Rule) -> str:
    """A rule as a sentence for a list, cut short."""
    return shortened(rule_words(rule), _LONGEST)


def when_words(condition: Condition) -> str:
    """A condition, e.g. "unless `enable_sequential` is true"."""
    return condition_words(condition.schema, negated=condition.negated)


def _subject(rule: Rule) -> str:
    if rule.place is Place.CREDENTIALS:
        return "A request"
    if rule.place in _NAMES:
        return f"{_NAMES[rule.place]} {code(rule.field)}"
    if rule.place is Place.RESPONSE:
        return _subject_in_answer(rule)
    return code(rule.field) if rule.field else "The body"


def _subject_in_answer(rule: Rule) -> str:
    answer = f"answer {rule.id.split('/')[1].split('-')[1]}"
    if not rule.media_type:
        return f"The header {code(rule.field)} of the {answer}"
    if not is_json(rule.media_type):
        answer = f"{answer} as {code(rule.media_type)}"
    return f"{code(rule.field)} in the {answer}" if rule.field else f"The {answer}"


def _asked(rule: Rule) -> str:
    if rule.place is not Place.CREDENTIALS or rule.keyword != "security":
        return phrase(rule.keyword, rule.value)
    headers = [alternative.split(" + ") for alternative in rule.field.split(" | ")]
    if list(map(len, headers)) != list(map(len, rule.value)):  # a header whose name has such a sign in it
        return phrase(rule.keyword, rule.value)
    ways = [" and ".join(map(_credential, *pair)) for pair in zip(rule.value, headers, strict=True)]
    return f"show credentials: {', or '.join(ways)}"


def _credential(name: str, header: str) -> str:
    return f"{shown(name)} in the header {shown(header)}" if header else shown(name)
