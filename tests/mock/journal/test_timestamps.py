"""Times are written as Python's own writer has them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.mock.journal.timestamps import timestamp


@pytest.mark.parametrize("seconds", [1.0, 1_700_000_000.0, 1_700_000_000.25, 1_799_999_999.999999, 1_700_000_001.25])
def test_a_time_is_written_to_the_microsecond(seconds: float) -> None:
    read = datetime.fromisoformat(timestamp(seconds))
    assert abs((read - datetime.fromtimestamp(seconds, UTC)).total_seconds()) <= 1e-6
    assert timestamp(seconds)[19:] == f".{read.microsecond:06d}+00:00"


def test_times_in_order_are_texts_in_order() -> None:
    times = [1_700_000_000 + step / 7 for step in range(50)]
    texts = [timestamp(time) for time in times]
    assert texts == sorted(texts)


def test_no_time_is_no_text() -> None:
    assert timestamp(0) == ""
