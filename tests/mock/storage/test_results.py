"""Result URLs: kept before they are handed out, the same for the same image, and expired by the mock's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from generator.mock import create_app, transport
from generator.mock.settings import DEFAULT_KEY

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    from starlette.applications import Starlette

GOOD = {"model": "qwen-image-2.0-pro", "prompt": "a cat", "size": "512*512", "n": 1}
GENERATIONS = "/v1/images/generations"
DAY = 86_400


def made(client: httpx.Client) -> str:
    return str(client.post(GENERATIONS, json=GOOD).json()["data"][0]["url"])


def test_a_url_lives_for_as_long_as_the_spec_says(client: httpx.Client, app: Starlette) -> None:
    clock = app.state.mock.clock
    url = made(client)
    left = int(parse_qs(urlsplit(url).query)["expires"][0]) - clock.time()
    assert DAY - 5 < left <= DAY + 1
    clock.move(DAY - 60)
    assert client.get(url, headers={"Authorization": ""}).content.startswith(b"\x89PNG")
    clock.move(120)
    expired = client.get(url)
    assert expired.status_code == 403
    assert expired.headers["content-type"].startswith("application/xml")
    assert "<Code>AccessDenied</Code><Message>Request has expired.</Message>" in expired.text
    clock.move(-120)
    assert client.get(url).status_code == 200


def test_leaving_the_expiry_out_or_writing_a_later_one_gains_no_time(client: httpx.Client, app: Starlette) -> None:
    url = made(client)
    app.state.mock.clock.move(DAY + 60)
    bare = url.partition("?")[0]
    for tried in (bare, f"{bare}?expires=99999999999", f"{bare}?expires=x"):
        assert client.get(tried).status_code == 403
    fresh = made(client)
    assert fresh.partition("?")[0] == bare
    assert client.get(fresh).status_code == 200
    assert client.get(url).status_code == 403


def test_an_unknown_image_is_404_and_an_unknown_old_one_403(client: httpx.Client) -> None:
    unknown = f"/_mock/images/{'0' * 32}.png"
    assert client.get(unknown).status_code == 404
    assert "<Code>NoSuchKey</Code>" in client.get(unknown).text
    assert client.get(f"{unknown}?expires=1").status_code == 403


def test_results_and_their_inputs_outlive_the_process(tmp_path: Path, png: bytes) -> None:
    import httpx  # noqa: PLC0415  # the other tests have the fixture's client

    headers = {"Authorization": f"Bearer {DEFAULT_KEY}"}
    body = {"model": "qwen-image-2.0-pro", "prompt": "night"}
    seen: list[bytes] = []
    url = ""
    for _ in range(2):
        app = create_app(folder=tmp_path)
        with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
            if not url:
                answer = client.post("/v1/images/edits", data=body, files={"image": ("a.png", png, "image/png")})
                url = answer.json()["data"][0]["url"]
            seen.append(client.get(url).content)
            assert len(app.state.mock.journal) == 1
        app.state.mock.close()
    assert seen[0] == seen[1]
    assert seen[0].startswith(b"\x89PNG")


def test_a_transaction_that_fails_leaves_nothing_behind(client: httpx.Client, app: Starlette) -> None:
    mock = app.state.mock
    url = made(client)
    with mock.state.journal.transaction() as connection:
        connection.execute("DELETE FROM results")
    assert client.get(url).status_code == 404
    insert = "CREATE TRIGGER no BEFORE INSERT ON requests BEGIN SELECT raise(ABORT, 'full'); END"
    mock.state.journal.execute(insert)
    refused = client.post(GENERATIONS, json=GOOD)
    assert refused.status_code == 500
    assert "can't write its journal" in refused.json()["error"]["message"]
    mock.state.journal.execute("DROP TRIGGER no")
    client.get("/nowhere")
    assert client.get(url).status_code == 404
    assert client.get(made(client)).status_code == 200


def test_a_link_holds_as_it_was_handed_out_alone(client: httpx.Client, app: Starlette) -> None:
    first = made(client)
    app.state.mock.clock.move(10)
    second = made(client)
    assert first != second
    assert first.partition("?")[0] == second.partition("?")[0]
    assert [client.get(url).status_code for url in (first, second)] == [200, 200]
    later = int(second.rpartition("=")[2]) + 1
    bare = first.partition("?")[0]
    for tried in (bare, f"{bare}?expires={later}", f"{bare}?expires=x", f"{bare}?expires={'9' * 400}"):
        refused = client.get(tried)
        assert refused.status_code == 403
        assert "<Code>SignatureDoesNotMatch</Code>" in refused.text


def test_a_link_is_refused_for_good_once_it_has_expired(client: httpx.Client, app: Starlette) -> None:
    url = made(client)
    for days in (1, 2, 30):
        app.state.mock.clock.set_offset(days * DAY + 60)
        assert client.get(url).status_code == 403
