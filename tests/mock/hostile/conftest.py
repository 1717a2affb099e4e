"""A mock in a process of its own, whose memory and end can be watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mock.served import ServedMock, served

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_MEGABYTES = 1000
"""Room for two of the largest images that may be sent, decoded at once, as the mock does."""


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedMock]:
    """The mock; what a module's tests do to it must leave its memory within bounds."""
    with served(tmp_path_factory.mktemp("mock"), "--balance", "1000000") as running:
        yield running
        assert running.megabytes(peak=True) < _MOST_MEGABYTES
