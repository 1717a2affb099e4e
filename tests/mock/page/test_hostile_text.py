"""Text from outside stays text, whatever it looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from generator.mock import RunningMock
    from tests.mock.page.browser import Page

MARKUP = "<img src=x onerror=window.hacked=1><script>window.hacked=2</script><b class=foreign>bold</b>"
FILE = '"><svg onload=window.hacked=3><b class=foreign>.png'


def test_no_text_becomes_markup(page: Page, api: httpx.Client, png: bytes) -> None:
    body = {"model": "qwen-image-2.0-pro", "prompt": MARKUP, "size": "512*512", MARKUP: {MARKUP: [MARKUP]}}
    api.post("/v1/images/generations", json=body, headers={"X-Odd": MARKUP, "User-Agent": MARKUP})
    upload = [("image", (FILE, png, "image/png"))]
    api.post("/v1/images/edits", data={"model": "qwen-image-2.0-pro", "prompt": MARKUP}, files=upload)
    api.get(f"/{MARKUP}?{MARKUP}")
    api.post("/v1/images/generations", json=[MARKUP], headers={"X-Mock-Fault": MARKUP})
    page.open()
    rows = page.run("return document.querySelectorAll('.entry').length")
    assert rows == 4
    for row in range(rows):
        page.run("document.querySelectorAll('.entry')[arguments[0]].click()", row)
        page.until("return document.querySelectorAll('.entry')[arguments[0]].hasAttribute('aria-current')", row)
        page.until("return document.querySelector('#detail h2')")
        page.run("for (const fold of document.querySelectorAll('#detail details')) fold.open = true")
        page.one(".actions button").click()
        page.until_text(".copied", "curl")
        assert (
            page.run("return document.querySelectorAll('.foreign, #detail script, #detail svg, img[src=x]').length")
            == 0
        )
    assert page.run("return window.hacked") is None
    assert MARKUP in page.run("return document.getElementById('entries').textContent")


def test_no_address_from_outside_is_followed(page: Page, mock: RunningMock, api: httpx.Client) -> None:
    api.post("/v1/images/generations", json={"model": "qwen-image-2.0-pro", "prompt": "p", "size": "512*512"})
    (entry,) = mock.journal.entries()
    entry.images = ["javascript:window.hacked=1", "https://example.com/x.png", "//example.com/x.png"]
    entry.body = {"image": {"blob": "../../v1/models", "media_type": "image/png", "size": 1, "filename": "x"}}
    mock.journal.update(entry)
    page.open()
    page.one(".entry").click()
    page.until_text("#detail h2", "generateImages")
    assert page.run("return document.querySelectorAll('#detail img, .entry img').length") == 0


def test_scripts_of_others_are_forbidden(mock: RunningMock) -> None:
    for path in ("/", "/_mock/rules"):
        policy = httpx.get(mock.url + path).headers["content-security-policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert (rules["script-src"], rules["connect-src"]) == ("'self'", "'self'")
        assert "unsafe" not in policy
