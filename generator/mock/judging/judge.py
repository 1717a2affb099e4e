"""Judges requests by the rules of a spec, with jsonschema-rs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from jsonschema_rs import Draft202012Validator, ValidationErrorKind

from generator.mock.judging.keywords import FETCHED, FILES, KEYWORDS
from generator.mock.judging.wording import field_name, wanted, with_condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jsonschema_rs import ValidationError

    from generator.mock.fetching.fetching import Fetched
    from generator.mock.requests.uploads import Upload
    from generator.spec.model import Json, Parameter, Rule


@frozen
class Breach:
    """One rule that a request breaks.

    Attributes:
        rule: The rule.
        instance_path: Where in the request: property names and indices. For `required` it ends in the missing
            property, for `additionalProperties` in the one too many.
        message: What the rule asks for, e.g. "must be at most 6".
    """

    rule: Rule
    instance_path: tuple[str | int, ...]
    message: str

    @property
    def field(self) -> str:
        """The place as people write it, e.g. ``input.messages[0].role``."""
        return field_name(self.instance_path)

    def __str__(self) -> str:
        return f"{self.field}: {self.message} (rule {self.rule.id})"


class UnlistedRuleError(LookupError):
    """The schema refuses a value by a keyword that isn't among the listed rules."""


class Judge:
    """Judges values by one schema whose rules are known; the schema is compiled once."""

    def __init__(self, schema: Mapping[str, Json], rules: Sequence[Rule], *, at: tuple[str | int, ...] = ()) -> None:
        """Compile the schema.

        Args:
            schema: The resolved schema.
            rules: Its rules, each with its path from the schema's root.
            at: Where the judged value stands in the request, e.g. ("type",) for a query parameter.
        """
        self._validator = Draft202012Validator(dict(schema), keywords=KEYWORDS)
        self._rules = {rule.schema_path: rule for rule in rules}
        self._order = {rule.id: index for index, rule in enumerate(rules)}
        self._examples = {rule.id: _examples(schema, rule) for rule in rules if rule.keyword == "pattern"}
        self._at = at

    def breaches(
        self, value: Json, files: Mapping[str, Upload] | None = None, fetched: Fetched | None = None
    ) -> list[Breach]:
        """Every rule that a value breaks, in the spec's order.

        Args:
            value: The value, as JSON has them.
            files: The files that texts in the value stand for.
            fetched: What is behind the URLs of its images; None where that isn't looked at.

        Returns:
            The breaches; none for a right value.

        Raises:
            UnlistedRuleError: The schema states a constraint that the list of rules lacks.
        """
        if not files and fetched is None:
            return self._breaches(value)
        token, token_fetched = FILES.set(files or {}), FETCHED.set(fetched)
        try:
            return self._breaches(value)
        finally:
            FILES.reset(token)
            FETCHED.reset(token_fetched)

    def _breaches(self, value: Json) -> list[Breach]:
        if self._validator.is_valid(value):
            return []
        told = [breach for error in self._validator.iter_errors(value) for breach in self._told(error)]
        return sorted(told, key=lambda breach: self._order[breach.rule.id])

    def _told(self, error: ValidationError) -> Iterator[Breach]:
        path = (*self._at, *error.instance_path)
        match error.kind:
            case ValidationErrorKind.AdditionalProperties(unexpected=names):
                rule = self._rule(tuple(error.schema_path))
                for name in names:
                    yield Breach(rule, (*path, name), wanted(rule))
            case ValidationErrorKind.Required(property=name):
                rule = self._rule((*error.schema_path, name))
                yield Breach(rule, (*path, name), wanted(rule))
            case ValidationErrorKind.Custom(message=message):
                rule = self._rule(tuple(error.schema_path))
                yield Breach(rule, path, with_condition(message, rule))
            case _:
                rule = self._rule(tuple(error.schema_path))
                yield Breach(rule, path, wanted(rule, self._examples.get(rule.id, ())))

    def _rule(self, schema_path: tuple[str | int, ...]) -> Rule:
        """The rule stated at this path, or at the keyword that it leads into."""
        for length in range(len(schema_path), 0, -1):
            if rule := self._rules.get(schema_path[:length]):
                return rule
        raise UnlistedRuleError(f"No rule is listed for the constraint at {schema_path}. The list of rules lacks it.")


def _examples(schema: Mapping[str, Json], rule: Rule) -> tuple[str, ...]:
    """The first and the last example, which differ most, that the spec gives of texts that keep a rule."""
    place: Json = schema
    for part in rule.schema_path[:-1]:
        place = place[part]
    found = [example for example in place.get("examples", ()) if isinstance(example, str)]
    return tuple(dict.fromkeys((found[0], found[-1]))) if found else ()


class ParameterJudge:
    """Judges one parameter outside of the body."""

    def __init__(self, parameter: Parameter) -> None:
        self.parameter = parameter
        required = [rule for rule in parameter.rules if rule.keyword == "required" and not rule.schema_path[1:]]
        self._required = required[0] if required else None
        rules = [rule for rule in parameter.rules if rule is not self._required]
        self._judge = Judge(parameter.schema, rules, at=(parameter.name,))

    def breaches(self, value: Json | None) -> list[Breach]:
        """The rules that the parameter's value breaks; None for a parameter that wasn't sent."""
        if value is not None:
            return self._judge.breaches(value)
        if self._required is None:
            return []
        return [Breach(self._required, (self.parameter.name,), wanted(self._required))]
