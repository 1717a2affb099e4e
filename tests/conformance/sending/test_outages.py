"""A gateway that isn't there for a while: a run waits for it, but not for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.conformance.sending.wires import scripted

if TYPE_CHECKING:
    from generator.spec import Contract

OK = httpx.Response(200, json={"data": []})
AWAY = httpx.Response(503)


def test_an_outage_of_some_seconds_is_waited_out(tiny: Contract) -> None:
    made = scripted(tiny, [AWAY] * 8 + [OK])
    assert [made.exchange().answer.status for _ in range(3)] == [503, 503, 200]
    assert 9.5 < sum(made.waits) < 10.5
    assert made.asked == [0.5, 1.0, 4.0, 4.0]


def test_an_outage_that_lasts_is_not_waited_for_again_and_again(tiny: Contract) -> None:
    made = scripted(tiny, [AWAY])
    for _ in range(50):
        made.exchange()
    assert sum(made.asked) == pytest.approx(9.5)


def test_what_answers_in_between_is_no_outage(tiny: Contract) -> None:
    made = scripted(tiny, [AWAY, AWAY, OK] * 5)
    for _ in range(5):
        assert made.exchange().answer.status == 200
    assert made.asked == []
