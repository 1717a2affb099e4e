"""What is kept is bounded, the oldest goes first, and what belongs together goes together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from generator.mock import create_app, transport
from generator.mock.journal.entry import Entry
from generator.mock.settings import DEFAULT_KEY
from generator.mock.storage.belongings import Belongings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.mock.handle import MockControl

GENERATIONS = "/v1/images/generations"
EDIT = "/v1/images/edits"
HEADERS = {"Authorization": f"Bearer {DEFAULT_KEY}"}


@pytest.fixture
def few(tmp_path: Path) -> Iterator[tuple[httpx.Client, MockControl]]:
    """A mock that keeps 10 requests."""
    app = create_app(folder=tmp_path, keep_requests=10)
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=HEADERS) as client:
        yield client, app.state.mock
    app.state.mock.close()


def generate(client: httpx.Client, prompt: str) -> str:
    answer = client.post(GENERATIONS, json={"model": "qwen-image-2.0-pro", "prompt": prompt, "size": "512*512"})
    return str(answer.json()["data"][0]["url"])


def edit(client: httpx.Client, content: bytes) -> str:
    files = {"image": ("a.png", content, "image/png")}
    answer = client.post(EDIT, data={"model": "qwen-image-2.0-pro", "prompt": "night"}, files=files)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"][0]["url"])


def blobs(mock: MockControl) -> int:
    return sum(path.is_file() for path in (mock.state.folder / "blobs").rglob("*"))


def test_the_journal_keeps_the_newest(few: tuple[httpx.Client, MockControl]) -> None:
    client, mock = few
    for number in range(25):
        client.get(f"/nowhere/{number}")
    assert [entry.path for entry in mock.journal.entries()] == [f"/nowhere/{number}" for number in range(15, 25)]


def test_a_result_outlives_its_request_and_so_does_what_it_is_drawn_from(
    few: tuple[httpx.Client, MockControl], png: bytes
) -> None:
    client, mock = few
    url = edit(client, png)
    for number in range(25):
        client.get(f"/nowhere/{number}")
    assert client.get(url).status_code == 200
    assert blobs(mock) == 1
    mock.clock.move(3 * 86_400)
    for number in range(2):
        client.get(f"/nowhere/{number}")
    assert blobs(mock) == 0
    assert client.get(url.partition("?")[0]).status_code == 404


def test_a_full_disk_makes_the_oldest_go_before_their_time(tmp_path: Path, png: bytes) -> None:
    app = create_app(folder=tmp_path, max_disk=3_000_000)
    mock = app.state.mock
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=HEADERS) as client:
        # Pillow and the mock read the picture; what follows it makes each upload another one.
        urls = [edit(client, png + bytes([number]) * 200_000) for number in range(40)]
        assert client.get(urls[0]).status_code == 404
        assert client.get(urls[-1]).status_code == 200
        assert client.get(urls[-5]).content.startswith(b"\x89PNG")
        digests = [entry.body["image"][0]["blob"] for entry in mock.journal.entries()]
        assert all(mock.blobs.read(digest) for digest in digests)
    size = sum(path.stat().st_size for path in (tmp_path / "blobs").rglob("*") if path.is_file())
    assert 1_000_000 < size < 3_300_000
    assert len(mock.journal) < 20
    mock.close()


def test_files_without_a_request_for_them_are_not_left_behind(few: tuple[httpx.Client, MockControl]) -> None:
    client, mock = few
    for number in range(25):
        files = {"image": ("a.png", b"picture %d" % number, "image/png")}
        assert client.post(EDIT, data={"model": "qwen-image-2.0-pro", "n": "99"}, files=files).status_code == 400
    assert blobs(mock) == 10


def test_a_file_that_made_room_is_back_when_it_is_needed_again(few: tuple[httpx.Client, MockControl]) -> None:
    client, mock = few
    belongings = Belongings()
    digest = mock.blobs.keep(b"upload", belongings=belongings)
    # Another worker's trim, between the upload and the end of its request.
    mock.blobs.remove(digest)
    client.get("/nowhere")
    assert mock.blobs.read(digest) is None
    mock.journal.record(Entry(id="1", method="POST", path="/", belongings=belongings))
    assert mock.blobs.read(digest) == b"upload"


def test_the_journal_gives_back_the_space_of_what_is_removed(tmp_path: Path) -> None:
    app = create_app(folder=tmp_path, keep_requests=20)
    mock = app.state.mock

    def pages(name: str) -> int:
        return int(mock.state.journal.execute(f"PRAGMA {name}_count")[0][0])

    for number in range(20):
        mock.journal.record(Entry(id=str(number), method="POST", path="/", body="x" * 50_000))
    before = pages("page")
    mock.journal.reset()
    mock.journal.record(Entry(id="small", method="POST", path="/"))
    assert pages("page") < before / 4
    assert pages("freelist") == 0
    mock.close()


def test_damaged_files_that_were_set_aside_go_before_any_request(tmp_path: Path) -> None:
    app = create_app(folder=tmp_path, max_disk=1_000_000)
    mock = app.state.mock
    aside = tmp_path / "journal.db.aside-1"
    aside.write_bytes(bytes(2_000_000))
    for number in range(30):
        mock.journal.record(Entry(id=str(number), method="POST", path="/", body="x" * 5000))
    assert not aside.exists()
    assert len(mock.journal) == 30
    mock.close()
