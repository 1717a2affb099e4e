"""Requests that differ in their prompt alone are answered as if each were the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.mock import DEFAULT_KEY, create_app, transport

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

GENERATIONS = "/v1/images/generations"
GOOD: dict[str, Any] = {"model": "qwen-image-2.0-pro", "n": 2, "size": "512*512", "colour": "red"}
PROMPTS = ("a cat", 'a "dog"\n\\ 猫', "a" * 799, "{}")


def told(client: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    """What the journal tells of a request, without what differs each time."""
    answer = client.post(GENERATIONS, json=body)
    shown: dict[str, Any] = client.get("/_mock/requests?limit=1").json()[-1]
    assert shown["answer"]["body"] == answer.json()
    data = [{**item, "url": item["url"].partition("?")[0]} for item in answer.json()["data"]]
    metadata = answer.json()["metadata"]
    kept = {name: shown[name] for name in ("body", "upstream", "remarks", "model", "verdict")}
    return {**kept, "data": data, "seed": metadata["seed"], "request": metadata["request"]}


@pytest.mark.parametrize("extra", [{}, {"seed": 5}, {"n": 1, "negative_prompt": "dogs"}, {"size": "1024*768"}])
def test_a_known_body_with_another_prompt_is_answered_as_a_new_one(extra: dict[str, Any], tmp_path: Path) -> None:
    import httpx  # noqa: PLC0415  # no other test here makes a client

    headers = {"Authorization": f"Bearer {DEFAULT_KEY}"}
    seen: list[dict[str, dict[str, Any]]] = []
    for order in (PROMPTS, PROMPTS[::-1]):  # whatever is remembered of the first can't be told of the others
        app = create_app(folder=tmp_path / str(len(seen)))
        with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
            seen.append({prompt: told(client, {**GOOD, **extra, "prompt": prompt}) for prompt in order})
        app.state.mock.close()
    assert seen[0] == seen[1]
    for prompt, one in seen[0].items():
        assert one["body"]["prompt"] == prompt
        assert one["upstream"]["input"]["messages"][0]["content"] == [{"text": prompt}]
        assert one["upstream"] == one["request"]
        assert one["remarks"] == ["colour: no document knows this field, and the mock ignores it"]
    assert len({one["data"][0]["url"] for one in seen[0].values()}) == len(PROMPTS)


def test_a_rule_that_the_prompt_alone_breaks_is_told_after_right_requests(client: httpx.Client) -> None:
    assert client.post(GENERATIONS, json=GOOD | {"prompt": "a"}).is_success
    refused = client.post(GENERATIONS, json=GOOD | {"prompt": "a" * 801})
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "prompt")
    assert client.post(GENERATIONS, json=GOOD | {"prompt": 5}).status_code == 400
    assert client.post(GENERATIONS, json=GOOD).status_code == 400


def test_a_key_that_an_escape_hides_is_masked(client: httpx.Client) -> None:
    """A text that was sent goes into the journal as it is, but where a backslash could hide something."""
    hidden = "".join(f"\\u{ord(character):04x}" for character in DEFAULT_KEY)
    text = f'{{"model": "qwen-image-2.0-pro", "prompt": "see {hidden}"}}'
    assert client.post(GENERATIONS, content=text, headers={"Content-Type": "application/json"}).is_success
    shown = client.get("/_mock/requests").text
    assert "see ***" in shown
    assert DEFAULT_KEY not in shown
    assert hidden not in shown


@pytest.mark.parametrize("seed", [2**63 - 1, 2**63, 2**70])
def test_large_integers_stay_what_they_are(client: httpx.Client, seed: int) -> None:
    client.post(GENERATIONS, json=GOOD | {"prompt": "a", "seed": seed})
    (shown,) = client.get("/_mock/requests").json()
    assert shown["body"]["seed"] == seed
    assert isinstance(shown["body"]["seed"], int)
