"""How long the client waits between attempts."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest

from . import acts
from .calls import MAKING_IMAGES, WAYS
from .scripts import Script

if TYPE_CHECKING:
    from .calls import Way
    from .stage import Stage

_NOW = 1763700000.0  # seconds, as Unix time


def _pause(stage: Stage, way: Way, retry_after: str, *, deadline: float = 600.0) -> float:
    again = acts.answered(429, Retry_After=retry_after)
    ending = stage.play(Script((again, acts.done()), deadline=deadline), MAKING_IMAGES, way)
    assert ending.error is None
    assert ending.images == 1
    (pause,) = stage.pauses
    return pause


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("said", "least", "most"), [("0", 0, 0), ("7", 7, 7.7), ("119", 119, 120), ("3600", 120, 120)])
def test_retry_after_in_seconds_is_kept_to_and_capped(
    said: str, least: float, most: float, way: Way, stage: Stage
) -> None:
    assert least <= _pause(stage, way, said) <= most


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("ahead", "bounds"), [(-60, (0, 0)), (30, (30, 33)), (86400, (120, 120))])
def test_retry_after_as_a_date_is_kept_to_and_capped(
    ahead: float, bounds: tuple[float, float], way: Way, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: _NOW)
    least, most = bounds
    assert least <= _pause(stage, way, formatdate(_NOW + ahead, usegmt=True)) <= most


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("said", ["", "soon", "-5", "1.5", "9" * 400, "Wed, 99 Foo 2099 25:61:61 GMT"])
def test_a_retry_after_that_says_nothing_makes_no_long_pause(said: str, way: Way, stage: Stage) -> None:
    assert 0 <= _pause(stage, way, said) <= 120


@pytest.mark.parametrize("way", WAYS)
def test_pauses_grow_and_are_never_the_same_for_all(way: Way, stage: Stage) -> None:
    for _ in range(3):
        stage.play(Script((acts.answered(503),), deadline=600.0), MAKING_IMAGES, way)
    first, second = stage.pauses[::2], stage.pauses[1::2]
    assert all(0.25 <= pause <= 0.5 for pause in first)
    assert all(0.5 <= pause <= 1 for pause in second)
    assert len(set(stage.pauses)) == 6


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("said", "deadline"), [("30", 20.0), ("3600", 119.0)])
def test_a_pause_past_the_deadline_is_not_begun(said: str, deadline: float, way: Way, stage: Stage) -> None:
    script = Script((acts.answered(429, Retry_After=said), acts.done()), deadline=deadline)
    ending = stage.play(script, MAKING_IMAGES, way)
    assert type(ending.error).__name__ == "TooManyRequests"
    assert not stage.pauses
    assert stage.sent == 1
