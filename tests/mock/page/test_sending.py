"""The form that sends a request, in a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.keys import Keys

if TYPE_CHECKING:
    from pathlib import Path

    from generator.mock import RunningMock
    from tests.mock.page.browser import Page

BODY = {"model": "qwen-image-2.0-pro", "prompt": "Two boats", "n": 2, "size": "512*512"}


@pytest.fixture
def form(page: Page) -> Page:
    """The page, opened as the start-up message says, at the form."""
    page.open(f"#key={page.key}")
    page.go("send")
    return page


def replace(page: Page, text: str) -> None:
    page.run("arguments[0].value = ''", page.one("#send-json"))
    page.one("#send-json").send_keys(text)


def test_the_key_goes_from_the_address_bar_into_the_session(page: Page) -> None:
    page.open(f"#key={page.key}")
    assert page.key not in page.driver.current_url
    page.go("send")
    assert page.one("#key").get_attribute("value") == page.key
    assert page.one("#key").get_attribute("type") == "password"
    page.driver.refresh()
    page.until("return document.documentElement.dataset.ready")
    assert page.run("return document.getElementById('key').value") == page.key


def test_a_documents_example_is_sent_and_its_image_shown(form: Page, mock: RunningMock) -> None:
    assert json.loads(form.one("#send-json").get_attribute("value") or "")["prompt"].startswith("A cute orange cat")
    form.one("#send-button").click()
    form.until_text("#send-status", "200")
    assert form.until_loaded("#send-result figure img") == [[1024, 1024]]
    entry = mock.journal.entries()[-1]
    assert entry.operation == "generateImages"
    form.one("#send-status a").click()
    form.until_text("#detail", entry.id)


def test_what_is_written_is_what_is_sent(form: Page, mock: RunningMock) -> None:
    replace(form, json.dumps({**BODY, "response_format": "b64_json", "seed": 0}))
    form.one("#send-json").send_keys(Keys.CONTROL, Keys.ENTER)
    form.until_text("#send-status", "200")
    assert form.until_loaded("#send-result figure img", 2) == [[512, 512], [512, 512]]
    assert mock.journal.entries()[-1].body == {**BODY, "response_format": "b64_json", "seed": 0}


def test_what_is_no_json_is_told_and_can_be_sent(form: Page) -> None:
    replace(form, '{"model": ')
    form.until_text("#send-body .hint", "not JSON")
    form.one("#send-button").click()
    form.until_text("#send-status", "400")
    form.until_text("#send-result", "can't be read")


def test_a_refusal_is_shown(form: Page) -> None:
    replace(form, json.dumps({**BODY, "n": 7}))
    form.one("#send-button").click()
    form.until_text("#send-status", "400")
    form.until_text("#send-result", "must be at most 6")


def test_without_a_key_none_is_sent(form: Page, mock: RunningMock) -> None:
    form.write("#key", "")
    form.one("#send-button").click()
    form.until_text("#send-status", "401")
    assert "authorization" not in mock.journal.entries()[-1].headers


def test_files_go_as_a_form(form: Page, mock: RunningMock, tmp_path: Path, png: bytes) -> None:
    picture = tmp_path / "sea.png"
    picture.write_bytes(png)
    form.choose("#send-operation", "editImages")
    form.choose_text("#send-example", "image-edit-qwen (multipart)")
    form.write("#send-body [name=prompt]", "Add a boat")
    form.choose("#send-body [name=watermark]", "false")
    form.one("#send-body [name=image]").send_keys(str(picture))
    form.one("#send-button").click()
    form.until_text("#send-status", "200")
    form.until_loaded("#send-result figure img")
    body = mock.journal.entries()[-1].body
    assert body["prompt"] == "Add a boat"
    assert body["watermark"] is False
    assert body["image"][0]["filename"] == "sea.png"
    assert body["image"][0]["size"] == len(png)
    assert "seed" not in body, "what is left empty isn't sent"


def test_a_picture_is_at_hand_and_an_answer_may_be_an_image(form: Page, mock: RunningMock) -> None:
    form.choose("#send-operation", "editImage")
    form.choose_text("#send-example", "image-edit (multipart)")
    form.one("#send-body .quiet").click()
    form.until("return document.querySelector('#send-body [type=file]').files.length === 1")
    form.one("#send-button").click()
    form.until_text("#send-status", "image/png")
    (size,) = form.until_loaded("#send-result figure img")
    assert size[0] > size[1], "16:9, as the example asks"
    assert mock.journal.entries()[-1].body["image"]["filename"] == "sample-1.png"


def test_parameters_of_the_query_are_sent(form: Page, mock: RunningMock) -> None:
    form.choose("#send-operation", "listModels")
    form.write("#send-parameters [name=type]", "inpaint")
    form.one("#send-button").click()
    form.until_text("#send-status", "200")
    assert mock.journal.entries()[-1].path == "/api/v1/models?type=inpaint"


def test_a_fault_for_one_request(form: Page) -> None:
    form.write("#send-fault", "rate-limit retry-after=3")
    form.one("#send-button").click()
    form.until_text("#send-status", "429")
    form.write("#send-fault", "")
    form.one("#send-button").click()
    form.until_text("#send-status", "200")
