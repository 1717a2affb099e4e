"""Makes a find as small as it gets, and names the rule to blame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from attrs import evolve, mutable

from generator.conformance.search.reading import LEVELS
from generator.conformance.search.session import OverError
from generator.conformance.search.suspect import Kind, about
from generator.conformance.verdicts import Finding
from generator.spec import Level
from generator.spec.boundary import shown
from generator.spec.boundary.breaches import applies
from generator.spec.boundary.steps import schema_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.conformance.search.session import Ask
    from generator.conformance.search.suspect import Suspect
    from generator.spec import Json, Rule, Shape

_MOST: Final = 24
"""How many requests to spend on making the values of one find plainer."""

_LONG: Final = 40
"""From how many characters on a text's length is worth telling."""


def size_of(body: Json) -> tuple[int, int, str]:
    """By what a body is smaller than another: fewer fields, then fewer characters."""
    text = repr(body) if isinstance(body, bytes) else json.dumps(body, default=repr, sort_keys=True, ensure_ascii=False)
    return len(body), len(text), text


def smaller(ask: Ask, found: Suspect, again: Callable[[Mapping[str, Json]], Suspect | None]) -> Suspect | None:
    """The find without the fields that it doesn't take, the others as plain as they get.

    Args:
        ask: What asks the gateway.
        found: The find.
        again: What becomes of another body.

    Returns:
        The smaller find; None where it can't be told which of the fields it takes, and which rule is to blame hangs on
        that.
    """
    if not isinstance(found.body, dict):
        return found
    state = _Least(found, again)
    ask.budget.is_shrinking = True
    is_proven = False
    try:
        told = [_tried_without(ask, state, name) for name in sorted(found.body)]
        is_proven = all(told)
        for name in culprits_of(ask, state.best):
            _shorten(state, name)
    except OverError:
        pass  # the budget is used up, which the next request will say too
    finally:
        ask.budget.is_shrinking = False
    return state.best if is_proven or found.rule else None


def _tried_without(ask: Ask, state: _Least, name: str) -> bool:
    """Take a field away if the find shows without it; tells whether the gateway let that be known."""
    body = _without(state.best.body, ask.base, name)
    return state.offer(body) or ask.request(body).digest() not in ask.unclear


@mutable
class _Least:
    """The smallest find so far, and what makes sure that a smaller one is still one."""

    best: Suspect
    again: Callable[[Mapping[str, Json]], Suspect | None]
    left: int = _MOST

    def offer(self, body: Mapping[str, Json]) -> bool:
        """Take a smaller body if it shows the same; tells whether it does."""
        if body == self.best.body:
            return False
        suspect = self.again(body)
        if suspect is None or not suspect.shows_what(self.best):
            return False
        self.best = suspect
        return True


def _without(body: Mapping[str, Json], base: Mapping[str, Json], name: str) -> dict[str, Json]:
    """A body with a field taken away, or as plain as it must be."""
    plain = {name: base[name]} if name in base else {}
    return {key: value for key, value in body.items() if key != name} | plain


def _shorten(state: _Least, name: str) -> None:
    """Halve a text or a number for as long as that will do."""
    while state.left > 0 and (offers := _halves(state.best.body.get(name))):
        state.left -= len(offers)
        if not any(state.offer({**state.best.body, name: value}) for value in offers):
            return


def _halves(value: Json) -> list[Json]:
    if isinstance(value, str) and len(value) > 1:
        return [value[: len(value) // 2], value[len(value) // 2 :]]
    if isinstance(value, int) and not isinstance(value, bool) and value > 1:
        return [value // 2, value - 1]
    return []


def blamed(ask: Ask, found: Suspect, levels: Mapping[str, Level]) -> Suspect:
    """A find with the rule to blame: of a right body, that of the field that it isn't taken with.

    Args:
        ask: What asks the gateway.
        found: The find, as small as it gets.
        levels: How certain it is that each field is taken.
    """
    if found.rule or not isinstance(found.body, dict):
        return found
    culprits = culprits_of(ask, found)
    rules = [rule for name in culprits if (rule := nearest_rule(ask.shape, name, found.body))]
    if not rules:
        return found
    certain = [rule.level for rule in rules] + [levels.get(name, Level.ASSUMED) for name in culprits]
    level = LEVELS[max(LEVELS.index(level) for level in (found.level, *certain))]
    words = about(rules[0], found.expected)
    return evolve(found, rule=rules[0].id, level=level, source=str(rules[0].source), expected=words)


def culprits_of(ask: Ask, found: Suspect) -> list[str]:
    """The fields of a find that are not as in the plain body, in the spec's order."""
    base = ask.base
    names = schema_at(ask.shape.schema, ()).get("properties", {})
    return [name for name in names if name in found.body and (name not in base or found.body[name] != base[name])]


def nearest_rule(shape: Shape, name: str, body: Mapping[str, Json]) -> Rule | None:
    """The rule of a field that its value comes closest to breaking; None if the field has none."""
    rules = [rule for rule in shape.rules if rule.keyword != "required" and applies(rule.when, body)]
    own = [rule for rule in rules if rule.field == name]
    below = [rule for rule in rules if rule.field.startswith((f"{name}.", f"{name}["))]
    wanted = _kin(body[name])
    ranked = sorted(
        own or below, key=lambda rule: wanted.index(rule.keyword) if rule.keyword in wanted else len(wanted)
    )
    return ranked[0] if ranked else None


def _kin(value: Json) -> list[str]:
    """The keywords that speak of a value's kind, the most telling first."""
    if isinstance(value, bool):
        return ["const", "enum", "type"]
    if isinstance(value, int | float):
        return ["enum", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "type"]
    if isinstance(value, str | bytes):
        return ["enum", "x-image", "x-total-pixels", "pattern", "maxLength", "minLength", "type"]
    return ["maxItems", "minItems", "x-image", "maxLength", "type"]


def finding_of(ask: Ask, found: Suspect, again: str) -> Finding:
    """A find as the report has it.

    Args:
        ask: What asked the gateway.
        found: The find, with its rule.
        again: The options that find it again.
    """
    note = shown(found.body) if isinstance(found.body, bytes) else _note(ask, found)
    answered = str(found.exchange.answer)
    came = f"{found.came} ({answered})" if found.came else answered
    if found.kind is Kind.CRASHED:
        came += ", each time, while a plain request is answered"
    return Finding(
        operation=ask.operation.id,
        rule=found.rule,
        level=found.level,
        source=found.source,
        case=f"search, {again}",
        note=note,
        expected=found.expected,
        came=came,
        exchange=found.exchange,
    )


def _note(ask: Ask, found: Suspect) -> str:
    base = ask.base
    missing = [f"{name} absent" for name in base if name not in found.body]
    names = [name for name in found.body if name not in base or found.body[name] != base[name]]
    return ", ".join([*missing, *(f"{name}: {_value(found.body[name])}" for name in names)]) or "the plain request"


def _value(value: Json) -> str:
    length = f" ({len(value)} characters)" if isinstance(value, str) and len(value) > _LONG else ""
    return shown(value) + length
