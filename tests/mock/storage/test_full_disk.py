"""A disk that is full fails the requests that need it, with a word, and none after them."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from starlette.applications import Starlette

GENERATIONS = "/v1/images/generations"
EDITS = "/v1/images/edits"
BODY = {"model": "qwen-image-2.0-pro", "prompt": "p"}
ROOM = 1000  # bytes


@pytest.fixture
def small_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, no larger file can be written."""
    write = Path.write_bytes

    def limited(path: Path, content: bytes) -> int:
        if len(content) > ROOM:
            write(path, content[:ROOM])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    return lambda: monkeypatch.setattr(Path, "write_bytes", limited)


def test_an_upload_for_which_there_is_no_room_is_refused_and_nothing_after_it(
    client: httpx.Client, app: Starlette, png: bytes, small_disk: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    small_disk()
    mock = app.state.mock
    before = mock.balances.of(key="mock-key")
    for _ in range(3):
        refused = client.post(EDITS, data=BODY, files={"image": ("a.png", png, "image/png")})
        assert refused.status_code == 500
        assert "No space left on device. Make room on the disk" in refused.json()["error"]["message"]
        image = client.post(GENERATIONS, json=BODY).json()["data"][0]["url"]
        assert client.get(image).status_code == 200
    assert mock.balances.of(key="mock-key") == before
    assert not [path for path in mock.state.blobs.rglob("*") if path.is_file()]
    entries = mock.journal.entries()
    assert [entry.status for entry in entries] == [500, 200] * 3
    assert entries[0].body["image"][0]["filename"] == "a.png"
    assert entries[0].remarks == ["The files of this request can't be kept: No space left on device."]
    assert not any(record.exc_info for record in caplog.records if record.levelno >= logging.ERROR)


def test_a_refused_request_is_told_of_without_its_file(
    client: httpx.Client, app: Starlette, png: bytes, small_disk: Callable[[], None]
) -> None:
    small_disk()
    refused = client.post(EDITS, data=BODY | {"n": "99"}, files={"image": ("a.png", png, "image/png")})
    assert refused.status_code == 400
    (entry,) = app.state.mock.journal.entries()
    assert [breach["field"] for breach in entry.verdict] == ["n"]


def test_what_cannot_be_written_down_leaves_no_file(client: httpx.Client, app: Starlette, png: bytes) -> None:
    mock = app.state.mock
    other = png + b"another"
    files = [("image", ("a.png", content, "image/png")) for content in (png, other)]
    assert client.post(EDITS, data=BODY, files=files[:1]).status_code == 200
    mock.state.journal.execute("CREATE TRIGGER no BEFORE INSERT ON requests BEGIN SELECT raise(ABORT, 'full'); END")
    assert client.post(EDITS, data=BODY, files=files).status_code == 500
    mock.state.journal.execute("DROP TRIGGER no")
    (kept,) = mock.state.blobs.glob("*/*")
    assert kept.read_bytes() == png
    assert client.post(EDITS, data=BODY, files=files).status_code == 200
    assert len(list(mock.state.blobs.glob("*/*"))) == 2


def test_a_commit_that_fails_does_not_hold_up_the_next(app: Starlette) -> None:
    database = app.state.mock.state.journal
    database.execute("PRAGMA max_page_count = 40")
    with pytest.raises(Exception, match="full"), database.transaction() as connection:
        connection.execute("INSERT INTO blobs VALUES(?, 1, 1)", ("x" * 1_000_000,))
    database.execute("PRAGMA max_page_count = 100000")
    with database.transaction() as connection:
        connection.execute("INSERT INTO blobs VALUES('x', 1, 1)")
    assert database.execute("SELECT count(*) FROM blobs") == [(1,)]
