"""What is odd about requests that break no rule: fields that no document knows, files that are no images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.mock.requests.bodies import Body
from generator.mock.requests.remarks import MOST, NO_IMAGE, UNKNOWN_FIELD, Remarker

if TYPE_CHECKING:
    import httpx
    from starlette.applications import Starlette

GENERATIONS = "/v1/images/generations"
GOOD = {"model": "qwen-image-2.0-pro", "prompt": "a cat"}
EDITS = "/v1/images/edits"


def remarks(client: httpx.Client, app: Starlette, body: dict[str, Any], path: str = GENERATIONS) -> list[str]:
    client.post(path, json=body)
    found: list[str] = app.state.mock.journal.entries()[-1].remarks
    return found


def test_a_field_that_no_document_knows_is_told(client: httpx.Client, app: Starlette) -> None:
    assert remarks(client, app, GOOD) == []
    assert remarks(client, app, GOOD | {"colour": "red", "Seed": 1}) == [
        f"colour: {UNKNOWN_FIELD}",
        f"Seed: {UNKNOWN_FIELD}",
    ]
    assert remarks(client, app, GOOD | {"extra": {"input": {"anything": 1}}}, EDITS) == []
    assert remarks(client, app, GOOD | {"extra": {"inputs": {}}}, EDITS) == [f"extra.inputs: {UNKNOWN_FIELD}"]


def test_a_refused_request_has_its_verdict_and_no_remarks(client: httpx.Client, app: Starlette) -> None:
    assert remarks(client, app, GOOD | {"n": 70, "colour": "red"}) == []
    assert app.state.mock.journal.entries()[-1].verdict


def test_fields_within_lists_and_alternatives() -> None:
    item = {"anyOf": [{"properties": {"text": {"type": "string"}}}, {"properties": {"image": {"type": "string"}}}]}
    remarker = Remarker({"properties": {"list": {"items": item}, "closed": {"additionalProperties": False}}})
    value = {"list": [{"text": "a", "image": "b"}, {"txt": 1}], "closed": {"x": 1}}
    assert remarker.remarks(Body(value, 0), []) == [f"list[1].txt: {UNKNOWN_FIELD}"]
    many = {f"field{number}": 1 for number in range(100)}
    assert len(remarker.remarks(Body(many, 0), [])) == MOST


@pytest.mark.parametrize("content", [b"this is no image", b"%PDF-1.7"])
def test_a_file_that_is_no_image_is_told_where_no_rule_refuses_it(
    client: httpx.Client, app: Starlette, png: bytes, content: bytes
) -> None:
    for sent, told in ((png, []), (content, [f"image: {NO_IMAGE}"])):
        files = {"image": ("a.png", sent, "image/png")}
        answer = client.post(EDITS, data=GOOD, files=files)
        assert answer.status_code == 200
        assert app.state.mock.journal.entries()[-1].remarks == told


def test_the_model_that_is_meant_is_told(client: httpx.Client, app: Starlette, png: bytes) -> None:
    client.post("/api/v1/image/edit", data={"prompt": "a cat"}, files={"image": ("a.png", png, "image/png")})
    client.post(GENERATIONS, json=GOOD)
    models = [entry.model for entry in app.state.mock.journal.entries()]
    assert models == ["firered-image-edit", "qwen-image-2.0-pro"]
