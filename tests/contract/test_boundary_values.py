"""Every rule's last good and first bad value, as the client and the mock take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.spec.boundary import cases

from .agreement import disagreement
from .forms import given_body
from .subjects import Subject, subjects
from .verdicts import ClientSide, MockSide, Verdict

if TYPE_CHECKING:
    from generator.spec import Rule

# A deprecated field is a legal one; that it warns is for other tests.
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")


@pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.id)
def test_both_sides_take_the_good_values_and_name_the_rule_that_a_bad_one_breaks(
    subject: Subject, mock_side: MockSide
) -> None:
    """A bad body breaks one rule, and both sides name that one and no other."""
    client_side = ClientSide(subject)
    wrong = []
    for case in cases(subject.operation, subject.shape):
        expected = Verdict(accepted=case.side == "good", rules=frozenset(case.breaks))
        if difference := disagreement(mock_side.verdict(subject, case.body), expected):
            wrong.append(f"mock, {case.note}: {difference}")
        # Who calls the client with something else than an object can't even name its fields.
        if isinstance(case.body, dict) and (
            difference := disagreement(client_side.verdict(given_body(subject, case)), expected)
        ):
            wrong.append(f"client, {case.note}: {difference}")
    assert wrong == []


@pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.id)
def test_every_rule_has_a_good_and_a_bad_value(subject: Subject) -> None:
    """So that no rule goes untested above."""
    tried = {(case.rule.id, case.side) for case in cases(subject.operation, subject.shape)}
    wanted = {(rule.id, side) for rule in subject.shape.rules for side in ("good", "bad")}
    unbreakable = [rule for rule in subject.shape.rules if subject.shape.is_multipart and _always_holds_in_forms(rule)]
    assert wanted - tried <= {(rule.id, "bad") for rule in unbreakable}


def _always_holds_in_forms(rule: Rule) -> bool:
    """Whether no form can break a rule.

    A form is an object, all text in it is a string, every field may be there once or more; an array without items is
    an absent one, which is for `required` to tell.
    """
    always = {"type": ("string", "object", "array"), "minItems": (1,)}
    return rule.value in always.get(rule.keyword, ())
