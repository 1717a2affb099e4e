"""The screenshots in the documentation: made by these tests, of the page as it is.

``IMAGE_CONTRACT_SCREENSHOTS=1`` writes them; otherwise they must be there, and of the size that they would have.
"""

from __future__ import annotations

import base64
import io
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from attrs import evolve
from PIL import Image, ImageDraw

from generator import conformance as package
from generator.conformance.exchange import SeenImage
from generator.conformance.explain import words_of
from generator.conformance.verdicts import Outcome
from generator.spec import Level, load_all
from tests.conformance.reports import runs
from tests.conformance.reports.page import ReportPage

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from generator.conformance.exchange import Exchange
    from generator.conformance.verdicts import Finding, Report, Verdict

FOLDER: Final = Path(str(package.__file__)).parent / "screenshots"
SIZE: Final = (1280, 900)
CONTRACT: Final = next(contract for contract in load_all() if contract.name == "powertokens")
SENT: Final = {"model": "wan2.7-image-pro", "prompt": "A flower shop with elegant windows", "n": 2, "seed": 0}


def scene(number: int) -> SeenImage:
    """A picture of hills, the sun higher in each."""
    width, height = 320, 200
    image = Image.new("RGB", (width, height), (196, 222, 240))
    draw = ImageDraw.Draw(image)
    draw.ellipse((210, 60 - 14 * number, 250, 100 - 14 * number), fill=(250, 190, 70))
    draw.polygon([(0, 200), (0, 150), (90, 90), (190, 200)], fill=(80, 130, 110))
    draw.polygon([(120, 200), (220, 110), (320, 170), (320, 200)], fill=(50, 100, 90))
    target = io.BytesIO()
    image.save(target, "PNG")
    return SeenImage("image/png", 1024, 640, target.getvalue())


def whole() -> Report:
    """A run over every rule of a spec."""
    base = {"created": 1_795_000_000, "data": [{"url": f"{runs.URL}/results/{n}.png"} for n in (1, 2)]}
    too_many = _plain(runs.exchange(SENT, runs.answer(200, base), images=[scene(0), scene(1)]))
    rule = "generateImages/prompt/n/maximum/when-model-wan2.7-image-pro"
    found: Finding = evolve(
        runs.finding(rule, too_many),
        source=f"{runs.PAGE}: n",
        note="n: 2, model: wan2.7-image-pro",
        expected="a refusal: a status such as 400 that finds fault with the request",
        came="status 200, with 2 images",
    )
    fails = runs.exchange({**SENT, "prompt": "🎨" * 800}, runs.answer(500, {"error": {"message": "internal error"}}))
    warned: Finding = evolve(
        runs.finding("generateImages/messages/size/pattern", fails, Level.ASSUMED, 'size: "1024x1024"'),
        came="status 500, not a refusal",
    )
    verdicts: list[Verdict] = []
    for each in CONTRACT.rules:
        unseen = "/answer-4" in each.id or "/answer-5" in each.id
        outcome = Outcome.NOT_TESTED if unseen and "400" not in each.id and "401" not in each.id else Outcome.CONFORMS
        outcome = {found.rule: Outcome.VIOLATES, warned.rule: Outcome.WARNS}.get(each.id, outcome)
        why = "no answer had this status" if outcome is Outcome.NOT_TESTED else ""
        verdicts.append(evolve(runs.verdict(each.id, outcome, why, each.level), source=str(each.source)))
    return runs.report(verdicts, [found, warned], searched="1,200 requests in 60 s on 2 operations", seed=42)


def _plain(exchange: Exchange) -> Exchange:
    """With the headers that any request has."""
    usual = ("authorization", "content-type")
    return evolve(exchange, sent=evolve(exchange.sent, headers={name: exchange.sent.headers[name] for name in usual}))


def keep(page: ReportPage, name: str) -> None:
    """Write the screenshot, or compare the one that is there."""
    shot = base64.b64decode(page.driver.get_screenshot_as_base64())
    path = FOLDER / f"{name}.png"
    if os.environ.get("IMAGE_CONTRACT_SCREENSHOTS"):
        path.parent.mkdir(exist_ok=True)
        with Image.open(io.BytesIO(shot)) as image:
            image.convert("RGB").save(path, optimize=True)
    assert path.is_file(), "write it: IMAGE_CONTRACT_SCREENSHOTS=1 pytest tests/conformance/reports/test_screenshots.py"
    with Image.open(path) as kept, Image.open(io.BytesIO(shot)) as made:
        assert kept.size == made.size == SIZE


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> ReportPage:
    return ReportPage(browser, tmp_path / "report.html")


def test_the_report(page: ReportPage) -> None:
    page.open(whole(), width=SIZE[0], height=SIZE[1])
    keep(page, "report")


def test_the_coverage(page: ReportPage) -> None:
    page.open(whole(), width=SIZE[0], height=SIZE[1], dark=True)
    page.run("document.getElementById('coverage').scrollIntoView({behavior: 'instant'})")
    page.run("document.querySelector('.cell.v-violates').focus({focusVisible: true, preventScroll: true})")
    keep(page, "coverage")


def test_a_finding(page: ReportPage) -> None:
    page.open(whole(), width=SIZE[0], height=SIZE[1], words=partial(words_of, CONTRACT))
    page.run("document.querySelector('.finding').scrollIntoView({behavior: 'instant'})")
    keep(page, "finding")
