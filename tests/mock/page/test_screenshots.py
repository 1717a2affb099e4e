"""The screenshots in the documentation: made by these tests, of the page as it is.

``IMAGE_CONTRACT_SCREENSHOTS=1`` writes them; otherwise they must be there, and of the size that they would have.
"""

from __future__ import annotations

import base64
import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image

from generator import mock as package

if TYPE_CHECKING:
    import httpx

    from tests.mock.page.browser import Page

FOLDER: Final = Path(str(package.__file__)).parent / "screenshots"
README: Final = FOLDER.parent / "README.md"
SIZE: Final = (1280, 860)
SHOP: Final = "A flower shop with elegant windows, a beautiful wooden door, displaying flowers"
CAT: Final = "A cute orange cat sitting on a windowsill, sunlight shining on it, realistic style"


def keep(page: Page, name: str) -> None:
    """Write the screenshot, or compare the one that is there."""
    shot = base64.b64decode(page.driver.get_screenshot_as_base64())
    path = FOLDER / f"{name}.png"
    if os.environ.get("IMAGE_CONTRACT_SCREENSHOTS"):
        path.parent.mkdir(exist_ok=True)
        with Image.open(io.BytesIO(shot)) as image:
            image.convert("RGB").save(path, optimize=True)
    assert path.is_file(), "write it: IMAGE_CONTRACT_SCREENSHOTS=1 pytest tests/mock/page/test_screenshots.py"
    with Image.open(path) as kept, Image.open(io.BytesIO(shot)) as made:
        assert kept.size == made.size == SIZE
    assert f"screenshots/{name}.png" in README.read_text(encoding="utf-8")


@pytest.fixture
def busy(page: Page, api: httpx.Client, png: bytes) -> Page:
    """A page with some requests of every kind."""
    wan = {"model": "wan2.7-image-pro", "input": {"messages": [{"role": "user", "content": [{"text": SHOP}]}]}}
    qwen = {"model": "qwen-image-2.0-pro", "prompt": CAT}
    api.get("/api/v1/models", params={"type": "inpaint"})
    api.post("/v1/images/generations", json={**qwen, "size": "1024*1024", "n": 2, "response_format": "url"})
    api.post("/v1/images/generations", json=qwen, headers={"X-Mock-Fault": "rate-limit retry-after=2"})
    upload = [("image", ("flags.png", png, "image/png"))]
    api.post("/v1/images/edits", data={**qwen, "prompt": "Make it night", "size": "1024*768"}, files=upload)
    api.post("/v1/images/generations", json={"model": "wan2.7-image-pro", "prompt": SHOP, "n": 4, "seed": -1})
    api.post("/v1/images/generations", json={**wan, "size": "1K", "n": 4, "enable_sequential": True, "seed": 0})
    return page


def test_the_journal(busy: Page) -> None:
    busy.open(size=SIZE)
    busy.one(".entry").click()
    busy.until_loaded("#detail figure img", 4)
    busy.until_loaded(".entry img", 3)
    busy.until("return [...document.querySelectorAll('figcaption small')].every((one) => one.textContent)")
    keep(busy, "journal")


def test_a_refused_request(busy: Page) -> None:
    busy.open(size=SIZE, dark=True)
    busy.run("document.querySelectorAll('.entry')[1].click()")
    busy.until_text(".breaches", "must be at most 1 when model is wan2.7-image-pro")
    busy.until_loaded(".entry img", 3)
    keep(busy, "refused")


def test_the_form(busy: Page) -> None:
    busy.open(f"#key={busy.key}", size=SIZE)
    busy.go("send")
    busy.one("#send-button").click()
    busy.until_text("#send-status", "200")
    busy.until_loaded("#send-result figure img")
    busy.run("document.activeElement.blur()")
    keep(busy, "form")


def test_the_readme_shows_no_other() -> None:
    shown = re.findall(r"screenshots/([\w-]+\.png)", README.read_text(encoding="utf-8"))
    assert sorted(set(shown)) == sorted(path.name for path in FOLDER.iterdir())
