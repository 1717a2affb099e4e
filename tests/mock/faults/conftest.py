"""A mock that is served, and what calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from generator.mock import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.mock import RunningMock
    from generator.mock.handle import MockControl


@pytest.fixture(scope="module")
def served() -> Iterator[RunningMock]:
    with running(keys=["the-callers-key", "another-callers-key"], seed=1) as mock:
        yield mock


@pytest.fixture
def mock(served: RunningMock) -> MockControl:
    """The handle of a mock that is served and has seen nothing yet."""
    handle: MockControl = served.app.state.mock
    handle.reset()
    return handle


@pytest.fixture
def http(served: RunningMock, mock: MockControl) -> Iterator[httpx.Client]:
    """What calls that mock."""
    assert not mock.journal.entries()
    headers = {"Authorization": f"Bearer {served.key}"}
    with httpx.Client(base_url=served.url, headers=headers, timeout=20) as client:
        yield client
