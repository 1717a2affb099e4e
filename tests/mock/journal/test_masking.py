"""No key of the mock's gets into the journal, wherever it stands and however it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from generator.mock import create_app, transport
from generator.mock.journal.masking import Mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from generator.mock.handle import MockControl
    from generator.spec import Contract

KEY = "sk+abc/\"x'y\\z=="
GENERATIONS = "/v1/images/generations"


@pytest.fixture
def mock(tmp_path: Path) -> Iterator[tuple[httpx.Client, MockControl]]:
    app = create_app(keys=[KEY], folder=tmp_path)
    headers = {"Authorization": f"Bearer {KEY}"}
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
        yield client, app.state.mock
    app.state.mock.close()


@pytest.mark.parametrize(
    "send",
    [
        lambda client: client.get(f"/v1/{quote(KEY, safe='')}/images"),
        lambda client: client.get(f"/v1/images?key={quote(KEY)}"),
        lambda client: client.get("/v1/images?key=" + "".join(f"%{ord(character):02x}" for character in KEY)),
        lambda client: client.post(GENERATIONS, json={"model": KEY, "prompt": "x"}),
        lambda client: client.post(GENERATIONS, json={"model": "qwen-image-2.0-pro", "prompt": f"a {KEY}"}),
        lambda client: client.post(GENERATIONS, json={"model": "qwen-image-2.0-pro", "prompt": "a", KEY: 1}),
        lambda client: client.post(GENERATIONS, content=b"x", headers={"Content-Type": f"text/{KEY}"}),
        lambda client: client.post(GENERATIONS, json={}, headers={"X-Mock-Fault": f"name={KEY}"}),
    ],
)
def test_a_key_anywhere(mock: tuple[httpx.Client, MockControl], send: Callable[[httpx.Client], httpx.Response]) -> None:
    client, handle = mock
    send(client)
    (entry,) = handle.journal.entries()
    kept = json.dumps(entry.as_json(), ensure_ascii=False)
    for form in (KEY, json.dumps(KEY)[1:-1], quote(KEY), quote(KEY, safe=""), "%73%6b%2b"):
        assert form not in kept
    assert "***" in kept.replace("Bearer ***", "")


def test_names_that_tell_of_a_secret(contracts: tuple[Contract, ...]) -> None:
    secret = ("x-goog-api-key", "api-key", "apikey", "x-auth-token", "x-amz-security-token", "client-secret", "cookie2")
    plain = ("x-note", "www-authenticate", "x-ratelimit-remaining-tokens", "idempotency-key")
    shown = Mask(contracts).headers(dict.fromkeys((*secret, *plain), "value"))
    assert {name for name, value in shown.items() if value == "***"} == set(secret)
    assert {name for name, value in shown.items() if value == "value"} == set(plain)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("key=sk-1 status=500", "key=*** status=500"),
        ('status=500 key="s k"', "status=500 key=***"),
        ('{"status": 500, "key": "sk-1"}', '{"status": 500, "key": ***}'),
        ("status=500", "status=500"),
    ],
)
def test_the_key_of_a_fault(contracts: tuple[Contract, ...], sent: str, shown: str) -> None:
    assert Mask(contracts).headers({"x-mock-fault": sent}) == {"x-mock-fault": shown}


def test_a_key_that_only_looks_like_one_in_json_breaks_nothing(contracts: tuple[Contract, ...]) -> None:
    document = json.dumps({"prompt": "line\nabcd", "n": 1}).encode()
    assert json.loads(Mask(contracts, ["nabcd"]).document(document)) == {"prompt": "line\nabcd", "n": 1}
    assert Mask(contracts, ["other"]).document(document) is document
