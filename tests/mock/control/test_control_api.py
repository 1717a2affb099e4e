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
        b'{"move_seconds": 1%b}' % (b"0" * 400),
        b'{"offset_seconds": -1%b}' % (b"0" * 400),
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


def test_an_upload_that_is_an_image_is_shown_and_can_do_nothing(
    client: httpx.Client, app: Starlette, png: bytes
) -> None:
    answer = client.get(f"/_mock/blobs/{app.state.mock.blobs.keep(png)}")
    assert answer.headers["content-type"] == "image/png"
    assert "content-disposition" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


def test_what_fails_in_the_mock_is_told_in_json_and_logged(
    client: httpx.Client, app: Starlette, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(app.state.mock.journal, "reset", fail)
    answer = client.delete("/_mock/requests")
    assert answer.status_code == 500
    assert answer.json() == {"error": "The mock failed; its log says at what."}
    assert "DELETE /_mock/requests" in caplog.text


@pytest.mark.parametrize("seq", ["9" * 19, "9" * 40, "9" * 5000, "0", "-1", "x"])
def test_a_fault_of_an_odd_number_is_none(client: httpx.Client, seq: str) -> None:
    answer = client.delete(f"/_mock/faults/{seq}")
    assert answer.status_code == 404
    assert "GET /_mock/faults" in answer.json()["error"]


@pytest.mark.parametrize(
    "fault",
    [f'{{"status": 503, "times": {2**63}}}', f'{{"bytes_per_second": 1{"0" * 400}}}', '{"bytes_per_second": 1e300}'],
)
def test_a_fault_of_numbers_beyond_reason_is_refused(client: httpx.Client, fault: str) -> None:
    answer = client.post("/_mock/faults", content=f"[{fault}]")
    assert answer.status_code == 400
    assert "1000000000" in answer.json()["error"]


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
        ({"host": "", "origin": "null"}, "127.0.0.1", False),
        ({"origin": "null"}, "127.0.0.1", False),
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
    for twice in (
        [("Host", "evil.example"), ("Host", "127.0.0.1")],
        [("Origin", "http://evil.example"), ("Origin", "http://mock")],
    ):
        repeated = client.get("/_mock/requests", headers=twice)
        assert repeated.status_code == 403
        assert "once" in repeated.json()["error"]
    renamed = client.get("/_mock/requests", headers={"Host": "evil.example"})
    assert renamed.status_code == 403
    assert "--allow-host" in renamed.json()["error"]
    assert len(client.get("/_mock/requests").json()) == 1


def test_the_routes_are_listed(client: httpx.Client) -> None:
    listed = {route["path"]: route["methods"] for route in client.get("/_mock").json()["routes"]}
    assert listed["/_mock/requests"] == ["DELETE", "GET", "HEAD"]
    assert listed["/_mock/faults"] == ["DELETE", "GET", "HEAD", "POST"]
    assert {"/_mock/clock", "/_mock/balance", "/_mock/reset"} <= set(listed)
    assert "GET /_mock lists" in client.get("/_mock/nothing").json()["error"]
