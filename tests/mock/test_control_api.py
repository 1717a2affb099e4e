"""The control interface: clock, reset, uploads, and answers that say what to do; closed to foreign pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from generator.mock.guard import Guard

if TYPE_CHECKING:
    import httpx
    from starlette.applications import Starlette


def test_the_clock(client: httpx.Client, app: Starlette) -> None:
    assert client.get("/_mock/clock").json()["offset_seconds"] == 0
    assert client.put("/_mock/clock", json={"move_seconds": 90}).json()["offset_seconds"] == 90
    assert client.put("/_mock/clock", json={"move_seconds": -0.5}).json()["offset_seconds"] == 89.5
    assert client.put("/_mock/clock", json={"offset_seconds": 7}).json()["offset_seconds"] == 7
    assert app.state.mock.clock.offset == 7
    shown = datetime.fromisoformat(client.get("/_mock/clock").json()["now"])
    assert abs((app.state.mock.clock.now() - shown).total_seconds()) < 5


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"move_seconds": "1"}',
        b'{"move_seconds": true}',
        b'{"move_seconds": 1, "offset_seconds": 1}',
        b'{"move_seconds": 1e15}',
        b'{"move_seconds": NaN}',
        b'{"move_days": 1}',
    ],
)
def test_a_clock_that_cannot_be(client: httpx.Client, body: bytes) -> None:
    answer = client.put("/_mock/clock", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert client.get("/_mock/clock").json()["offset_seconds"] == 0


def test_reset_forgets_requests_and_moves_the_clock_back_but_keeps_images(client: httpx.Client) -> None:
    body = {"model": "qwen-image-2.0-pro", "prompt": "x", "size": "512*512"}
    url = client.post("/v1/images/generations", json=body).json()["data"][0]["url"]
    client.put("/_mock/clock", json={"move_seconds": 60})
    epoch = client.get("/_mock/requests").headers["x-mock-epoch"]
    assert client.post("/_mock/reset").status_code == 204
    after = client.get("/_mock/requests")
    assert after.json() == []
    assert after.headers["x-mock-epoch"] != epoch
    assert client.get("/_mock/clock").json()["offset_seconds"] == 0
    assert client.get(url).status_code == 200


def test_requests_are_listed_chosen_and_forgotten(client: httpx.Client) -> None:
    for number in range(3):
        client.get(f"/nowhere/{number}")
    seqs = [entry["seq"] for entry in client.get("/_mock/requests").json()]
    after = client.get(f"/_mock/requests?after={seqs[0]}&limit=1").json()
    assert [entry["seq"] for entry in after] == seqs[1:2]
    wrong = client.get("/_mock/requests?colour=red")
    assert wrong.status_code == 400
    assert "operation" in wrong.json()["error"]
    assert client.delete("/_mock/requests").status_code == 204
    assert client.get("/_mock/requests").json() == []


def test_control_requests_are_no_journal_entries(client: httpx.Client, app: Starlette) -> None:
    for path in ("/_mock/requests", "/_mock/nothing", "/_mock/clock", "/", "/_mock/rules", "/_mock/blobs/x"):
        client.get(path)
    assert len(app.state.mock.journal) == 0


def test_unknown_paths_and_methods_say_what_there_is(client: httpx.Client) -> None:
    unknown = client.get("/_mock/nothing")
    assert unknown.status_code == 404
    assert "/_mock/nothing" in unknown.json()["error"]
    wrong = client.post("/_mock/clock")
    assert wrong.status_code == 405
    assert wrong.headers["allow"] == "GET, HEAD, PUT"
    assert client.put("/_mock/clock", content=b" " * 1_000_001).status_code == 413


def test_an_upload_that_is_no_image_is_never_shown_as_a_page(client: httpx.Client, app: Starlette) -> None:
    digest = app.state.mock.blobs.keep(b"<script>alert(1)</script>")
    answer = client.get(f"/_mock/blobs/{digest}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("headers", "server", "passes"),
    [
        ({"host": "127.0.0.1:8000"}, "127.0.0.1", True),
        ({"host": "localhost"}, "127.0.0.1", True),
        ({"host": "mock.localhost:1"}, "127.0.0.1", True),
        ({"host": "[::1]:8000"}, "::1", True),
        ({"host": "10.1.2.3"}, "10.1.2.3", True),
        ({"host": "mock"}, "mock", True),
        ({"host": "Gateway:80"}, "172.17.0.2", True),
        ({}, "127.0.0.1", True),
        ({"host": "evil.example:8000"}, "127.0.0.1", False),
        ({"host": "127.0.0.1.evil.example"}, "127.0.0.1", False),
        ({"host": "[bad"}, "127.0.0.1", False),
        ({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}, "127.0.0.1", True),
        ({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:9000"}, "127.0.0.1", False),
        ({"host": "127.0.0.1:8000", "origin": "http://evil.example"}, "127.0.0.1", False),
        ({"host": "127.0.0.1:8000", "origin": "null"}, "127.0.0.1", False),
        ({"host": "127.0.0.1:8000", "origin": "http://[bad"}, "127.0.0.1", False),
    ],
)
def test_who_may_drive_the_mock(headers: dict[str, str], server: str, *, passes: bool) -> None:
    assert (Guard(["gateway"]).complaint(headers, server) == "") is passes


def test_a_foreign_page_can_neither_read_nor_change(client: httpx.Client) -> None:
    client.get("/nowhere")
    foreign = {"Origin": "http://evil.example"}
    for method, path in (
        ("GET", "/_mock/requests"),
        ("DELETE", "/_mock/requests"),
        ("GET", "/_mock/clock"),
        ("GET", "/"),
    ):
        answer = client.request(method, path, headers=foreign)
        assert answer.status_code == 403
        assert "another origin" in answer.json()["error"]
    renamed = client.get("/_mock/requests", headers={"Host": "evil.example"})
    assert renamed.status_code == 403
    assert "--allow-host" in renamed.json()["error"]
    assert len(client.get("/_mock/requests").json()) == 1
