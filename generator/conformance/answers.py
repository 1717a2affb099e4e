"""Judges what stands in an answer by the schemas of the spec's answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema_rs
from attrs import field, frozen

from generator.spec import Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import httpx

    from generator.spec import Answer, Json, Operation, Rule

_JSON = "application/json"


@frozen
class Check:
    """What an answer tells of one rule.

    Attributes:
        rule: The rule's id.
        level: How certain the rule is.
        kept: Whether the answer keeps it; None if the answer doesn't tell.
        words: What the rule asks for, or why nothing is told.
        source: The document that asks for it, where the rule is none of the spec's list; else "".
    """

    rule: str
    level: Level
    kept: bool | None
    words: str
    source: str = ""


@frozen
class AnswerJudge:
    """Judges the answers of one operation.

    Attributes:
        operation: The operation.
    """

    operation: Operation
    _validators: dict[str, jsonschema_rs.Draft202012Validator] = field(factory=dict, init=False, repr=False)

    def documented(self, status: int) -> Answer | None:
        """The documented answer of a status: that of the very status, of its class, or the default."""
        answers = {answer.status: answer for answer in self.operation.answers}
        names = (str(status), f"{status // 100}XX", "default")
        return next((answers[name] for name in names if name in answers), None)

    def checks(self, response: httpx.Response) -> Iterator[Check]:
        """What an answer tells of the rules of its status.

        Args:
            response: The answer, read.
        """
        answer = self.documented(response.status_code)
        if answer is None:
            return
        yield from self._header_checks(answer, response)
        media_type = media_type_of(response)
        if media_type == _JSON and _JSON in answer.content:
            yield from self._body_checks(answer, response)
        if answer.content:
            # That an error comes as JSON is published at most; that a result comes in a documented form is documented.
            level = Level.DOCUMENTED if response.is_success else Level.PUBLISHED
            words = f"Content-Type {' or '.join(answer.content)}"
            rule = f"{self.operation.id}/answer-{answer.status}/Content-Type"
            yield Check(rule, level, media_type in answer.content, words, source=f"the answer {answer.status}")

    def _rules(self, answer: Answer, suffix: str = "") -> Sequence[Rule]:
        start = f"{self.operation.id}/answer-{answer.status}{suffix}/"
        rules = (rule for rule in self.operation.rules if rule.place is Place.RESPONSE)
        return [rule for rule in rules if rule.id.startswith(start)]

    def _header_checks(self, answer: Answer, response: httpx.Response) -> Iterator[Check]:
        for rule in self._rules(answer, "-header"):
            name = str(rule.schema_path[1])
            words = f"{rule.keyword} {rule.value} in the header {name}"
            given = response.headers.get(name)
            if rule.keyword == "required":
                yield Check(rule.id, rule.level, given is not None, words)
            elif given is not None:
                schema = answer.headers[name].get("schema", {})
                yield Check(rule.id, rule.level, jsonschema_rs.is_valid(schema, _from_text(given, schema)), words)

    def _body_checks(self, answer: Answer, response: httpx.Response) -> Iterator[Check]:
        rules = self._rules(answer)
        try:
            body = json.loads(response.content)
        except ValueError:
            yield from (Check(rule.id, rule.level, kept=False, words="a body that is JSON") for rule in rules[:1])
            return
        broken = {_rule_at(error, rules) for error in self._validator(answer).iter_errors(body)}
        for rule in rules:
            yield Check(
                rule.id, rule.level, rule.id not in broken, f"{rule.keyword} {rule.value} at {rule.field or 'the body'}"
            )

    def _validator(self, answer: Answer) -> jsonschema_rs.Draft202012Validator:
        if answer.status not in self._validators:
            self._validators[answer.status] = jsonschema_rs.Draft202012Validator(dict(answer.content[_JSON]))
        return self._validators[answer.status]


def media_type_of(response: httpx.Response) -> str:
    """The media type of an answer, without its parameters."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _rule_at(error: jsonschema_rs.ValidationError, rules: Sequence[Rule]) -> str:
    """The rule that an error is about: the one whose keyword it names, or whose keyword it stands in."""
    path: tuple[str | int, ...] = tuple(error.schema_path)
    if path[-1:] == ("required",) and isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
        path = (*path, error.kind.property)
    by_path = {rule.schema_path: rule.id for rule in rules}
    return next((by_path[path[:end]] for end in range(len(path), 0, -1) if path[:end] in by_path), "")


def _from_text(text: str, schema: Mapping[str, Json]) -> Json:
    """A header's text as the value that it stands for, where its schema wants something else than text."""
    if schema.get("type") in {"integer", "number", "boolean", "array", "object"}:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
