"""Scripted faults, the clock and the reset, in a browser."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from generator.mock import RunningMock
    from tests.mock.page.browser import Page

BODY = {"model": "qwen-image-2.0-pro", "prompt": "A boat", "size": "512*512"}


def status(api: httpx.Client) -> int:
    return api.post("/v1/images/generations", json=BODY).status_code


def button(page: Page, text: str) -> None:
    """Click the visible button with this text."""
    script = (
        "return [...document.querySelectorAll('button')]"
        ".find((one) => one.checkVisibility() && one.innerText === arguments[0])"
    )
    page.until(script, text).click()


def test_a_ready_made_fault_hits_the_next_requests(page: Page, api: httpx.Client, mock: RunningMock) -> None:
    page.open("#faults")
    assert "Nothing is scripted" in page.one("#fault-list").text
    button(page, "rate-limit")
    page.write("#fault-times", "2")
    page.choose("#fault-operation", "generateImages")
    button(page, "Add")
    page.until_text("#fault-list", "2 to come")
    assert api.get("/api/v1/models").status_code == 200
    assert [status(api) for _ in range(3)] == [429, 429, 200]
    page.go("requests")
    page.go("faults")
    page.until_text("#fault-list", "used up")
    (first, *_) = [entry for entry in mock.journal.entries() if entry.status == 429]
    page.one("#fault-list .use").click()
    page.until_text("#detail", first.id)


def test_a_fault_of_several_fields_can_be_put_together_and_removed(page: Page, api: httpx.Client) -> None:
    page.open("#faults")
    page.one("#fault-form summary").click()
    page.write("#fault-fields [name=status]", "503")
    page.write("#fault-fields [name=content-type]", "text/plain; charset=utf-8")
    expected = 'status=503 content-type="text/plain; charset=utf-8"'
    assert page.one("#fault-text").get_attribute("value") == expected
    button(page, "Add")
    page.until_text("#fault-list", "1 to come")
    button(page, "Add")
    page.until("return document.querySelectorAll('.fault-row').length === 2")
    button(page, "Remove")
    page.until("return document.querySelectorAll('.fault-row').length === 1")
    assert [status(api), status(api)] == [503, 200]
    button(page, "Remove all")
    page.until_text("#fault-list", "Nothing is scripted")


def test_what_is_no_fault_is_told(page: Page) -> None:
    page.open("#faults")
    page.write("#fault-text", "ratelimit")
    button(page, "Add")
    page.until_text("#fault-status", "did you mean rate-limit")
    page.driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium's own; the refusal stands in the console


def test_the_clock_can_be_moved(page: Page, api: httpx.Client, mock: RunningMock) -> None:
    url = api.post("/v1/images/generations", json=BODY).json()["data"][0]["url"]
    page.open("#state")
    page.until_text("#clock-offset", "Real time")
    button(page, "+ 24 hours")
    page.until_text("#clock-offset", "1 day ahead")
    page.write("#clock-seconds", "3600")
    button(page, "Move")
    page.until_text("#clock-offset", "1.04 days ahead")
    assert api.get(url).status_code == 403
    button(page, "Back to now")
    page.until_text("#clock-offset", "Real time")
    assert mock.clock.offset == 0
    assert api.get(url).status_code == 200


def test_balances_can_be_changed(page: Page, mock: RunningMock) -> None:
    wallet = f"0x{'a1' * 20}"
    page.open("#state")
    page.until_text("#balances", "$25.00")
    button(page, "+ 10.00")
    page.until_text("#balances", "$35.00")
    button(page, "Empty")
    page.until_text("#balances", "$0.00")
    assert mock.control.balances.of(key=mock.key) == 0
    page.write("#balance-account", wallet)
    page.write("#balance-usd", "1.50")
    button(page, "Set the balance")
    page.until_text("#balances", "$1.50")
    assert mock.control.balances.of(wallet=wallet) == Decimal("1.5")
    assert page.key not in page.one("#section-state").text


def test_everything_can_be_reset(page: Page, api: httpx.Client, mock: RunningMock) -> None:
    status(api)
    mock.clock.move(60)
    mock.control.faults.add("slow")
    page.open("#state")
    button(page, "Reset everything")
    page.until_text("#state-status", "as at the start")
    assert (len(mock.journal), mock.clock.offset, mock.control.faults.steps()) == (0, 0, ())
    page.go("requests")
    page.until_text("#nothing", "No requests yet")
