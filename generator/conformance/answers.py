"""Judges what stands in an answer by the schemas of the spec's answers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import jsonschema_rs
from attrs import field, frozen

from generator.conformance.content_coding import MOST
from generator.conformance.json_text import UnreadableError, read_json
from generator.spec import Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.conformance.exchange import Answer
    from generator.spec import Answer as Documented
    from generator.spec import Json, Operation, Rule

_JSON = "application/json"
_SUCCESS = 2
_MOST_ERRORS = 10_000
"""How many errors of one body are looked at."""
_NO_SECONDS = 10**11
"""As a time in seconds, three thousand years from now."""


@frozen
class Check:
    """What an answer tells of one rule.

    Attributes:
        rule: The rule's id.
        level: How certain the rule is.
        kept: Whether the answer keeps it; None if the answer doesn't tell.
        words: What the rule asks for, or why nothing is told.
        source: The document that asks for it, where the rule is none of the spec's list; else "".
        came: What came of it, in words, where that is more than the answer's status; else "".
    """

    rule: str
    level: Level
    kept: bool | None
    words: str
    source: str = ""
    came: str = ""


@frozen
class AnswerJudge:
    """Judges the answers of one operation.

    Attributes:
        operation: The operation.
    """

    operation: Operation
    _validators: dict[str, jsonschema_rs.Draft202012Validator] = field(factory=dict, init=False, repr=False)

    def documented(self, status: int) -> Documented | None:
        """The documented answer of a status: that of the very status, of its class, or the default."""
        answers = {answer.status: answer for answer in self.operation.answers}
        # That it is 200, and not 201, no page says of a success.
        success = [name for name in answers if name.startswith("2")] if status // 100 == _SUCCESS else []
        names = (str(status), f"{status // 100}XX", *success, "default")
        return next((answers[name] for name in names if name in answers), None)

    def checks(self, answer: Answer, scheme: str = "") -> Iterator[Check]:
        """What an answer tells of the rules of its status.

        Args:
            answer: The answer, whole.
            scheme: The security scheme by which a wallet signed in for it; "" for other requests.
        """
        documented = self.documented(answer.status)
        if documented is None or (documented.for_credentials and scheme not in documented.for_credentials):
            return
        yield from self._header_checks(documented, answer)
        if not answer.is_whole:
            yield from self._untold(documented, f"the answer is longer than {MOST >> 20} MiB")
        elif answer.media_type == _JSON and _JSON in documented.content:
            yield from self._body_checks(documented, answer)
        if documented.content:
            rules = self._rules(documented)
            # Pages show what stands in an answer, not the header that says of which media type it is.
            level = Level.PUBLISHED
            words = f"Content-Type {' or '.join(documented.content)}"
            rule = f"{self.operation.id}/answer-{documented.status}/Content-Type"
            source = str(rules[0].source) if rules else f"the answer {documented.status}"
            yield Check(rule, level, answer.media_type in documented.content, words, source)

    def _rules(self, answer: Documented, suffix: str = "") -> Sequence[Rule]:
        start = f"{self.operation.id}/answer-{answer.status}{suffix}/"
        rules = (rule for rule in self.operation.rules if rule.place is Place.RESPONSE)
        return [rule for rule in rules if rule.id.startswith(start)]

    def _header_checks(self, documented: Documented, answer: Answer) -> Iterator[Check]:
        for rule in self._rules(documented, "-header"):
            name = str(rule.schema_path[1])
            words = f"{rule.keyword} {rule.value} in the header {name}"
            given = answer.headers.get(name.lower())
            if rule.keyword == "required":
                yield Check(rule.id, rule.level, given is not None, words)
            elif given is not None:
                schema = documented.headers[name].get("schema", {})
                yield Check(rule.id, rule.level, jsonschema_rs.is_valid(schema, _from_text(given, schema)), words)

    def _body_checks(self, documented: Documented, answer: Answer) -> Iterator[Check]:
        rules = self._rules(documented)
        try:
            body = _without_nulls(read_json(answer.body), documented.content[_JSON])
        except UnreadableError as error:
            yield from self._untold(documented, f"the answer isn't read: {error}")
            return
        except ValueError:
            yield from (Check(rule.id, rule.level, kept=False, words="a body that is JSON") for rule in rules[:1])
            return
        errors = islice(self._validator(documented).iter_errors(body), _MOST_ERRORS)
        broken = {_rule_at(error, rules) for error in errors}
        for rule in rules:
            yield Check(
                rule.id, rule.level, rule.id not in broken, f"{rule.keyword} {rule.value} at {rule.field or 'the body'}"
            )

        yield from self._unit_checks(documented, body, rules)

    def _untold(self, documented: Documented, why: str) -> Iterator[Check]:
        rules = self._rules(documented)
        yield from (Check(rule.id, rule.level, None, why) for rule in rules)
        if not rules:
            name = f"{self.operation.id}/answer-{documented.status}/image/readable"
            yield Check(name, Level.DOCUMENTED, None, why, f"the answer {documented.status}")

    def _unit_checks(self, documented: Documented, body: Json, rules: Sequence[Rule]) -> Iterator[Check]:
        for name, prop in documented.content[_JSON].get("properties", {}).items():
            value = body.get(name) if isinstance(body, dict) else None
            if "x-unit" in prop and isinstance(value, int):
                rule = next(rule for rule in rules if rule.field == name)
                kept = abs(value) < _NO_SECONDS
                words = f"{name} in {prop['x-unit']}"
                place = f"{self.operation.id}/answer-{documented.status}/{name}/in-seconds"
                yield Check(place, rule.level, kept, words, str(rule.source), str(value))

    def _validator(self, documented: Documented) -> jsonschema_rs.Draft202012Validator:
        status = documented.status
        if status not in self._validators:
            self._validators[status] = jsonschema_rs.Draft202012Validator(dict(documented.content[_JSON]))
        return self._validators[status]


def _without_nulls(value: Json, schema: Mapping[str, Json]) -> Json:
    """A body without the nulls that stand for what may be absent: no page says that absence is told otherwise."""
    if isinstance(value, list):
        return [_without_nulls(item, schema.get("items", {})) for item in value]
    if isinstance(value, str):
        return value if value.isascii() else _as_text(value)
    if not isinstance(value, dict):
        return value
    required, below = schema.get("required", ()), schema.get("properties", {})
    return {
        _as_text(name): _without_nulls(item, below.get(name, {}))
        for name, item in value.items()
        if item is not None or name in required
    }


def _as_text(value: str) -> str:
    """A text without halves of surrogate pairs, which JSON can write and no validator reads."""
    return value.encode("utf-8", "replace").decode()


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
            return read_json(text.encode())
        except ValueError:
            return text
    return text
