"""Writes rules as the validators of a generated request model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, field

from generator.client.literals import literal
from generator.client.names import python_name
from generator.spec.naming import snake_case
from generator.spec.rules import VALUES, escape_name, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.spec import Condition, Json, Rule, Shape

_STEP = re.compile(r"(\\.|\{\})", re.DOTALL)
_FIRST_PART = re.compile(r"(?:\\.|[^.\[{\\])+")
_SIMPLE = {
    "minimum": "Minimum",
    "maximum": "Maximum",
    "exclusiveMinimum": "ExclusiveMinimum",
    "exclusiveMaximum": "ExclusiveMaximum",
    "multipleOf": "MultipleOf",
    "minLength": "MinLength",
    "maxLength": "MaxLength",
    "pattern": "Pattern",
    "minItems": "MinItems",
    "maxItems": "MaxItems",
    "minProperties": "MinProperties",
    "maxProperties": "MaxProperties",
    "const": "Const",
    "content": "MediaType",
    "dependentRequired": "DependentRequired",
}
_WAYS = frozenset({"properties", "allOf", "items", "additionalProperties", "then", "else"})
_IMAGE_LIMITS = {"minPixels": "min_pixels", "maxPixels": "max_pixels", "maxBytes": "max_bytes"}


class UnhonouredRuleError(Exception):
    """A rule that the client can't honour."""

    def __init__(self, rule: Rule, why: str) -> None:
        self.rule = rule
        super().__init__(f"{rule.id}: {why}")


def split_field(path: str) -> tuple[str, str]:
    """A field's path as its first property, unescaped, and the path within.

    "input.messages" gives ("input", "messages"), "image[]" gives ("image", "[]").
    """
    match = _FIRST_PART.match(path)
    if match is None:
        return "", path
    rest = path[match.end() :]
    return re.sub(r"\\(.)", r"\1", match.group()), rest.removeprefix(".")


