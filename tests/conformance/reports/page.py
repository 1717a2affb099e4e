"""A report's page in a browser, opened from disk, and what the tests ask of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import frozen
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys

from generator.conformance.reports.files import write_whole
from generator.conformance.reports.html import as_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.conformance.reports.baseline import Baseline
    from generator.conformance.verdicts import Report

SUITE = "This suite finds 158 of 158 known defects, with no false alarm, so that a green result has a meaning."
_HEIGHT = 900


@frozen
class ReportPage:
    """A report's page.

    Attributes:
        driver: The browser.
        path: The file.
    """

    driver: Chrome
    path: Path

    def open(
        self,
        report: Report,
        *,
        width: int = 1280,
        height: int = _HEIGHT,
        dark: bool = False,
        scripts: bool = True,
        baseline: Baseline | None = None,
        words: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Write a report, and open it as a user does who was sent the file."""
        write_whole(self.path, as_html(report, SUITE, baseline, words))
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.get("about:blank")
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        self.logs()
        self.driver.get(self.path.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *arguments)

    def shown(self, selector: str) -> list[str]:
        """The texts of all visible elements that a selector finds."""
        script = (
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter((one) => one.checkVisibility({visibilityProperty: true})).map((one) => one.innerText.trim())"
        )
        found: list[str] = self.run(script, selector)
        return found

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def tab_to(self, selector: str, most: int = 60) -> int:
        """Press Tab until an element has the focus; how often that took."""
        for presses in range(1, most):
            self.press(Keys.TAB)
            if self.run("return document.activeElement.matches(arguments[0])", selector):
                return presses
        raise AssertionError(f"{selector} was not reached by {most} tabs")

    def logs(self) -> tuple[list[str], list[str]]:
        """What the console says since it was last asked, and which addresses were asked for."""
        said = [str(entry["message"]) for entry in self._log("browser")]
        messages = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        asked = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]
        return said, [url for url in asked if url != "about:blank"]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.driver.get_log(kind)  # type: ignore[no-untyped-call]  # selenium's own
        return entries
