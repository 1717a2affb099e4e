"""A real browser, without a window, and what the tests of the page ask of it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from selenium.common.exceptions import TimeoutException
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import Select, WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from selenium.webdriver.remote.webelement import WebElement

PATIENCE: Final = 20  # seconds until a condition must hold
WIDE: Final = (1280, 800)
PHONE: Final = (360, 740)
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=en-GB",
)
_CONTROLS: Final = frozenset(
    {"button", "link", "textbox", "searchbox", "combobox", "spinbutton", "listbox", "DisclosureTriangle", "image"}
)
_REFUSED: Final = "Failed to load resource: the server responded with a status of"


def installed() -> tuple[str, str] | None:
    """The paths of a browser and its WebDriver; None if either is missing."""
    chromium = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    return (chromium, driver) if chromium and driver else None


def start(chromium: str, driver: str, profile: Path, *, network: bool = False) -> Chrome:
    """Start a browser.

    Args:
        chromium: The browser's path.
        driver: The path of its WebDriver.
        profile: An empty folder for what it keeps.
        network: Whether it records what it asks the network for, in its performance log.
    """
    options = ChromeOptions()
    options.binary_location = chromium
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", **({"performance": "ALL"} if network else {})})
    environment = {**os.environ, "TZ": "UTC", "SE_OFFLINE": "true", "SE_AVOID_STATS": "true"}
    browser = Chrome(options=options, service=Service(driver, env=environment))
    browser.set_script_timeout(PATIENCE)
    return browser


@frozen
class Page:
    """The mock's page in the browser.

    Attributes:
        driver: The browser.
        url: The mock's base URL.
        key: A key that it accepts.
    """

    driver: Chrome
    url: str
    key: str

    def open(self, fragment: str = "#requests", *, dark: bool = False, size: tuple[int, int] = WIDE) -> None:
        """Load the page anew, and wait until it shows what it should."""
        self.device(dark=dark, size=size)
        if self.driver.current_url.startswith(self.url):
            self.driver.get("about:blank")  # another fragment alone loads nothing
        self.driver.get(f"{self.url}/{fragment}")
        self.until("return document.documentElement.dataset.ready")

    def device(self, *, dark: bool = False, size: tuple[int, int] = WIDE) -> None:
        """Have the browser prefer a colour scheme, and be of a size in pixels."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def go(self, section: str) -> None:
        """Follow a link of the bar."""
        self.one(f"[data-section={section}]").click()
        self.until("return !document.getElementById('section-' + arguments[0]).hidden", section)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *arguments)

    def until(self, script: str, *arguments: Any) -> Any:
        """Wait until a script returns something true, and return that."""
        try:
            return WebDriverWait(self.driver, PATIENCE, 0.03).until(lambda _: self.run(script, *arguments))
        except TimeoutException:
            shown = self.run("return document.body.innerText")[:2000]
            raise AssertionError(f"It never came true: {script} {arguments}\n{shown}") from None

    def one(self, selector: str) -> WebElement:
        """The first visible element that a selector finds, once there is one."""
        found = "return [...document.querySelectorAll(arguments[0])].find((one) => one.checkVisibility())"
        element: WebElement = self.until(found, selector)
        return element

    def texts(self, selector: str) -> list[str]:
        """The texts of all visible elements that a selector finds."""
        script = (
            "return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility())"
            ".map((one) => one.innerText)"
        )
        found: list[str] = self.run(script, selector)
        return found

    def until_text(self, selector: str, text: str) -> None:
        """Wait until a visible element that a selector finds holds a text."""
        script = (
            "return [...document.querySelectorAll(arguments[0])]"
            ".some((one) => one.checkVisibility() && one.innerText.includes(arguments[1]))"
        )
        self.until(script, selector, text)

    def until_loaded(self, selector: str, count: int = 1) -> list[list[int]]:
        """Wait until so many images are loaded, and return the width and height of each."""
        script = (
            "const all = [...document.querySelectorAll(arguments[0])].filter((one) => one.naturalWidth > 0);"
            "return all.length >= arguments[1] && all.map((one) => [one.naturalWidth, one.naturalHeight])"
        )
        sizes: list[list[int]] = self.until(script, selector, count)
        return sizes

    def write(self, selector: str, text: str) -> None:
        """Write into a field, in place of what stands there."""
        field = self.one(selector)
        field.clear()
        field.send_keys(text)

    def choose(self, selector: str, value: str) -> None:
        """Choose an option by its value."""
        Select(self.one(selector)).select_by_value(value)

    def choose_text(self, selector: str, text: str) -> None:
        """Choose an option by its text."""
        Select(self.one(selector)).select_by_visible_text(text)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def named(self) -> Sequence[tuple[str, str]]:
        """The role of every control that is shown, with the name that it has for a screen reader."""
        tree = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        shown = [node for node in tree if not node["ignored"] and node["role"]["value"] in _CONTROLS]
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in shown]

    def complaints(self) -> list[str]:
        """What stands in the console, apart from APIs' refusals, and which requests went elsewhere."""
        logged: list[dict[str, Any]] = self.driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium's own
        apis = tuple(f"{self.url}{path}" for path in ("/v1/", "/api/"))
        said = [str(entry["message"]) for entry in logged]
        fetched = self.run("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        elsewhere = [name for name in fetched if not name.startswith((f"{self.url}/", "data:"))]
        return [line for line in said if not (line.startswith(apis) and _REFUSED in line)] + elsewhere
