"""The mock on a port of its own, for clients that nobody here wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.mock import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.mock import RunningMock


@pytest.fixture(scope="module")
def gateway() -> Iterator[RunningMock]:
    """The mock, over loopback."""
    with running(balance="1000000") as mock:
        yield mock
