"""Edits of images that are given as URLs, by a mock that fetches them, and by one that doesn't."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image

from generator.mock import DEFAULT_KEY, create_app, handling, transport
from generator.mock.fetching import fetching
from generator.mock.fetching.fetching import Fetcher
from tests.mock.web import URL, Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract


@pytest.fixture
def web(png: bytes) -> Web:
    return Web(png)


@pytest.fixture
def fetching_client(
    contracts: tuple[Contract, ...], web: Web, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx.Client]:
    """A client of a mock that fetches, from a made-up web."""
    monkeypatch.setattr(handling, "Fetcher", web.fetcher)
    app = create_app(contracts, fetch_urls=True)
    headers = {"Authorization": f"Bearer {DEFAULT_KEY}"}
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
        yield client


EDIT = "/api/v1/image/edit"


def edited(client: httpx.Client, **changes: Any) -> httpx.Response:
    return client.post(EDIT, json={"image": URL, "prompt": "p", "model": "qwen-edit", **changes})


def test_an_edit_starts_from_what_was_fetched(fetching_client: httpx.Client, web: Web) -> None:
    answer = edited(fetching_client)
    image = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert image.width / image.height == pytest.approx(3 / 2, rel=0.01)  # the closest to 640*480 that is offered
    left, right = image.getpixel((10, image.height // 2)), image.getpixel((image.width - 10, image.height // 2))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > left[2]
    assert right[2] > right[0]
    assert len(web.asked) == 1
    (entry,) = fetching_client.get("/_mock/requests").json()
    assert entry["body"]["image"] == URL


def test_a_refusal_names_the_field_in_the_documented_shape(fetching_client: httpx.Client, web: Web) -> None:
    answer = edited(fetching_client, image="http://inside.example/a.png")
    assert answer.status_code == 400
    assert "public internet" in answer.json()["details"]["image"]["_errors"][0]
    assert web.asked == []
    assert fetching_client.get("/_mock/balance").json()["accounts"][0]["usd"] == "25.00"
    body = {
        "model": "wan2.7-image-pro",
        "input": {"messages": [{"role": "user", "content": [{"image": "http://inside.example/a"}, {"text": "p"}]}]},
    }
    nested = fetching_client.post("/v1/images/edits", json=body)
    assert nested.status_code == 400
    assert nested.json()["error"]["param"] == "input.messages[0].content[0].image"


def test_the_documented_limits_hold_for_what_was_fetched(fetching_client: httpx.Client, web: Web) -> None:
    small = io.BytesIO()
    Image.new("RGB", (100, 100)).save(small, "PNG")
    web.pages["/a.png"] = httpx.Response(200, content=small.getvalue())
    answer = edited(fetching_client)
    assert answer.status_code == 400
    assert "has 100*100" in answer.json()["error"]


def test_without_the_option_nothing_is_fetched(client: httpx.Client, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise AssertionError("it was called")

    monkeypatch.setattr(fetching, "_addresses", fail)
    monkeypatch.setattr(Fetcher, "fetch_all", fail)
    assert edited(client).status_code == 200
    assert edited(client, image="http://127.0.0.1/a.png").status_code == 200
    assert web.asked == []
