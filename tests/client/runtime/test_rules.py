"""Rules and their conditions as the generator writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import field, frozen

from generator.client.runtime.request import Request
from generator.client.runtime.rules import (
    AnyOf,
    Check,
    Condition,
    Const,
    DependentRequired,
    Maximum,
    MinProperties,
    Present,
    Required,
    Rule,
    Type,
)
from generator.client.runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping


def _rule(name: str, check: Any, **options: Any) -> Rule:
    return Rule(f"x/{name}", check, "documented", "A page", **options)


@frozen(kw_only=True)
class Whole(Request):
    """A request with constraints on itself as a whole."""

    amount: int | Unset = field(
        default=UNSET,
        metadata={"name": "max-n"},
        validator=[
            _rule("wire", Maximum(1), when=Condition("kind is a", {"the kind": [Present(), Const("a")]})),
            _rule("extra", Maximum(2), when=Condition("new is true", {"new": [Present(), Const(value=True)]})),
        ],
    )
    kind: str | Unset = field(default=UNSET, metadata={"name": "the kind"})
    colours: Mapping[str, int] | Unset = field(default=UNSET, validator=_rule("values", Type("integer"), at="{}"))
    additional_properties: Mapping[str, Any] = field(
        factory=dict,
        validator=[
            _rule("anyOf", AnyOf([Check("the kind", Required())], [Check("colours", Required())])),
            _rule("dependent", DependentRequired({"new": ["max-n"]})),
            _rule("minProperties", MinProperties(1)),
        ],
    )


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"kind": "b", "amount": 9}, []),
        ({"kind": "a", "amount": 9}, [("max-n", "x/wire", "must be at most 1 when kind is a")]),
        (
            {"kind": "b", "amount": 9, "additional_properties": {"new": True}},
            [("max-n", "x/extra", "must be at most 2 when new is true")],
        ),
        (
            {"kind": "b", "additional_properties": {"new": 1}},
            [("", "x/dependent", "must have 'max-n' where it has 'new'")],
        ),
        ({"colours": {"red": 1, "blue": "x"}}, [("colours.blue", "x/values", "must be an integer")]),
        (
            {},
            [
                ("", "x/anyOf", "fits no form that is allowed: the kind is required; or colours is required"),
                ("", "x/minProperties", "must have at least 1 field, has 0"),
            ],
        ),
    ],
)
def test_rules(fields: dict[str, Any], broken: list[tuple[str, str, str]]) -> None:
    assert [(b.field, b.rule, b.message) for b in Whole.check(**fields)] == broken


def test_a_rule_shows_itself_as_it_was_written() -> None:
    condition = Condition("unless kind is a", kind=[Const("a")])
    rule = _rule("n", Maximum(1), at="n", unless=condition)
    assert "Maximum(1)" in repr(rule)
    assert "Condition('kind is a', {'kind': [Const('a')]})" in repr(rule)
    assert rule == _rule("n", Maximum(1), at="n", unless=condition)