@define
class ValidatorWriter:
    """Writes validators, and remembers which checks they need.

    Attributes:
        checks: The names of the runtime's checks used so far.
        sources: The documents named so far: constant to page.
    """

    checks: set[str] = field(factory=set)
    sources: dict[str, str] = field(factory=dict)

    def by_property(self, shape: Shape) -> Mapping[str, list[str]]:
        """The validators of a shape's properties, each the source of a call, by the property's name.

        Args:
            shape: The request shape.

        Returns:
            The properties' validators; those of the body as a whole under "".

        Raises:
            UnhonouredRuleError: A rule that no check of the runtime can judge.
        """
        found: dict[str, list[str]] = {}
        for rule in shape.rules:
            name, within = split_field(rule.field)
            if not rule.field and rule.keyword == "type":
                continue  # a request model is an object whatever is in it
            found.setdefault(name, []).append(self._rule(rule, _marked(within, rule, shape.schema), shape.schema))
        return found

    def of_rules(self, rules: Iterable[Rule], schema: Mapping[str, Json] | None = None) -> list[str]:
        """The validators of a parameter, each the source of a call."""
        return [self._rule(rule, _marked(split_field(rule.field)[1], rule, schema), schema) for rule in rules]

    def of_value(self, rules: Iterable[Rule], schema: Mapping[str, Json]) -> list[str]:
        """The validators of a body that is one value, each the source of a call."""
        return [self._rule(rule, _marked(rule.field, rule, schema), schema) for rule in rules]

    def _rule(self, rule: Rule, within: str, schema: Mapping[str, Json] | None) -> str:
        self.checks.update(("Rule", "Rules"))
        constant = f"_{snake_case(rule.source.document).upper()}"
        self.sources[constant] = rule.source.page
        arguments = [literal(rule.id), self._check(rule, schema), literal(rule.level.value), constant]
        if within:
            arguments.append(f"at={literal(within)}")
        if rule.when:
            arguments.append(f"{'unless' if rule.when.negated else 'when'}={self._condition(rule.when, rule)}")
        return f"Rule({', '.join(arguments)})"

    def _check(self, rule: Rule, schema: Mapping[str, Json] | None) -> str:
        if rule.keyword == "required":
            return self._call("Required")
        if rule.keyword == "additionalProperties" and schema is not None:
            return self._call("AdditionalProperties", *(literal(name) for name in _names_beside(rule, schema)))
        source = self._keyword(rule.keyword, rule.value)
        if source is None:
            raise UnhonouredRuleError(rule, f"the client can't honour {rule.keyword!r}")
        return source

    def _keyword(self, keyword: str, value: Json) -> str | None:
        if keyword in _SIMPLE:
            return self._call(_SIMPLE[keyword], literal(value))
        match keyword:
            case "type":
                names = value if isinstance(value, list) else [value]
                return self._call("Type", *(literal(name) for name in names))
            case "enum":
                return self._call("Enum", *(literal(item) for item in value))
            case "uniqueItems":
                return self._call("UniqueItems")
            case "x-total-pixels":
                return self._call("TotalPixels", *(f"{key}={literal(bound)}" for key, bound in value.items()))
            case "x-image":
                limits = (f"{name}={literal(value[key])}" for key, name in _IMAGE_LIMITS.items() if key in value)
                return self._call("Image", f"forms=({', '.join(map(literal, value['forms']))},)", *limits)
            case "anyOf" | "oneOf":
                name = "AnyOf" if keyword == "anyOf" else "OneOf"
                return self._call(name, *(self._branch(part) for part in value))
            case "not":
                return self._call("Not", self._branch(value))
            case _:
                return None

    def _branch(self, schema: Json, at: str = "") -> str:
        """A subschema as a list of checks, each with its path."""
        return "[" + ", ".join(self._located(schema, at)) + "]"

    def _located(self, schema: Json, at: str) -> Iterable[str]:
        for keyword, value in schema.items():
            source = self._keyword(keyword, value)
            if source is not None:
                yield self._call("Check", literal(at), source)
        for name in schema.get("required", ()):
            yield self._call("Check", literal(join(at, escape_name(name))), self._call("Required"))
        for name, child in schema.get("properties", {}).items():
            yield from self._located(child, join(at, escape_name(name)))
        if isinstance(schema.get("items"), dict):
            yield from self._located(schema["items"], f"{at}[]")

    def _condition(self, condition: Condition, rule: Rule) -> str:
        self.checks.add("Condition")
        parts = [literal(_affirmed(condition.words))]
        required = condition.schema.get("required", ())
        names = [*condition.schema.get("properties", {}), *required]
        for name in dict.fromkeys(names):
            constraint = condition.schema.get("properties", {}).get(name, {})
            checks = [self._call("Present")] if name in required else []
            for keyword, value in constraint.items():
                source = self._keyword(keyword, value)
                if source is None and keyword not in {"x-source", "description"}:
                    raise UnhonouredRuleError(rule, f"the client can't honour {keyword!r} in a condition")
                checks += [source] if source else []
            parts.append(f"{python_name(name)}=[{', '.join(checks)}]")
        return f"Condition({', '.join(parts)})"

    def _call(self, name: str, *arguments: str) -> str:
        self.checks.add(name)
        return f"{name}({', '.join(arguments)})"


def _affirmed(words: str) -> str:
    return words.removeprefix("when ").removeprefix("unless ")


def _names_beside(rule: Rule, schema: Mapping[str, Json]) -> Iterable[str]:
    """The properties of the schema that a rule stands in."""
    node: Json = schema
    for part in rule.schema_path[:-1]:
        node = node[part]
    names: Iterable[str] = node.get("properties", {})
    return names


def _marked(within: str, rule: Rule, schema: Mapping[str, Json] | None) -> str:
    """A path in which each step into an object's other values names those that are described apart: ``{a,b}``."""
    if schema is None or VALUES not in within:
        return within
    beside = _declared(rule, schema)
    parts = _STEP.split(within)
    return "".join(f"{{{','.join(map(_listed, next(beside)))}}}" if part == VALUES else part for part in parts)


def _declared(rule: Rule, schema: Mapping[str, Json]) -> Iterator[Iterable[str]]:
    """For each object with other values on the way to a rule, the properties that its schema describes apart."""
    node: Json = schema
    steps = iter(rule.schema_path)
    for step in steps:
        if step == "additionalProperties" and isinstance(node[step], dict):
            yield node.get("properties", ())
        if step not in _WAYS:
            return
        node = node[step]
        if step in {"properties", "allOf"}:
            node = node[next(steps)]


def _listed(name: str) -> str:
    return escape_name(name).replace(",", "\\,")
