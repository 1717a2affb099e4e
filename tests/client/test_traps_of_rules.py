"""Constraints, which the raw generator reads and forgets: our clients keep every one before anything is sent."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from generated_client.powertokens import PowerTokens
from generated_client.powertokens.errors import RequestRefused

TEXT = {"messages": [{"role": "user", "content": [{"text": "a cat"}]}]}
PROMPT_SHAPE = {"model": "qwen-image-2.0-pro", "prompt": "a cat"}
MESSAGES_SHAPE = {"model": "wan2.7-image-pro", "input": TEXT}

BROKEN = {
    "minimum": ({**PROMPT_SHAPE, "n": 0}, "n"),
    "maximum": ({**PROMPT_SHAPE, "n": 7}, "n"),
    "maxLength": ({**PROMPT_SHAPE, "prompt": "x" * 801}, "prompt"),
    "pattern": ({**PROMPT_SHAPE, "size": "1024x1024"}, "size"),
    "enum": ({**PROMPT_SHAPE, "response_format": "jpeg"}, "response_format"),
    "type": ({**PROMPT_SHAPE, "n": "2"}, "n"),
    "type of a boolean": ({**PROMPT_SHAPE, "watermark": 1}, "watermark"),
    "required": ({"prompt": "a cat"}, "model"),
    "condition": ({**PROMPT_SHAPE, "model": "wan2.7-image-pro", "n": 2}, "n"),
    "pixels": ({**PROMPT_SHAPE, "size": "2048*2049"}, "size"),
    "minItems": ({**MESSAGES_SHAPE, "input": {"messages": []}}, "input.messages"),
    "maxItems": ({**MESSAGES_SHAPE, "input": {"messages": TEXT["messages"] * 2}}, "input.messages"),
}


@pytest.fixture
def sent() -> list[httpx.Request]:
    return []


@pytest.fixture
def client(sent: list[httpx.Request]) -> PowerTokens:
    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"data": []})

    return PowerTokens("a key", http_client=httpx.Client(transport=httpx.MockTransport(answer)))


@pytest.mark.parametrize(("fields", "field"), BROKEN.values(), ids=BROKEN.keys())
def test_a_request_that_breaks_a_rule_is_not_sent(
    client: PowerTokens, sent: list[httpx.Request], fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(RequestRefused) as caught:
        client.images.generate(**fields)
    assert [breach.field for breach in caught.value.breaches] == [field]
    assert caught.value.breaches[0].rule in str(caught.value)
    assert sent == []


def test_all_breaches_are_told_at_once(client: PowerTokens) -> None:
    fields: dict[str, Any] = {"model": "dall-e", "prompt": 5, "n": 0, "size": "big"}
    with pytest.raises(RequestRefused) as caught:
        client.images.generate(**fields)
    assert {breach.field for breach in caught.value.breaches} == {"model", "prompt", "n", "size"}


@pytest.mark.parametrize("fields", [PROMPT_SHAPE, MESSAGES_SHAPE], ids=["prompt", "messages"])
def test_of_several_shapes_the_one_that_is_meant_is_made(
    client: PowerTokens, sent: list[httpx.Request], fields: dict[str, Any]
) -> None:
    """Not the first whose class would take the fields: a wrong field is told against the shape that was meant."""
    client.images.generate(**fields)
    assert json.loads(sent[0].content) == fields
    with pytest.raises(RequestRefused) as caught:
        client.images.generate(**fields, seed=-1)
    shape = "messages" if "input" in fields else "prompt"
    assert [breach.rule for breach in caught.value.breaches] == [f"generateImages/{shape}/seed/minimum"]
