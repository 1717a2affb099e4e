"""Explains what an id names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from generator.conformance.explain.examples import Sample, samples
from generator.conformance.explain.finding import (
    Form,
    NamedBehaviour,
    NamedGroup,
    NamedRule,
    UnknownRuleError,
    named,
)
from generator.conformance.explain.forms import as_json, as_markdown, as_text
from generator.spec import Level
from generator.spec.wording import rule_words, short_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.conformance.explain.finding import Named
    from generator.spec import Contract

_BREACHES = {
    Level.DOCUMENTED: "A page of the provider says it. A gateway that breaks it violates it: the run's exit code is 1.",
    Level.PUBLISHED: "Only the provider's public OpenAPI description says it. A gateway that breaks it gets a warning.",
    Level.ASSUMED: "No document says it; services do so by custom. A gateway that breaks it gets a warning.",
}
_BY_SOURCE = "It is as certain as what it rests on: broken, it is a violation where a page says that, else a warning."


@frozen
class Explanation:
    """What is to be said of an id.

    Attributes:
        id: The id.
        words: What it says.
        facts: More of it, by heading, in the order to tell it.
        good: What keeps it.
        bad: What breaks it.
        below: For a group, its rules: id and words.
    """

    id: str
    words: str
    facts: dict[str, str]
    good: tuple[Sample, ...] = ()
    bad: tuple[Sample, ...] = ()
    below: tuple[tuple[str, str], ...] = ()


def explain(contracts: Sequence[Contract], rule_id: str, form: Form = Form.TEXT, *, width: int | None = None) -> str:
    """Explain a rule, a behaviour or a group of rules.

    Args:
        contracts: The specs.
        rule_id: The id of a rule or of a behaviour, or the beginning of rules' ids, e.g. ``editImages/prompt/n``.
        form: How to write it.
        width: Columns of a text; those of the terminal if None, and without end where there is none.

    Returns:
        The explanation.

    Raises:
        UnknownRuleError: Nothing has that id; the message says what comes close.
    """
    found = [_explanation(each) for each in named(contracts, rule_id)]
    if form is Form.JSON:
        return as_json(found)
    return as_markdown(found) if form is Form.MARKDOWN else as_text(found, width)


def words_of(contract: Contract, rule_id: str) -> str:
    """A rule or a behaviour as a sentence, for a report; "" where nothing has that id.

    Args:
        contract: The spec.
        rule_id: The id.
    """
    try:
        found = named([contract], rule_id)[0]
    except UnknownRuleError:
        return ""
    if isinstance(found, NamedGroup):
        return ""
    return rule_words(found.rule) if isinstance(found, NamedRule) else found.behaviour.words


def _explanation(found: Named) -> Explanation:
    if isinstance(found, NamedGroup):
        rules = [(each.rule.id, short_words(each.rule)) for each in found.rules]
        rules += [(each.id, each.behaviour.words) for each in found.behaviours]
        return Explanation(found.id, f"{len(rules)} rules begin so.", {}, below=tuple(rules))
    return _of_rule(found) if isinstance(found, NamedRule) else _of_behaviour(found)


def _of_rule(found: NamedRule) -> Explanation:
    rule, operation = found.rule, found.operation
    shape = f", {rule.shape} ({rule.media_type})" if rule.shape else ""
    facts = {
        "API": f"{found.contract.title}, {operation.method} {operation.path}{shape}",
        "document": str(rule.source),
        "level": f"{rule.level.value}. {_BREACHES[rule.level]}",
        "spec": f"{found.contract.path.name}:{rule.line} {rule.pointer}",
    }
    good, bad = samples(found)
    if not good and not bad:
        facts["tested"] = "Nothing is sent for it: each answer is judged by it."
    elif not bad:
        facts["tested"] = "No request that can be sent breaks it."
    return Explanation(rule.id, rule_words(rule), facts, tuple(good), tuple(bad))


def _of_behaviour(found: NamedBehaviour) -> Explanation:
    about, near = found.behaviour, found.near
    facts = {"about": f"{about.about}; no keyword of the spec states it"}
    if found.contract is not None:
        facts["API"] = found.contract.title
    if near is not None:
        facts["document"] = str(near.source)
    level = None if about.level == "source" else Level(about.level)
    facts["level"] = f"{level.value}. {_BREACHES[level]}" if level else _BY_SOURCE
    return Explanation(found.id, about.words, facts, (Sample(about.good),), (Sample(about.bad),))
