"""Everything that a spec states of an operation, flat: its rules, and what is no rule but matters all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.release.diff.effects import STATED
from generator.spec import Place
from generator.spec.conditions import condition
from generator.spec.rules import ITEMS, VALUES, escape_name, join, rule_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.spec import Answer, Condition, Contract, Json, Operation, Rule, Source

Key = tuple[str, str, str, str]
"""What tells a fact from the others of its operation: group, field, keyword, condition."""
Facts = dict[Key, "Fact"]

WHOLE = ("media type", "shape", "answer", "field", "scheme")
"""The facts that others stand below: where one of them comes or goes, what is below is not told one by one."""
_CODE = re.compile(r"~([0-9a-f]+)~")
_TOLD_APART = frozenset(("content", "security"))
"""Rules that are told by facts of another form."""
_FILE = "binary"
_STYLE = "x-style"
"""Where an adapted spec says how a parameter is written."""


@frozen
class Fact:
    """One thing that a spec states.

    Attributes:
        operation: The operationId; "" for what concerns the whole API.
        group: The request shape, "query", "credentials", "answer-200" and so on; "" for the operation as a whole.
        place: Which part of the exchange; None outside of it.
        field: The field's path, as rules have it; "" for the body itself.
        keyword: The keyword, or one of `WHOLE` and its like.
        value: What is stated.
        when: The condition under which it holds; None for always.
        source: The document that a rule comes from; None where no rule stands.
        line: The line in the spec; 0 where it isn't known.
    """

    operation: str
    group: str
    place: Place | None
    field: str
    keyword: str
    value: Json
    when: Condition | None = None
    source: Source | None = None
    line: int = 0

    @property
    def key(self) -> Key:
        """What tells it from the other facts of its operation."""
        return self.group, self.field, self.keyword, self.when.slug if self.when else ""

    @property
    def id(self) -> str:
        """The rule's id, or one of the same form."""
        return rule_id(self.operation, self.group, self.field, self.keyword.replace(" ", "-"), self.when)


def operation_facts(contract: Contract, operation: Operation) -> Facts:
    """What a spec states of an operation, in its order.

    Args:
        contract: The spec.
        operation: One of its operations.
    """
    found: Facts = {}
    for fact in [*_Lister(operation).facts(), *_styles(contract, operation)]:
        found.setdefault(fact.key, fact)
    line = contract.document.line(("paths", operation.path, operation.method.lower()))
    lines = _first_lines(found.values())
    return {key: fact if fact.line else evolve(fact, line=_line(fact, lines, line)) for key, fact in found.items()}


def contract_facts(contract: Contract) -> Facts:
    """What a spec states of the whole API."""
    info = contract.resolved.get("info", {})

    def stated() -> Iterator[Fact]:
        yield Fact("", "api", None, "", "title", contract.title)
        yield Fact("", "api", None, "", "version", contract.version)
        yield from (Fact("", "api", None, "", key, info[key]) for key in ("summary", "description") if key in info)
        yield Fact("", "server", None, "", "url", contract.server)
        if contract.server_environment:
            yield Fact("", "server", None, "", "x-environment", contract.server_environment)
        for name, page in contract.resolved.get("x-documents", {}).items():
            yield Fact("", "documents", None, name, "x-documents", page.get("page"))
        for scheme in contract.security_schemes.values():
            sent = {"kind": scheme.kind, "header": scheme.header}
            for keyword, value in (
                ("scheme", True),
                ("credential", sent),
                ("x-credential", scheme.credential),
                ("x-environment", scheme.environment),
                ("x-deprecated", scheme.deprecated),
            ):
                if value:
                    yield Fact("", "credentials", Place.CREDENTIALS, scheme.name, keyword, value)

    return {fact.key: fact for fact in stated()}


def answer_group(answer: str, media_type: str) -> str:
    """The group of an answer's rules.

    Args:
        answer: The group of the answer itself, e.g. "answer-200".
        media_type: The media type it comes as.
    """
    return answer if media_type == "application/json" else f"{answer}-{media_type}"


def _styles(contract: Contract, operation: Operation) -> Iterator[Fact]:
    """How parameters are written, which specs that nobody here wrote may choose."""
    node = contract.resolved.get("paths", {}).get(operation.path, {}).get(operation.method.lower(), {})
    places = {(parameter.name, parameter.place.value): parameter.place for parameter in operation.parameters}
    for parameter in node.get("parameters", ()):
        place = places.get((parameter["name"], parameter["in"]))
        if place and _STYLE in parameter:
            field = escape_name(parameter["name"])
            yield Fact(operation.id, place.value, place, field, "style", parameter[_STYLE])


