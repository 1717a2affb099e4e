"""The live journal in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from selenium.webdriver.common.keys import Keys

if TYPE_CHECKING:
    import httpx

    from generator.mock import RunningMock
    from tests.mock.page.browser import Page

BODY = {"model": "qwen-image-2.0-pro", "prompt": "A cat in the sun", "size": "512*512"}
FOCUSED = "return document.activeElement"

# Counts the timers that will ask for news, and whether a question is under way; hides the page on demand.
TIMERS = """
const begin = setTimeout, end = clearTimeout, ask = fetch;
window.waiting = new Set();
window.asking = 0;
window.setTimeout = (what, after, ...rest) => {
  const id = begin(() => { waiting.delete(id); what(); }, after, ...rest);
  if (after === 1000) waiting.add(id);
  return id;
};
window.clearTimeout = (id) => { waiting.delete(id); end(id); };
window.fetch = async (...all) => { asking += 1; try { return await ask(...all); } finally { asking -= 1; } };
window.hide = (hidden) => {
  Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
  document.dispatchEvent(new Event('visibilitychange'));
};
"""


def generate(api: httpx.Client, **fields: object) -> httpx.Response:
    return api.post("/v1/images/generations", json={**BODY, **fields})


def test_a_request_appears_by_itself_with_its_image(page: Page, api: httpx.Client) -> None:
    page.open()
    assert "No requests yet" in page.one("#nothing").text
    assert generate(api, n=2).status_code == 200
    page.until_text(".entry", "A cat in the sun")
    page.until_loaded(".entry img")
    page.one(".entry").click()
    assert page.until_loaded("#detail figure img", 2) == [[512, 512], [512, 512]]
    assert "512 \u00d7 512" in page.one("#detail figcaption").text
    shown = page.one("#detail").text
    assert "qwen-image-2.0-pro" in shown
    assert "Upstream" in shown
    assert "first byte out" in shown


def test_remarks_and_the_model_that_is_meant_are_shown_at_either_address(page: Page, api: httpx.Client) -> None:
    answer = generate(api, colour="<b>red</b>")
    page.open()
    assert "1 remark" in page.one(".entry").text
    request_id = answer.headers["x-request-id"]
    for section in ("request", "requests"):
        page.run(f"location.hash = '#{section}/{request_id}'")
        page.until_text(".remarks", "colour: no document knows this field")
        page.run("location.hash = '#faults'")
        page.until("return document.querySelector('.remarks') === null")


def test_what_was_uploaded_is_shown(page: Page, api: httpx.Client, png: bytes) -> None:
    files = [("image", ("mine.png", png, "image/png"))]
    assert api.post("/v1/images/edits", data=BODY, files=files).status_code == 200
    page.open()
    page.one(".entry").click()
    assert [640, 480] in page.until_loaded("#detail figure img", 2)
    page.until_text("figcaption", "mine.png")


def test_a_rule_that_is_broken_leads_to_its_line(page: Page, api: httpx.Client) -> None:
    assert generate(api, n=9, seed=-1).status_code == 400
    page.open()
    assert "2 rules" in page.one(".entry").text
    page.one(".entry").click()
    page.until_text(".breaches", "must be at most 6")
    page.one(".breaches a.rule").click()
    line = page.until("return document.querySelector('tr:target')?.innerText")
    assert line.split()[0] == "generateImages/prompt/n/maximum"
    place = page.run("return document.querySelector('tr:target').getBoundingClientRect().toJSON()")
    assert 52 <= place["top"] < 800, "the line is on the screen, below the bar"


def test_why_a_request_was_refused_that_broke_no_rule(page: Page, api: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert api.post("/v1/images/generations", content=b'{"model": ', headers=headers).status_code == 400
    page.open()
    page.one(".entry").click()
    page.until_text("#detail", "not JSON")


def test_the_list_can_be_filtered(page: Page, api: httpx.Client) -> None:
    generate(api, prompt="A red boat")
    generate(api, prompt="A blue boat", n=7)
    api.get("/api/v1/models")
    page.open()
    assert len(page.texts(".entry")) == 3
    page.write("#filter-text", "boat blue")
    page.until_text("#shown", "1 of 3")
    assert "A blue boat" in page.texts(".entry")[0]
    page.write("#filter-text", "no such words")
    page.until_text("#nothing", "No request fits")
    page.write("#filter-text", " ")
    page.choose("#filter-operation", "listModels")
    assert ["listModels" in text for text in page.texts(".entry")] == [True]
    page.choose("#filter-operation", "")
    page.choose("#filter-status", "bad")
    assert ["A blue boat" in text for text in page.texts(".entry")] == [True]
    page.choose("#filter-status", "")
    page.choose("#filter-rule", "generateImages/prompt/n/maximum")
    assert ["A blue boat" in text for text in page.texts(".entry")] == [True]


def test_everything_is_within_reach_of_the_keyboard(page: Page, api: httpx.Client) -> None:
    for name in ("one", "two", "three"):
        generate(api, prompt=f"Boat {name}")
    page.open()
    page.press("/")
    page.until("return document.activeElement.id === 'filter-text'")
    page.press(*"boat", Keys.ARROW_DOWN)
    assert "Boat three" in page.run(FOCUSED).text
    page.press(Keys.ARROW_DOWN, Keys.END, Keys.ARROW_UP)
    focused = page.run(FOCUSED)
    assert "Boat two" in focused.text
    assert page.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.press(Keys.ENTER)
    page.until_text("#detail .prompt", "Boat two")
    assert focused.get_attribute("aria-current") == "true"
    reached: list[str] = []
    while not reached or (reached[-1] != "Copy as curl" and len(reached) < 20):
        page.press(Keys.TAB)
        reached.append(page.run(FOCUSED).text)
    assert reached[-1] == "Copy as curl"
    page.press(Keys.ENTER)
    page.until_text(".copied pre", "curl")
    assert page.key not in page.one(".copied pre").text


def test_news_is_told_to_screen_readers(page: Page, api: httpx.Client) -> None:
    generate(api)
    page.open()
    generate(api)
    page.until("return document.getElementById('news').textContent === '1 new request'")
    assert page.run("return document.getElementById('news').getAttribute('aria-live')") == "polite"


def test_a_journal_that_is_emptied_elsewhere_is_empty_here(page: Page, api: httpx.Client, mock: RunningMock) -> None:
    generate(api, prompt="Before")
    page.open()
    page.until_text(".entry", "Before")
    mock.journal.reset()
    generate(api, prompt="After")
    page.until_text(".entry", "After")
    assert len(page.texts(".entry")) == 1
    page.one("#forget").click()
    page.until_text("#nothing", "No requests yet")
    assert len(mock.journal) == 0


def test_what_cannot_be_done_is_told(page: Page, api: httpx.Client, mock: RunningMock) -> None:
    generate(api)
    page.open()
    page.one("#live").click()
    page.one(".entry").click()
    page.until_text("#detail h2", "generateImages")
    mock.journal.reset()
    page.one(".actions button").click()
    page.until_text("#alert", "no request with this id")
    page.one(".brand").click()
    page.until("return document.getElementById('alert').hidden")
    page.driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium's own; the refusal stands in the console


def test_a_request_can_be_taken_elsewhere(page: Page, api: httpx.Client, mock: RunningMock) -> None:
    generate(api)
    page.open()
    page.one(".entry").click()
    href = page.one("#detail a.button").get_attribute("href")
    har = api.get(str(href)).json()
    assert [entry["request"]["url"] for entry in har["log"]["entries"]] == [f"{mock.url}/v1/images/generations"]
    everything = page.one("#har").get_attribute("href")
    assert len(api.get(str(everything)).json()["log"]["entries"]) == 1


def test_it_can_be_paused(page: Page, api: httpx.Client) -> None:
    page.open()
    page.one("#live").click()
    assert page.one("#live").get_attribute("aria-pressed") == "false"
    assert page.one("#live").text == "Paused"
    generate(api)
    page.one("#live").click()
    page.until_text(".entry", "A cat in the sun")


def test_it_asks_for_nothing_while_nobody_looks(page: Page, api: httpx.Client) -> None:
    added = page.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": TIMERS})
    page.open()
    page.until("return waiting.size === 1")
    page.run("hide(true)")
    page.until("return waiting.size === 0 && !asking")
    generate(api)
    page.run("hide(false)")
    page.until_text(".entry", "A cat in the sun")
    page.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_a_fault_that_was_performed_is_told(page: Page, api: httpx.Client) -> None:
    answer = api.post("/v1/images/generations", json=BODY, headers={"X-Mock-Fault": "rate-limit retry-after=7"})
    assert answer.status_code == 429
    page.open()
    assert "fault" in page.one(".entry").text
    page.one(".entry").click()
    page.until_text("#detail", "Fault performed")
    page.until_text("#detail", "rate-limit")


def test_a_thousand_requests_are_no_burden(page: Page, api: httpx.Client, mock: RunningMock) -> None:
    generate(api, prompt="The first")
    entry = mock.journal.entries()[0]
    for number in range(1, 1000):
        body = {**BODY, "prompt": f"Number n{number}n"}
        mock.journal.record(evolve(entry, id=f"made-up-{number}", body=body))
    page.open()
    assert page.run("return document.querySelectorAll('.entry').length") == 1000
    took = page.run(
        "const begun = performance.now(), text = document.getElementById('filter-text'); text.value = 'number n99n';"
        "text.dispatchEvent(new Event('input', {bubbles: true})); document.body.offsetHeight;"
        "return performance.now() - begun"
    )
    assert page.one("#shown").text == "1 of 1000"
    assert took < 1000, "milliseconds; it is some 20 on a machine that does nothing else"
