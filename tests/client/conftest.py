"""What the tests of the generator share: the marker of traps, and packages by the raw generator and by ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .packages import Pair, generated

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known that says which trap of the raw generator a test guards."""
    config.addinivalue_line("markers", "trap(number): a trap of the raw generator, by its number in test_traps.py")


@pytest.fixture(scope="module")
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The raw generator's package and ours, from the text that the test's module calls ``SPEC``."""
    name = request.module.__name__.rpartition("test_traps_of_")[2]
    with generated(tmp_path_factory.mktemp(name), request.module.SPEC, name) as made:
        yield made