class _Lister:
    def __init__(self, operation: Operation) -> None:
        self.operation = operation

    def facts(self) -> Iterator[Fact]:
        """Everything, the whole before its parts."""
        yield from self._of_operation()
        for parameter in self.operation.parameters:
            field, group = escape_name(parameter.name), parameter.place.value
            yield self._fact(group, parameter.place, field, "field", value=True)
            if parameter.description:
                yield self._fact(group, parameter.place, field, "description", parameter.description)
            yield from self._schema(group, parameter.place, parameter.schema, field)
        for media_type in dict.fromkeys(shape.media_type for shape in self.operation.shapes):
            yield self._fact("body", Place.BODY, media_type, "media type", media_type)
        for shape in self.operation.shapes:
            yield self._fact(shape.name, Place.BODY, "", "shape", shape.media_type)
            if shape.present:
                yield self._fact(shape.name, Place.BODY, "", "x-shape", shape.present)
            yield from self._schema(shape.name, Place.BODY, shape.schema)
        for answer in self.operation.answers:
            yield from self._answer(answer)
        yield from (self._rule(rule) for rule in self.operation.rules if rule.keyword not in _TOLD_APART)

    def _of_operation(self) -> Iterator[Fact]:
        operation = self.operation
        yield self._fact("", None, "", "path", f"{operation.method} {operation.path}")
        yield self._fact("", None, "", "call", f"{operation.resource}.{operation.name}")
        stated = {
            "deprecated": operation.deprecated,
            "summary": operation.summary,
            "description": operation.description,
            "x-model-list": operation.model_list,
        }
        yield from (self._fact("", None, "", keyword, value) for keyword, value in stated.items() if value)
        alternatives = [sorted(names) for names in operation.security] or [[]]
        fact = self._fact("credentials", Place.CREDENTIALS, "", "security", alternatives)
        said = next((rule for rule in operation.rules if rule.keyword == "security"), None)
        yield evolve(fact, source=said.source, line=said.line) if said else fact
        examples = {example.name: example.value for example in operation.examples}
        if examples:
            yield self._fact("body", Place.BODY, "", "examples", examples)

    def _answer(self, answer: Answer) -> Iterator[Fact]:
        group = f"answer-{answer.status}"
        yield self._fact(group, Place.RESPONSE, "", "answer", answer.status)
        if answer.error_code:
            yield self._fact(group, Place.RESPONSE, "", "x-error-code", answer.error_code)
        if answer.for_credentials:
            named = sorted(answer.for_credentials)
            yield self._fact(group, Place.RESPONSE, "", "x-for-credentials", named)
        yield self._fact(f"{group}-words", Place.RESPONSE, "", "description", answer.description)
        for name, header in answer.headers.items():
            field = escape_name(name)
            yield self._fact(f"{group}-header", Place.RESPONSE, field, "field", value=True)
            yield from self._node(f"{group}-header", Place.RESPONSE, header, field, None)
            yield from self._schema(f"{group}-header", Place.RESPONSE, header.get("schema", {}), field)
        for media_type, schema in answer.content.items():
            yield self._fact(f"{group}-content", Place.RESPONSE, media_type, "media type", media_type)
            yield from self._schema(answer_group(group, media_type), Place.RESPONSE, schema)

    def _schema(
        self, group: str, place: Place, schema: Json, field: str = "", when: Condition | None = None
    ) -> Iterator[Fact]:
        """What a schema states besides rules, and all below it."""
        if not isinstance(schema, dict):
            return
        yield from self._node(group, place, schema, field, when)
        for name, child in schema.get("properties", {}).items():
            inner = join(field, escape_name(name))
            yield self._fact(group, place, inner, "field", value=True)
            yield from self._schema(group, place, child, inner, when)
        for keyword, mark in (("items", ITEMS), ("additionalProperties", VALUES)):
            if keyword in schema:
                yield from self._schema(group, place, schema[keyword], join(field, mark), when)
        for part in schema.get("allOf", ()):
            yield from self._schema(group, place, part, field, when)
        if "if" in schema and when is None:
            for keyword, negated in (("then", False), ("else", True)):
                branch = schema.get(keyword)
                yield from self._schema(group, place, branch, field, condition(schema["if"], negated=negated))

    def _node(
        self, group: str, place: Place, node: Mapping[str, Json], field: str, when: Condition | None
    ) -> Iterator[Fact]:
        for keyword, value in node.items():
            if keyword in STATED and (value is not False or keyword == "default"):
                yield evolve(self._fact(group, place, field, keyword, value), when=when)
        if node.get("format") == _FILE:
            yield evolve(self._fact(group, place, field, "type", "file"), when=when)

    def _fact(self, group: str, place: Place | None, field: str, keyword: str, value: Json) -> Fact:
        return Fact(self.operation.id, group, place, field, keyword, value)

    def _rule(self, rule: Rule) -> Fact:
        written = rule.shape or rule.id.removeprefix(f"{rule.operation}/").split("/")[0]
        group = _CODE.sub(lambda found: chr(int(found[1], 16)), written)
        keyword, value = ("enum", [rule.value]) if rule.keyword == "const" else (rule.keyword, rule.value)
        return Fact(rule.operation, group, rule.place, rule.field, keyword, value, rule.when, rule.source, rule.line)


def is_below(field: str, other: str) -> bool:
    """Whether a field is another one, or stands in it."""
    return field == other or (field.startswith(other) and (not other or field[len(other)] in ".[{"))


def _first_lines(facts: Iterable[Fact]) -> Mapping[tuple[str, str], int]:
    """The first line that is known of a group and a field: what is no rule stands beside rules."""
    found: dict[tuple[str, str], int] = {}
    for fact in facts:
        if fact.line:
            found.setdefault((fact.group, fact.field), fact.line)
            found.setdefault((fact.group, ""), fact.line)
    return found


def _line(fact: Fact, lines: Mapping[tuple[str, str], int], line: int) -> int:
    return lines.get((fact.group, fact.field), lines.get((fact.group, ""), line))
