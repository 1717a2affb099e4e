"""Answers to right requests: every example is accepted, and the images are what was asked for."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from jsonschema_rs import Draft202012Validator
from PIL import Image

from generator.mock import DEFAULT_KEY, create_app, transport
from generator.spec import load_all

if TYPE_CHECKING:
    from generator.spec import Contract, Example, Operation

GENERATIONS = "/v1/images/generations"
EDITS = "/v1/images/edits"
EDIT = "/api/v1/image/edit"
QWEN = {"model": "qwen-image-2.0-pro", "prompt": "a cat"}
WAN = {"model": "wan2.7-image-pro", "input": {"messages": [{"role": "user", "content": [{"text": "a cat"}]}]}}
EXAMPLES = [
    pytest.param(operation, example, id=f"{operation.id}-{example.name}-{example.media_type}")
    for contract in load_all()
    for operation in contract.operations
    for example in operation.examples
]


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def as_form(value: dict[str, Any], png: bytes) -> dict[str, Any]:
    """An example as httpx sends it as a form: ``@name.png`` stands for a file."""
    files, data = [], {}
    for name, given in value.items():
        for item in given if isinstance(given, list) else [given]:
            if str(item).startswith("@"):
                files.append((name, (item[1:], png, "image/png")))
            else:
                data[name] = str(item).lower() if isinstance(item, bool) else item
    return {"data": data, "files": files}


@pytest.mark.parametrize(("operation", "example"), EXAMPLES)
def test_every_example_is_accepted(client: httpx.Client, png: bytes, operation: Operation, example: Example) -> None:
    sent = {"json": example.value} if example.media_type == "application/json" else as_form(example.value, png)
    answer = client.request(operation.method, operation.path, **sent)
    assert answer.status_code == 200, answer.text
    documented = next(a for a in operation.answers if a.status == "200")
    media_type = answer.headers["content-type"]
    assert media_type in documented.content
    if media_type == "application/json":
        Draft202012Validator(dict(documented.content[media_type])).validate(answer.json())
        assert len(answer.json()["data"]) == example.value["n"]
        for item in answer.json()["data"]:
            opened(client.get(item["url"]).content)
    else:
        assert Image.MIME[str(opened(answer.content).format)] == media_type


@pytest.mark.parametrize(
    ("path", "body", "size", "count"),
    [
        (GENERATIONS, QWEN, (1024, 1024), 1),
        (GENERATIONS, QWEN | {"size": "512*1024", "n": 6}, (512, 1024), 6),
        (GENERATIONS, QWEN | {"size": "512*1024", "n": 2.0}, (512, 1024), 2),
        (GENERATIONS, WAN, (1024, 1024), 1),
        (GENERATIONS, WAN | {"size": "2K"}, (2048, 2048), 1),
        (GENERATIONS, WAN | {"size": "64*48", "n": 12, "enable_sequential": True}, (64, 48), 12),
        (EDITS, QWEN | {"image": "https://example.com/a.png", "size": "800*600"}, (800, 600), 1),
    ],
)
def test_images_by_link_and_as_data(
    client: httpx.Client, path: str, body: dict[str, Any], size: tuple[int, int], count: int
) -> None:
    by_link = client.post(path, json=body).json()
    as_data = client.post(path, json=body | {"response_format": "b64_json"}).json()
    links = [client.get(item["url"], headers={"Authorization": ""}) for item in by_link["data"]]
    contents = [base64.b64decode(item["b64_json"]) for item in as_data["data"]]
    assert [link.content for link in links] == contents
    assert len(contents) == len(set(contents)) == count
    assert {opened(content).size for content in contents} == {size}
    assert {link.headers["content-type"] for link in links} == {"image/png"}
    assert not any("url" in item for item in as_data["data"])
    assert by_link["metadata"]["usage"] == {"image_count": count, "width": size[0], "height": size[1]}


def test_the_prompt_is_rewritten_where_that_is_asked_for_or_the_default(client: httpx.Client) -> None:
    def revised(path: str, body: dict[str, Any]) -> str:
        return str(client.post(path, json=body).json()["data"][0]["revised_prompt"])

    assert revised(GENERATIONS, QWEN) != "a cat"
    assert revised(GENERATIONS, QWEN).startswith("a cat")
    assert revised(GENERATIONS, QWEN | {"prompt_extend": False}) == "a cat"
    assert revised(EDITS, QWEN) == "a cat"
    assert revised(GENERATIONS, WAN) == "a cat"


def test_metadata_shows_the_upstream_request(client: httpx.Client) -> None:
    answer = client.post(GENERATIONS, json=QWEN | {"seed": 0})
    metadata = answer.json()["metadata"]
    assert metadata["request"]["parameters"] == {"seed": 0}
    assert metadata["request_id"] == answer.headers["x-request-id"]
    assert metadata["output"]["choices"][0]["message"]["content"] == [{"image": answer.json()["data"][0]["url"]}]


def test_an_edit_without_a_size_keeps_the_ratio_of_its_input(client: httpx.Client, png: bytes) -> None:
    image = base64.b64encode(png).decode()
    answer = client.post(EDITS, json=QWEN | {"image": image, "response_format": "b64_json"})
    assert opened(base64.b64decode(answer.json()["data"][0]["b64_json"])).size == (1024, 768)


@pytest.mark.parametrize(
    ("fields", "size", "media_type"),
    [
        ({}, (1024, 1024), "image/png"),
        ({"resolution": "2K"}, (2048, 2048), "image/jpeg"),
        ({"resolution": "2K", "output_format": "webp", "aspect_ratio": "21:9"}, (2048, 878), "image/webp"),
        ({"output_format": "jpg", "aspect_ratio": "2:3"}, (683, 1024), "image/jpeg"),
        ({"output_format": "jpeg"}, (1024, 1024), "image/jpeg"),
        ({"resolution": "unheard of"[:10]}, (1024, 1024), "image/png"),
    ],
)
def test_the_image_itself(client: httpx.Client, fields: dict[str, Any], size: tuple[int, int], media_type: str) -> None:
    body = {"image": "https://example.com/a.png", "prompt": "p"} | fields
    answer = client.post(EDIT, json=body)
    image = opened(answer.content)
    assert (image.size, Image.MIME[str(image.format)]) == (size, media_type)
    assert answer.headers["content-type"] == media_type


def test_documented_headers(client: httpx.Client, operations: dict[str, Operation]) -> None:
    body = {"image": "https://example.com/a.png", "prompt": "p"}
    plain = client.post(EDIT, json=body | {"model": "qwen-edit", "modelId": "flux-2-max-edit"}).headers
    older = client.post(EDIT, json=body | {"modelId": "flux-2-max-edit"}).headers
    assert plain["x-venice-model-id"] == "qwen-edit"
    assert plain["x-venice-model-name"] == "Qwen Edit"
    assert plain["x-venice-is-content-violation"] == "false"
    assert float(plain["x-balance-remaining"]) > 0
    assert "x-venice-model-deprecation-warning" not in plain
    assert older["x-venice-model-id"] == "flux-2-max-edit"
    assert older["x-venice-model-deprecation-warning"] == "modelId is deprecated; use model"
    assert older["x-venice-model-deprecation-date"] == "2026-12-31"
    documented = next(answer.headers for answer in operations["editImage"].answers if answer.status == "200")
    assert {name.lower() for name in documented} <= set(older)


@pytest.mark.parametrize("model", ["a\r\nX-Evil: 1", "模型 1", "\x00"])
def test_a_model_of_any_name_fits_into_a_header(client: httpx.Client, model: str) -> None:
    answer = client.post(EDIT, json={"image": "https://example.com/a.png", "prompt": "p", "model": model})
    assert answer.status_code == 200
    assert "x-evil" not in answer.headers
    assert answer.headers["x-venice-model-id"].isascii()


def test_the_same_seed_gives_the_same_bytes(contracts: tuple[Contract, ...], png: bytes) -> None:
    def image(seed: int, prompt: str = "p") -> bytes:
        headers = {"Authorization": f"Bearer {DEFAULT_KEY}"}
        way = transport(create_app(contracts, seed=seed))
        with httpx.Client(transport=way, base_url="http://mock", headers=headers) as client:
            files = {"image": ("a.png", png, "image/png")}
            return client.post(EDIT, data={"prompt": prompt}, files=files).content

    assert image(1) == image(1)
    assert image(1) != image(2)
    assert image(1) != image(1, "q")


def test_models(client: httpx.Client, operations: dict[str, Operation]) -> None:
    listed = client.get("/api/v1/models?type=inpaint").json()
    schema = next(a for a in operations["listModels"].answers if a.status == "200").content["application/json"]
    Draft202012Validator(dict(schema)).validate(listed)
    known = operations["editImage"].shapes[0].schema["properties"]["model"]["x-known-values"]
    assert [model["id"] for model in listed["data"]] == known
    prices = {model["id"]: model["model_spec"]["pricing"] for model in listed["data"]}
    assert prices["qwen-edit"]["inpaint"]["usd"] == 0.04
    assert set(prices["gpt-image-2-edit"]["quality"]["4K"]) == {"low", "medium", "high"}
    assert client.get("/api/v1/models?type=video").json()["data"] == []
    assert client.get("/api/v1/models").json()["data"] == listed["data"]


def test_more_pixels_than_the_mock_draws(client: httpx.Client) -> None:
    answer = client.post(GENERATIONS, json=WAN | {"size": "5000*5000"})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "size"
    assert "1 to 16777216 pixels" in answer.json()["error"]["message"]


def test_an_image_that_was_never_made(client: httpx.Client) -> None:
    assert client.get("/_mock/images/none.png").status_code == 404
