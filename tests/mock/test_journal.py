"""The journal: bounded, newest last, without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.mock.journal import Entry, Journal, Mask

if TYPE_CHECKING:
    import httpx
    from starlette.applications import Starlette

    from generator.spec import Contract


def entry(name: str, body: Any = None) -> Entry:
    return Entry(name, "2026-01-01T00:00:00+00:00", "", "POST", "/", {}, "", body, (), 200, None)


def test_the_oldest_make_room() -> None:
    journal = Journal(max_entries=3)
    for number in range(5):
        journal.record(entry(str(number)), 0)
    assert [kept.id for kept in journal.entries()] == ["2", "3", "4"]


def test_large_bodies_make_room_too_but_the_newest_stays() -> None:
    journal = Journal(max_bytes=10_000)
    journal.record(entry("1", "x" * 6000), 6000)
    journal.record(entry("2", "x" * 6000), 6000)
    assert [kept.id for kept in journal.entries()] == ["2"]
    journal.record(entry("3", "x" * 20_000), 20_000)
    assert [kept.id for kept in journal.entries()] == ["3"]
    journal.record(entry("4"), 0)
    assert [kept.id for kept in journal.entries()] == ["4"]


def test_what_is_shown_counts_not_what_was_sent() -> None:
    journal = Journal(max_bytes=10_000)
    for number in range(3):
        journal.record(entry(str(number), {"file": "a.png"}), 20_000_000)
    assert len(journal) == 3


def test_secrets_are_masked(contracts: tuple[Contract, ...]) -> None:
    headers = {
        "authorization": "Bearer sk-1",
        "sign-in-with-x": "proof",
        "x-sign-in-with-x": "proof",
        "cookie": "session",
        "accept": "*/*",
    }
    assert Mask(contracts).headers(headers) == {
        "authorization": "Bearer ***",
        "sign-in-with-x": "***",
        "x-sign-in-with-x": "***",
        "cookie": "***",
        "accept": "*/*",
    }


def test_the_page_shows_requests_and_forgets_them(client: httpx.Client, app: Starlette) -> None:
    good = {"model": "qwen-image-2.0-pro", "prompt": "a cat", "n": 1}
    client.post("/v1/images/generations", json=good)
    refused = client.post("/v1/images/generations", json={**good, "n": 9})
    client.post("/v1/images/generations", content=b"{", headers={"Content-Type": "application/json"})
    client.get("/nowhere?key=1")
    shown = client.get("/_mock/requests").json()
    assert [(e["operation"], e["status"]) for e in shown] == [
        ("generateImages", 200),
        ("generateImages", 400),
        ("generateImages", 400),
        ("", 404),
    ]
    first, second, third, fourth = shown
    assert first["body"] == good
    assert first["verdict"] == []
    assert first["upstream"]["parameters"] == {"n": 1}
    assert first["headers"]["authorization"] == "Bearer ***"
    assert second["verdict"] == ["generateImages/prompt/n/maximum"]
    assert second["id"] == refused.headers["x-request-id"]
    assert second["upstream"] is None
    assert third["body"] is None
    assert fourth["path"] == "/nowhere?key=1"
    assert client.delete("/_mock/requests").status_code == 204
    assert client.get("/_mock/requests").json() == []
    assert len(app.state.journal) == 0


def test_files_are_described(client: httpx.Client, png: bytes) -> None:
    client.post("/api/v1/image/edit", data={"prompt": "x"}, files={"image": ("cat.png", png, "image/png")})
    (shown,) = client.get("/_mock/requests").json()
    assert shown["media_type"] == "multipart/form-data"
    assert shown["body"]["image"]["file"] == "cat.png"
    assert shown["body"]["image"]["size"] == len(png)
    assert len(shown["body"]["image"]["sha256"]) == 64
