"""Constraints, which the raw generator reads and forgets: our clients keep every one before anything is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generated_client.powertokens import PowerTokens
from generated_client.powertokens.errors import RequestRefused

if TYPE_CHECKING:
    from .packages import Package, Pair

SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /pictures:
    post:
      operationId: makePicture
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Wish"}}}
      responses: {"200": {description: Done.}}
components:
  schemas:
    Wish:
      type: object
      required: [prompt]
      properties:
        prompt: {type: string, minLength: 1, maxLength: 8}
        n: {type: integer, minimum: 1, maximum: 6}
        size: {type: string, pattern: "^[0-9]+x[0-9]+$"}
        links: {type: array, items: {type: string}, minItems: 1, maxItems: 2, uniqueItems: true}
        strength: {type: number, exclusiveMinimum: 0, multipleOf: 0.25}
      dependentRequired: {strength: [links]}
"""
REFUSED: list[dict[str, Any]] = [
    {"prompt": ""},
    {"prompt": "x" * 9},
    {"prompt": 5},
    {"prompt": "x", "n": 0},
    {"prompt": "x", "n": 7},
    {"prompt": "x", "n": "2"},
    {"prompt": "x", "size": "big"},
    {"prompt": "x", "links": []},
    {"prompt": "x", "links": ["a", "a"]},
    {"prompt": "x", "links": ["a", "b", "c"]},
    {"prompt": "x", "links": ["a"], "strength": 0},
    {"prompt": "x", "links": ["a"], "strength": 0.3},
    {"prompt": "x", "strength": 0.5},
]
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


@pytest.mark.trap(19)
@pytest.mark.parametrize("fields", REFUSED, ids=str)
def test_every_constraint_of_a_spec_is_enforced_before_anything_is_sent(pair: Pair, fields: dict[str, Any]) -> None:
    def expectation(package: Package) -> None:
        sent: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            return httpx.Response(200)

        client = package.client(answer)
        with pytest.raises(ValueError, match="rule"):
            package.call_with(client, "make_picture", body=package.module("models").Wish(**fields))
        assert sent == []

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(19)
@pytest.mark.parametrize(("fields", "field"), BROKEN.values(), ids=BROKEN.keys())
def test_a_request_that_breaks_a_rule_is_not_sent(
    client: PowerTokens, sent: list[httpx.Request], fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(RequestRefused) as caught:
        client.images.generate(**fields)
    assert [breach.field for breach in caught.value.breaches] == [field]
    assert caught.value.breaches[0].rule in str(caught.value)
    assert sent == []


@pytest.mark.trap(19)
def test_all_breaches_are_told_at_once(client: PowerTokens) -> None:
    fields: dict[str, Any] = {"model": "dall-e", "prompt": 5, "n": 0, "size": "big"}
    with pytest.raises(RequestRefused) as caught:
        client.images.generate(**fields)
    assert {breach.field for breach in caught.value.breaches} == {"model", "prompt", "n", "size"}


@pytest.mark.trap(18)
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
