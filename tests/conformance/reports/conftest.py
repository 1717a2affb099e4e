"""Runs made by hand, each with its report, and a browser to look at pages in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.reports import runs
from tests.mock.page.browser import installed, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

    from generator.conformance.verdicts import Report


@pytest.fixture(params=["conforming", "violating", "ended_early", "hostile"])
def any_report(request: pytest.FixtureRequest) -> Report:
    """Each of the runs."""
    made: Report = getattr(runs, request.param)()
    return made


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser that records what it asks the network for."""
    found = installed()
    if found is None:
        pytest.skip("chromium or its driver is missing: apt-get install chromium chromium-driver")
    browser = start(*found, tmp_path_factory.mktemp("browser"), network=True)
    try:
        yield browser
    finally:
        browser.quit()
