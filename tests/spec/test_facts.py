"""What the documents say besides constraints, written from them: defaults, upstream fields, answers, credentials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.spec import Contract, Json, Shape, load, openapi_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEFAULTS = {
    ("generateImages", "prompt"): {
        "n": 1,
        "response_format": "url",
        "watermark": False,
        "prompt_extend": True,
    },
    ("generateImages", "messages"): {"response_format": "url", "size": "1K", "watermark": False},
    ("editImages", "prompt"): {},
    ("editImages", "multipart"): {},
    ("editImages", "messages"): {"response_format": "url", "size": "1K", "watermark": False, "seed": 0},
    ("editImage", "json"): {"model": "firered-image-edit", "resolution": "1K", "safe_mode": True},
    ("editImage", "multipart"): {"model": "firered-image-edit", "resolution": "1K", "safe_mode": True},
}
_PROMPT_SHAPE = {
    "model": "/model",
    "prompt": "/input/messages/0/content/-/text",
    "n": "/parameters/n",
    "size": "/parameters/size",
    "seed": "/parameters/seed",
    "watermark": "/parameters/watermark",
    "prompt_extend": "/parameters/prompt_extend",
    "negative_prompt": "/parameters/negative_prompt",
}
_IMAGE = {"image": "/input/messages/0/content/-/image"}
_MESSAGES = {
    "model": "/model",
    "input": "/input",
    "size": "/parameters/size",
    "n": "/parameters/n",
    "watermark": "/parameters/watermark",
    "seed": "/parameters/seed",
}
_UPSTREAM = {
    ("generateImages", "prompt"): _PROMPT_SHAPE,
    ("generateImages", "messages"): _MESSAGES
    | {name: f"/parameters/{name}" for name in ("thinking_mode", "enable_sequential", "color_palette")},
    ("editImages", "prompt"): _PROMPT_SHAPE | _IMAGE | {"extra.input": "/input", "extra.parameters": "/parameters"},
    ("editImages", "multipart"): _PROMPT_SHAPE | _IMAGE,
    ("editImages", "messages"): _MESSAGES | {name: f"/parameters/{name}" for name in ("negative_prompt", "bbox_list")},
}
_ERROR_CODES = {
    "400": "bad_request_body",
    "401": "access_denied",
    "413": "read_request_body_failed",
    "429": "insufficient_user_quota",
    "500": "gen_relay_info_failed",
    "502": "bad_response_status_code",
    "503": "get_channel_failed",
}
_EDIT_MODELS = [
    "firered-image-edit", "qwen-edit", "qwen-edit-uncensored", "grok-imagine-edit", "grok-imagine-quality-edit",
    "qwen-image-2-edit", "qwen-image-2-pro-edit", "wan-2-7-pro-edit", "flux-2-max-edit", "gpt-image-2-edit",
    "gpt-image-1-5-edit", "nano-banana-2-edit", "nano-banana-pro-edit", "seedream-v5-lite-edit", "seedream-v4-edit",
]  # fmt: skip


@pytest.fixture(scope="module")
def powertokens() -> Contract:
    return load(openapi_folder() / "powertokens.yaml")


@pytest.fixture(scope="module")
def venice() -> Contract:
    return load(openapi_folder() / "venice.yaml")


def _shapes(*contracts: Contract) -> Iterator[tuple[tuple[str, str], Shape]]:
    for operation in (operation for contract in contracts for operation in contract.operations):
        for shape in operation.shapes:
            yield (operation.id, shape.name), shape


def _stated(schema: Mapping[str, Json], keyword: str, path: str = "") -> Iterator[tuple[str, Json]]:
    for name, child in schema.get("properties", {}).items():
        if keyword in child:
            yield path + name, child[keyword]
        yield from _stated(child, keyword, f"{path}{name}.")


def test_the_defaults(powertokens: Contract, venice: Contract) -> None:
    stated = {key: dict(_stated(shape.schema, "default")) for key, shape in _shapes(powertokens, venice)}
    assert stated == _DEFAULTS


def test_the_upstream_fields(powertokens: Contract) -> None:
    stated = {key: dict(_stated(shape.schema, "x-upstream")) for key, shape in _shapes(powertokens)}
    assert stated == _UPSTREAM


def test_images_stand_before_the_text_upstream(powertokens: Contract) -> None:
    for shape in powertokens.operation("editImages").shapes:
        names = list(shape.schema["properties"])
        assert shape.name == "messages" or names.index("image") < names.index("prompt")


@pytest.mark.parametrize("operation_id", ["generateImages", "editImages"])
def test_the_answers_of_powertokens(powertokens: Contract, operation_id: str) -> None:
    operation = powertokens.operation(operation_id)
    assert {answer.status: answer.error_code for answer in operation.answers} == {"200": "", **_ERROR_CODES}
    (done, *_) = operation.answers
    item = done.content["application/json"]["properties"]["data"]["items"]
    assert item["x-image-from"] == {"url": "url", "base64": "b64_json"}
    assert item["properties"]["url"]["x-result-url"] == {"lifetime": 24 * 60 * 60, "credentials": False}


def test_the_answers_of_venice(venice: Contract) -> None:
    operation = venice.operation("editImage")
    statuses = ["200", "400", "401", "402", "415", "429", "500", "503"]
    answers = {answer.status: answer for answer in operation.answers}
    assert list(answers) == statuses
    assert list(answers["200"].content) == ["image/png", "image/jpeg", "image/webp"]
    assert list(answers["402"].headers) == ["PAYMENT-REQUIRED"]


def test_servers_and_credentials(powertokens: Contract, venice: Contract) -> None:
    assert (powertokens.server, powertokens.server_environment) == (
        "https://api.powertokens.ai",
        "POWERTOKENS_BASE_URL",
    )
    assert (venice.server, venice.server_environment) == ("https://api.venice.ai", "VENICE_BASE_URL")
    assert powertokens.security_schemes["bearerAuth"].environment == "POWERTOKENS_API_KEY"
    assert venice.security_schemes["bearerAuth"].environment == "VENICE_API_KEY"
    wallets = [scheme for scheme in venice.security_schemes.values() if scheme.credential == "wallet"]
    assert [(scheme.header, scheme.deprecated) for scheme in wallets] == [
        ("SIGN-IN-WITH-X", False),
        ("X-Sign-In-With-X", True),
    ]


def test_the_paths(powertokens: Contract, venice: Contract) -> None:
    assert [f"{op.method} {op.path}" for contract in (powertokens, venice) for op in contract.operations] == [
        "POST /v1/images/generations",
        "POST /v1/images/edits",
        "POST /api/v1/image/edit",
        "GET /api/v1/models",
    ]


def test_input_tells_the_messages_shape(powertokens: Contract) -> None:
    told = {key: shape.present for key, shape in _shapes(powertokens) if shape.present}
    assert told == {("generateImages", "messages"): "input", ("editImages", "messages"): "input"}


def test_the_models_of_venice_are_known_but_not_the_only_ones(venice: Contract) -> None:
    for _, shape in _shapes(venice):
        properties = shape.schema["properties"]
        assert properties["model"]["x-known-values"] == properties["modelId"]["x-known-values"] == _EDIT_MODELS
        assert properties["modelId"]["deprecated"] is True
        assert properties["modelId"]["x-replaced-by"] == "model"
        assert "0.04 US dollars" in properties["model"]["description"]


def test_the_output_format_follows_the_resolution(venice: Contract) -> None:
    for _, shape in _shapes(venice):
        assert shape.schema["properties"]["output_format"]["x-default-from"] == {
            "property": "resolution",
            "values": {"1K": "png", "2K": "jpeg", "4K": "jpeg"},
        }


def test_files_of_powertokens_may_be_named_with_brackets(powertokens: Contract) -> None:
    (shape,) = powertokens.operation("editImages").shapes_of("multipart/form-data")
    assert shape.schema["properties"]["image"]["x-part-aliases"] == ["image[]"]
    assert shape.is_multipart


@pytest.mark.parametrize(
    ("size", "right"),
    [
        ("1K", True),
        ("2K", True),
        ("4K", True),
        ("3000*500", True),
        ("3K", False),
        ("1k", False),
        ("5*", False),
        ("0*5", False),
    ],
)
def test_the_sizes_of_the_messages_shape(powertokens: Contract, size: str, right: bool) -> None:  # noqa: FBT001  pytest's way
    pattern = powertokens.operation("editImages").shapes[1].schema["properties"]["size"]["pattern"]
    assert bool(re.search(pattern, size)) is right


def test_each_document_has_its_own_example_request(powertokens: Contract, venice: Contract) -> None:
    examples = [
        (operation.id, example.media_type, example.name)
        for contract in (powertokens, venice)
        for operation in contract.operations
        for example in operation.examples
    ]
    assert examples == [
        ("generateImages", "application/json", "text-to-image-qwen"),
        ("generateImages", "application/json", "text-to-image-wan"),
        ("editImages", "application/json", "image-edit-qwen"),
        ("editImages", "application/json", "image-edit-wan"),
        ("editImages", "multipart/form-data", "image-edit-qwen"),
        ("editImage", "application/json", "image-edit"),
        ("editImage", "multipart/form-data", "image-edit"),
    ]
