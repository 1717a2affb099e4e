"""That a gateway heeds a wish is believed once a request wished for what doesn't come anyway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.conformance import Outcome, Report
from tests.conformance.outcomes import outcomes_of

Judge = Callable[..., Report]
Gateway = Callable[..., Any]
COUNT = "makeImages/json/n/honoured"


def _one_image(answer: dict[str, Any]) -> dict[str, Any]:
    return {"data": answer["data"][:1]}


@pytest.mark.parametrize("most", [1, 2, 3, 4, 6, 8, None])
def test_a_gateway_that_always_makes_one_image_never_conforms(judge: Judge, gateway: Gateway, most: int | None) -> None:
    outcome = outcomes_of(judge(gateway(answers=_one_image), max_billable=most))[COUNT]
    assert outcome in {Outcome.VIOLATES, Outcome.NOT_TESTED}
    if most is None:
        assert outcome is Outcome.VIOLATES


def test_little_money_is_enough_to_see_it(judge: Judge, gateway: Gateway) -> None:
    assert outcomes_of(judge(gateway(answers=_one_image), max_billable=4))[COUNT] is Outcome.VIOLATES


def test_one_that_heeds_it_conforms(judge: Judge, gateway: Gateway) -> None:
    assert outcomes_of(judge(gateway(), max_billable=4))[COUNT] is Outcome.CONFORMS
