"""Which rules of its shape a body breaks, so that a case can be held to break one and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs

from generator.spec.boundary.images import breaks_image
from generator.spec.boundary.steps import steps_of, values_at
from generator.spec.pictures import total_pixels_breach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.model import Condition, Json, Rule, Shape


class Judge:
    """Judges bodies of one shape.

    Args:
        shape: The shape.
    """

    def __init__(self, shape: Shape) -> None:
        self._validator = jsonschema_rs.Draft202012Validator(dict(shape.schema))
        self._rules = {rule.schema_path: rule.id for rule in shape.rules}
        self._own = [rule for rule in shape.rules if rule.keyword in {"x-image", "x-total-pixels"}]

    def breaks(self, body: Json) -> frozenset[str]:
        """The ids of the rules that a body breaks.

        Args:
            body: The body; files in it are bytes.

        Raises:
            LookupError: It breaks something that the list of rules lacks.
        """
        return frozenset((*self._of_schema(body), *self._of_own_keywords(body)))

    def _of_schema(self, body: Json) -> Iterator[str]:
        for error in self._validator.iter_errors(_without_bytes(body)):
            path = tuple(error.schema_path)
            if path[-1:] == ("required",) and isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
                path = (*path, error.kind.property)
            if path not in self._rules:
                raise LookupError(f"No rule stands at {path}: {error.message}")
            yield self._rules[path]

    def _of_own_keywords(self, body: Json) -> Iterator[str]:
        for rule in self._own:
            if applies(rule.when, body) and any(_broken(rule, value) for value in values_at(body, steps_of(rule))):
                yield rule.id


def applies(condition: Condition | None, body: Json) -> bool:
    """Whether a rule under this condition applies to a body."""
    if condition is None:
        return True
    return jsonschema_rs.is_valid(dict(condition.schema), _without_bytes(body)) != condition.negated


def _broken(rule: Rule, value: Json) -> bool:
    if rule.keyword == "x-image":
        return breaks_image(value, rule.value)
    return total_pixels_breach(rule.value, value) is not None


def _without_bytes(value: Json) -> Json:
    """The body with a word in place of each file, for a schema looks at text alone."""
    if isinstance(value, bytes):
        return "file"
    if isinstance(value, list):
        return [_without_bytes(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_bytes(item) for key, item in value.items()}
    return value
