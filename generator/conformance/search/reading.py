"""What must come of a body under every reading of the documents; nothing where a reading would allow either."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from generator.conformance.blanks import is_left_blank
from generator.conformance.search.fields import top_of
from generator.spec import Level
from generator.spec.boundary.breaches import Judge
from generator.spec.boundary.steps import schema_at, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec import Json, Operation, Rule, Shape

LEVELS: Final = (Level.DOCUMENTED, Level.PUBLISHED, Level.ASSUMED)
"""From the most certain to the least."""
_SLACK: Final = re.compile(r"[\s+_]|(?<![0-9.])0+(?=[0-9])")
"""What lenient readers skip in numbers: white space, a plus sign, leading zeros."""
_FORM_BOOLEANS: Final = frozenset({"", "0", "1", "true", "false", "on", "off", "yes", "no", "t", "f", "y", "n", "null"})
_NUMBER: Final = re.compile(r"\s*[+-]?[0-9][0-9_]*(\.0*)?([eE][+-]?[0-9]+)?\s*")
_FIRST: Final = ("required", "type", "enum", "const", "pattern", "x-total-pixels")


@frozen
class Refusal:
    """That a body must be refused.

    Attributes:
        level: How certain that is: that of the reading that is least sure of it.
        rules: The rules that it breaks as the shape that it means, the one to blame first.
    """

    level: Level
    rules: tuple[Rule, ...]

    @property
    def rule(self) -> Rule:
        """The rule to blame."""
        return self.rules[0]


@frozen
class Reader:
    """Reads bodies of one operation.

    Attributes:
        operation: The operation.
    """

    operation: Operation
    _judges: dict[str, Judge] = field(factory=dict, init=False, repr=False)

    def refusal(self, media_type: str, body: Json) -> Refusal | None:
        """Why a body must be refused, however it is read.

        A null counts as absent to some and as wrong to others; unknown fields are refused by some; a model may
        ignore a field; a lenient reader skips white space and letters' case. Such a body tells nothing.

        Args:
            media_type: The media type that it is sent as.
            body: The body; files in it are bytes.

        Returns:
            The refusal; None if some reading takes the body.
        """
        meant = self.operation.shape_meant(media_type, body)
        if meant is None or not isinstance(body, dict):
            return None
        levels = []
        for shape in self.operation.shapes_of(media_type):
            broken = self._surely_broken(shape, body)
            if not broken:
                return None
            levels.append(min(LEVELS.index(rule.level) for rule in broken))
        rules = self._surely_broken(meant, body)
        certain = LEVELS[max(levels)]
        return Refusal(certain, tuple(sorted(rules, key=lambda rule: _rank(meant, rule))))

    def is_right(self, media_type: str, body: Json) -> bool:
        """Whether a body keeps every rule of the shape that it means."""
        meant = self.operation.shape_meant(media_type, body)
        return meant is not None and self._breaks(meant, body) == frozenset()

    def broken_fields(self, media_type: str, body: Json) -> set[str]:
        """The fields whose rules a body breaks."""
        meant = self.operation.shape_meant(media_type, body)
        broken = (self._breaks(meant, body) if meant else None) or frozenset()
        return {top_of(rule) for rule in (meant.rules if meant else ()) if rule.id in broken}

    def _surely_broken(self, shape: Shape, body: Mapping[str, Json]) -> list[Rule]:
        strict, lenient = self._breaks(shape, body), self._breaks(shape, _lenient(shape, body))
        if strict is None or lenient is None:
            return []
        return [rule for rule in shape.rules if rule.id in strict & lenient and not _is_open(shape, rule, body)]

    def _breaks(self, shape: Shape, body: Json) -> frozenset[str] | None:
        """The rules that a body breaks; None where it breaks what no rule says, a text for a file, say."""
        if shape.name not in self._judges:
            self._judges[shape.name] = Judge(shape)
        try:
            return self._judges[shape.name].breaks(body)
        except LookupError:
            return None


def _rank(shape: Shape, rule: Rule) -> tuple[int, int, int]:
    """The order of blame: what is most certain; what is most basic; what stands first."""
    basic = _FIRST.index(rule.keyword) if rule.keyword in _FIRST else len(_FIRST)
    return LEVELS.index(rule.level), basic, shape.rules.index(rule)


def _is_open(shape: Shape, rule: Rule, body: Mapping[str, Json]) -> bool:
    """Whether a reading lets a body break this rule."""
    steps = steps_of(rule)
    if rule.keyword == "additionalProperties":
        return True
    if any(
        schema_at(shape.schema, steps[:end]).get("x-varies-by-model") == "ignores" for end in range(1, len(steps) + 1)
    ):
        return True
    if is_left_blank(shape, body, top_of(rule)):
        return True
    return shape.is_multipart and _is_open_in_a_form(rule, schema_at(shape.schema, steps), body, top_of(rule))


def _is_open_in_a_form(rule: Rule, stated: Mapping[str, Json], body: Mapping[str, Json], name: str) -> bool:
    """Whether what stands in a form may be read so that it keeps the rule: all is text there, and parts repeat."""
    value = body.get(name)
    if isinstance(value, dict | list) and stated.get("type") not in {"array", "object"} and rule.keyword != "x-image":
        return True
    if not isinstance(value, str):
        return rule.keyword == "type"
    types = stated.get("type")
    if types == "boolean":
        return value.strip().casefold() in _FORM_BOOLEANS
    if types in {"integer", "number"}:
        return not value.strip() or _NUMBER.fullmatch(unicodedata.normalize("NFKC", value)) is not None
    return False


def _lenient(shape: Shape, body: Json) -> Json:
    """A body as the most lenient reader has it."""
    return _lenient_at(shape.schema, body)


def _lenient_at(schema: Mapping[str, Json], value: Json) -> Json:
    merged = schema_at(schema, ()) if schema else {}
    if isinstance(value, dict):
        below = merged.get("properties", {})
        return {key: _lenient_at(below.get(key, {}), item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_lenient_at(merged.get("items", {}), item) for item in value if item is not None]
    return _lenient_text(merged, value) if isinstance(value, str) else value


def _lenient_text(schema: Mapping[str, Json], text: str) -> str:
    if "enum" in schema:
        folded = _folded(text)
        return next((known for known in schema["enum"] if isinstance(known, str) and _folded(known) == folded), text)
    if "pattern" in schema or "x-total-pixels" in schema:
        tidy = _SLACK.sub("", unicodedata.normalize("NFKC", text))
        found = (one for one in (tidy, tidy.upper(), tidy.lower()) if re.search(schema.get("pattern", ""), one))
        return next(found, text)
    return text


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", text)).casefold()


def has_nulls(body: Json) -> bool:
    """Whether a null stands anywhere in a body."""
    return any(value is None for value in _all_values(body))


def is_sendable(body: Json) -> bool:
    """Whether JSON and UTF-8 can carry a body: no number that is none, no half of a surrogate pair."""
    for value in _all_values(body):
        if isinstance(value, float) and (value != value or value in {float("inf"), float("-inf")}):  # noqa: PLR0124  NaN
            return False
        if isinstance(value, str) and any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):  # noqa: PLR2004  surrogates
            return False
    return True


def _all_values(body: Json) -> Iterator[Json]:
    yield body
    if isinstance(body, dict):
        for key, value in body.items():
            yield key
            yield from _all_values(value)
    elif isinstance(body, list):
        for value in body:
            yield from _all_values(value)
