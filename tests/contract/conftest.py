"""Fixtures of the contract tests: the mock in this process, asked by bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.mock import create_app, transport

from .calls import KEY
from .subjects import contracts
from .verdicts import MockSide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette


@pytest.fixture(scope="module")
def mock_app() -> Starlette:
    """The mock of every spec."""
    return create_app(contracts(), keys=(KEY,))


@pytest.fixture(scope="module")
def mock_side(mock_app: Starlette) -> Iterator[MockSide]:
    """The mock, in this process."""
    with transport(mock_app) as way:
        yield MockSide(way)
