"""Every keyword that can be a rule of a request has words for what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.mock.judging.wording import field_name, wanted
from generator.spec import Place

if TYPE_CHECKING:
    from generator.spec import Contract


def test_no_rule_is_left_without_words(contracts: tuple[Contract, ...]) -> None:
    rules = [rule for contract in contracts for rule in contract.rules if rule.place is Place.BODY]
    assert rules
    for rule in rules:
        if not rule.keyword.startswith("x-"):
            assert "must satisfy" not in wanted(rule), rule.id


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), "body"),
        (("n",), "n"),
        (("input", "messages", 0, "role"), "input.messages[0].role"),
        (("a", 1, 2), "a[1][2]"),
    ],
)
def test_field_name(path: tuple[str | int, ...], name: str) -> None:
    assert field_name(path) == name
