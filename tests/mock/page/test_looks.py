"""Whether everybody can read and reach what the page shows: contrast, names, narrow screens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mock.page.browser import PHONE, WIDE, Page

if TYPE_CHECKING:
    import httpx

SECTIONS = ("#requests", "#send", "#faults", "#state")

CONTRASTS = (Path(__file__).parent / "contrasts.js").read_text(encoding="utf-8")


@pytest.fixture
def full(page: Page, api: httpx.Client) -> Page:
    """A page with everything on it: a good request, a refused one, one that met a fault, one that was cut."""
    body = {"model": "qwen-image-2.0-pro", "prompt": "A boat", "size": "512*512"}
    api.post("/v1/images/generations", json=body)
    api.post("/v1/images/generations", json=body, headers={"X-Mock-Fault": "server-error"})
    api.post("/v1/images/generations", json={**body, "n": 9})
    api.post("/_mock/faults", json=["rate-limit times=2", "slow operation=editImages"])
    return page


def show(page: Page, section: str) -> None:
    page.run("location.hash = arguments[0]", section)
    page.until("return document.querySelector(`#section-${arguments[0].slice(1)}`)?.checkVisibility()", section)
    if section == "#faults":
        page.until_text("#fault-list", "2 to come")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_stands_out(full: Page, *, dark: bool) -> None:
    full.open(dark=dark)
    measured: list[tuple[str, float]] = []
    for row in range(3):
        full.run("document.querySelectorAll('.entry')[arguments[0]].click()", row)
        full.until("return document.querySelectorAll('.entry')[arguments[0]].hasAttribute('aria-current')", row)
        full.run("for (const fold of document.querySelectorAll('details')) fold.open = true")
        measured += full.run(CONTRASTS)
    for section in SECTIONS[1:]:
        show(full, section)
        measured += full.run(CONTRASTS)
    full.driver.get(f"{full.url}/_mock/rules#generateImages/prompt/n/maximum")
    measured += full.run(CONTRASTS)
    assert len(measured) > 300
    assert [(name, round(ratio, 2)) for name, ratio in measured if ratio < 4.5] == []


def test_the_two_colour_schemes_differ(page: Page) -> None:
    colours = set()
    for dark in (False, True):
        page.open(dark=dark)
        colours.add(page.run("return getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


def test_every_control_has_a_name(full: Page) -> None:
    full.open()
    full.one(".entry").click()
    named = list(full.named())
    for section in SECTIONS[1:]:
        show(full, section)
        full.run("for (const fold of document.querySelectorAll('details')) fold.open = true")
        named += full.named()
    show(full, "#send")
    full.choose("#send-operation", "editImages")
    full.choose_text("#send-example", "image-edit-qwen (multipart)")
    named += full.named()
    assert len(named) > 60
    assert [role for role, name in named if not name.strip()] == []
    ids = full.run("return [...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_a_narrow_screen_shows_the_list_or_the_request(full: Page) -> None:
    full.open(size=PHONE)
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert not full.run("return document.getElementById('detail').checkVisibility()")
    full.one(".entry").click()
    full.until("return document.getElementById('detail').checkVisibility()")
    assert not full.run("return document.getElementById('entries').checkVisibility()")
    assert full.run(overflow) <= 0
    full.one(".back").click()
    full.until("return document.getElementById('entries').checkVisibility()")
    for section in SECTIONS:
        show(full, section)
        assert full.run(overflow) <= 0, section
    full.device(size=WIDE)
    assert full.run("return document.getElementById('section-state').checkVisibility()")
