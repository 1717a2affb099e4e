"""A browser for all tests of the page, and a mock for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from generator.mock import create_app, running
from tests.mock.page.browser import Page, installed, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selenium.webdriver import Chrome
    from starlette.applications import Starlette

    from generator.mock import RunningMock
    from generator.spec import Contract


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    found = installed()
    if found is None:
        pytest.skip("chromium or its driver is missing: apt-get install chromium chromium-driver")
    browser = start(*found, tmp_path_factory.mktemp("browser"))
    try:
        yield browser
    finally:
        browser.quit()


@pytest.fixture
def mock(contracts: tuple[Contract, ...]) -> Iterator[RunningMock]:
    def make_app(*, keys: Sequence[str], seed: int) -> Starlette:
        return create_app(contracts, keys=keys, seed=seed)

    with running(make_app) as mock:
        yield mock


@pytest.fixture
def page(browser: Chrome, mock: RunningMock) -> Iterator[Page]:
    page = Page(browser, mock.url, mock.key)
    page.driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium's own; what an earlier test left
    yield page
    assert page.complaints() == []
    browser.get("about:blank")


@pytest.fixture
def api(mock: RunningMock) -> Iterator[httpx.Client]:
    """Calls the mock as its users do."""
    with httpx.Client(base_url=mock.url, headers={"Authorization": f"Bearer {mock.key}"}) as client:
        yield client
