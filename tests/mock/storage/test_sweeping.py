"""A folder is tidied before a mock runs on it, and never what a request needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from generator.mock import running
from generator.mock.storage.state import State
from generator.mock.storage.sweeping import sweep

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

EDITS = "/v1/images/edits"
BODY = {"model": "qwen-image-2.0-pro", "prompt": "p"}


def swept(folder: Path) -> None:
    state = State.open(folder)
    sweep(state)
    state.close()


def test_what_nobody_needs_goes_and_what_a_request_needs_stays(
    tmp_path: Path, png: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with running(folder=tmp_path) as mock:
        headers = {"Authorization": f"Bearer {mock.key}"}
        answer = httpx.post(mock.url + EDITS, data=BODY, files={"image": ("a.png", png, "image/png")}, headers=headers)
        path = answer.json()["data"][0]["url"].removeprefix(mock.url)
        image = httpx.get(mock.url + path).content
    (needed,) = (tmp_path / "blobs").glob("*/*")
    orphan, half = needed.with_name("0" * 64), needed.with_name(f"{'0' * 64}.1234abcd.part")
    asides = [tmp_path / f"journal.db.aside-{number}" for number in (1, 2)]
    for left in (orphan, half, *asides):
        left.write_bytes(b"left")
    with running(folder=tmp_path) as mock:
        assert httpx.get(mock.url + path).content == image
        assert [upload.name for upload in (tmp_path / "blobs").glob("*/*")] == [needed.name]
        assert [aside.exists() for aside in asides] == [False, True]
    assert caplog.text == ""


def test_a_journal_that_was_emptied_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    swept(tmp_path)
    assert caplog.text == ""
    (tmp_path / "journal.db").write_bytes(b"")
    swept(tmp_path)
    assert "journal.db was empty or is gone" in caplog.text


def test_a_journal_that_is_gone_is_told_where_there_are_uploads(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    upload = tmp_path / "blobs" / "00" / ("0" * 64)
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"upload")
    swept(tmp_path)
    assert "journal.db was empty or is gone" in caplog.text
    assert "control.db" not in caplog.text
    assert not upload.exists()


def test_a_damaged_journal_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "journal.db").write_bytes(b"damaged" * 1000)
    swept(tmp_path)
    assert [record.message.count("journal.db") for record in caplog.records] == [2]
    assert "can't be read" in caplog.text
