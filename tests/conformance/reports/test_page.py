"""The page in a real browser, opened from disk: it stays at home, everybody can read it and reach everything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from selenium.webdriver.common.keys import Keys

from tests.conformance.reports import runs
from tests.conformance.reports.page import ReportPage
from tests.mock.page import browser as of_the_mock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

    from generator.conformance.verdicts import Report

CONTRASTS = (Path(str(of_the_mock.__file__)).parent / "contrasts.js").read_text(encoding="utf-8")
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Iterator[ReportPage]:
    page = ReportPage(browser, tmp_path / "report.html")
    yield page
    said, asked = page.logs()
    assert said == []
    assert {url for url in asked if not url.startswith("data:")} <= {page.path.as_uri()}
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.get("about:blank")


def test_no_request_leaves_the_page(page: ReportPage, any_report: Report) -> None:
    page.open(any_report)
    said, asked = page.logs()
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [page.path.as_uri()]
    assert page.run("return window.hacked") is None
    assert page.run("return document.querySelectorAll('.foreign').length") == 0


@pytest.mark.parametrize("width", [400, 1600])
def test_the_page_itself_never_scrolls_sideways(page: ReportPage, any_report: Report, width: int) -> None:
    page.open(any_report, width=width)
    page.run("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert page.run(OVERFLOW) <= 0
    too_wide = page.run(
        "return [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility()"
        " && !one.closest('.wide, pre, .tip, .hidden') && one.getBoundingClientRect().right > innerWidth + 1)"
        ".map((one) => one.outerHTML.slice(0, 80))"
    )
    assert too_wide == []
    if width == 400:
        assert page.run("return [...document.querySelectorAll('.wide, pre')].some((one) => one.scrollWidth > 400)")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_stands_out(page: ReportPage, *, dark: bool) -> None:
    measured: list[tuple[str, float]] = []
    for report in (runs.violating(), runs.ended_early()):
        page.open(report, dark=dark)
        page.run("for (const fold of document.querySelectorAll('details')) fold.open = true")
        page.run("document.querySelector('.tip').style.setProperty('display', 'block')")
        measured += page.run(CONTRASTS)
    assert len(measured) > 150
    assert [(name, round(ratio, 2)) for name, ratio in measured if ratio < 4.5] == []
    assert (page.run("return getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 26)") == dark


def test_the_keyboard_reaches_everything(page: ReportPage) -> None:
    page.open(runs.violating())
    assert page.tab_to(".skip") == 1
    page.tab_to("#show-conforms")
    page.press(Keys.SPACE)
    assert not page.run("return document.getElementById('show-conforms').checked")
    page.press(Keys.SPACE)
    page.tab_to(".copy")
    page.tab_to(".wide .cell.v-violates", 200)
    assert page.shown(".cell:focus-visible .tip") == [
        "violates generateImages/prompt/n/maximum documented, judged 2 of 2"
    ]
    page.press(Keys.ENTER)
    assert page.run("return document.querySelector(':target').innerText").startswith("✗ violates")
    assert page.run("return document.querySelector(':target').getBoundingClientRect().top") < 900


def test_every_control_has_a_name_and_every_wide_part_can_be_scrolled(page: ReportPage) -> None:
    page.open(runs.violating())
    tree = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = {"button", "link", "checkbox", "image", "region", "DisclosureTriangle"}
    named = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree
        if not node["ignored"] and node["role"]["value"] in roles
    ]
    assert len(named) > 40
    assert [role for role, name in named if not name.strip()] == []
    assert page.run("return [...document.querySelectorAll('.wide, pre')].every((one) => one.tabIndex === 0)")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_verdicts_can_be_left_out_without_a_script_too(page: ReportPage, *, scripts: bool) -> None:
    page.open(runs.violating(), scripts=scripts)
    assert len(page.shown(".finding")) == 4
    assert len(page.shown(".rules li")) == len(page.shown(".cell")) == len(runs.RULES)
    page.driver.find_element("css selector", "#show-conforms").click()
    page.driver.find_element("css selector", "#show-warns").click()
    assert len(page.shown(".finding")) == 2
    assert len(page.shown(".rules li")) == len(page.shown(".cell")) == 4
    assert page.shown(".copy") == (["Copy"] * 2 if scripts else [])


def test_a_line_for_curl_can_be_copied(page: ReportPage) -> None:
    page.open(runs.violating())
    grant = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    page.driver.execute_cdp_cmd("Browser.grantPermissions", grant)
    page.driver.find_element("css selector", ".copy").click()
    page.run("return document.getElementById('news').textContent")
    read = "navigator.clipboard.readText().then(arguments[0], (error) => arguments[0](String(error)))"
    copied = page.driver.execute_async_script(read)
    assert copied == page.run("return document.getElementById('curl-1').textContent")
    assert "$IMAGE_CONTRACT_TOKEN" in copied


def test_images_that_came_and_that_were_sent_are_seen(page: ReportPage) -> None:
    page.open(runs.violating())
    sizes = page.run(
        "return [...document.querySelectorAll('figure img')].map((one) => [one.naturalWidth, one.naturalHeight])"
    )
    assert sizes == [[96, 64]] * 4
    assert page.shown(".blank") == ["not kept"]


def test_a_report_of_many_findings_begins_with_their_list(page: ReportPage) -> None:
    report = runs.violating()
    many = [evolve(each, rule=f"{each.rule}/when-{number}") for number in range(50) for each in report.findings]
    page.open(evolve(report, findings=many), width=400)
    assert page.run("return document.querySelectorAll('.finding').length") == 200
    assert page.run(OVERFLOW) <= 0
    listed = page.shown(".index li")
    assert (len(listed), listed[0]) == (200, f"{runs.RULES[9]}/when-0 n: 7")
    page.tab_to(".index a")
    page.press(Keys.ENTER)
    assert page.run("return document.querySelector(':target').id") == "finding-1"
    page.open(report)
    assert page.shown(".index") == []


def test_all_of_it_comes_out_on_paper(page: ReportPage, any_report: Report) -> None:
    page.open(any_report, width=760)
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        cut = page.run(
            "return [...document.querySelectorAll('pre, .wide, .index')].filter((one) => one.scrollHeight >"
            " one.clientHeight + 2 || one.scrollWidth > innerWidth).map((one) => one.outerHTML.slice(0, 80))"
        )
        assert cut == []
        assert page.shown(".bar, .copy, .skip") == []
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
