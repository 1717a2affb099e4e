"""The stage on which faults are played."""

from __future__ import annotations

import pytest

from .stage import Stage, set_stage


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage on which no client has to wait between its attempts."""
    return set_stage(monkeypatch)
