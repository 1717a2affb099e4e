"""What a package logs, under its own name."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from . import acts
from .calls import MAKING_IMAGES, WAYS
from .scripts import script

if TYPE_CHECKING:
    from .calls import Way
    from .stage import Stage


@pytest.mark.parametrize("way", WAYS)
def test_repeats_are_logged_at_info_and_answers_at_debug(
    way: Way, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "generated_client.powertokens")
    stage.play(script(acts.answered(503), acts.done()), MAKING_IMAGES, way)
    said = [(record.levelname, record.getMessage()) for record in caplog.records if record.name.startswith("gen")]
    assert [level for level, _ in said] == ["DEBUG", "INFO", "DEBUG"]
    assert "503" in said[0][1]
    assert "/v1/images/generations: attempt 1 failed; the next is in" in said[1][1]
    assert "200" in said[2][1]
    assert {record.name for record in caplog.records} >= {"generated_client.powertokens"}
