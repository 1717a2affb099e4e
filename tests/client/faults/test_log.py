"""What a package logs, under its own name."""

from __future__ import annotations

import logging
import re
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
    called = "POST http://127.0.0.1:[0-9]+/v1/images/generations [(]generateImages[)]:"
    assert re.fullmatch(f"{called} attempt 1 answered 503 after [0-9.]+ s", said[0][1])
    assert re.fullmatch(f"{called} attempt 1 failed: 503; the next is in [0-9.]+ s", said[1][1])
    assert re.fullmatch(f"{called} attempt 2 answered 200 after [0-9.]+ s", said[2][1])
    assert {record.name for record in caplog.records} >= {"generated_client.powertokens"}
