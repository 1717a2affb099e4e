"""The upstream request: every field where the documents map it, nothing else."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from generator.mock.answering.upstream import UpstreamMap

if TYPE_CHECKING:
    from generator.spec import Operation


def mapped(operation: Operation, body: dict[str, Any], media_type: str = "application/json") -> Any:
    shape = operation.shape_meant(media_type, body)
    assert shape is not None
    before = deepcopy(body)
    request = UpstreamMap(shape).request(body)
    assert body == before
    return request


def test_prompt_shape(operations: dict[str, Operation]) -> None:
    body = {"model": "qwen-image-2.0-pro", "prompt": "a cat", "n": 2, "watermark": False, "seed": 0, "size": "512*512"}
    assert mapped(operations["generateImages"], body) == {
        "model": "qwen-image-2.0-pro",
        "input": {"messages": [{"role": "user", "content": [{"text": "a cat"}]}]},
        "parameters": {"n": 2, "size": "512*512", "seed": 0, "watermark": False},
    }


def test_response_format_and_unknown_fields_stay(operations: dict[str, Operation]) -> None:
    body = {"model": "qwen-image-2.0-pro", "prompt": "a", "response_format": "url", "mine": 1}
    assert "parameters" not in mapped(operations["generateImages"], body)


def test_messages_shape(operations: dict[str, Operation]) -> None:
    messages = [{"role": "user", "content": [{"image": "https://example.com/a"}, {"text": "b"}]}]
    body = {"model": "wan2.7-image-pro", "input": {"messages": messages}, "seed": 0, "bbox_list": [[[0, 0, 9, 9]]]}
    assert mapped(operations["editImages"], body) == {
        "model": "wan2.7-image-pro",
        "input": {"messages": messages},
        "parameters": {"seed": 0, "bbox_list": [[[0, 0, 9, 9]]]},
    }


def test_images_come_before_the_text_in_order(operations: dict[str, Operation]) -> None:
    body = {"prompt": "mix", "image": ["https://example.com/1", "https://example.com/2"], "model": "qwen-image-2.0-pro"}
    content = mapped(operations["editImages"], body)["input"]["messages"][0]["content"]
    assert content == [{"image": "https://example.com/1"}, {"image": "https://example.com/2"}, {"text": "mix"}]


def test_one_image_is_one_entry(operations: dict[str, Operation]) -> None:
    body = {"prompt": "mix", "image": "https://example.com/1", "model": "qwen-image-2.0-pro"}
    content = mapped(operations["editImages"], body)["input"]["messages"][0]["content"]
    assert content == [{"image": "https://example.com/1"}, {"text": "mix"}]


def test_extra_is_merged_last_key_by_key(operations: dict[str, Operation]) -> None:
    extra = {"input": {"mode": {"a": 1}}, "parameters": {"n": 4, "nested": {"deep": False}}}
    body = {"model": "qwen-image-2.0-pro", "prompt": "p", "n": 1, "seed": 7, "extra": extra}
    request = mapped(operations["editImages"], body)
    assert request["parameters"] == {"n": 4, "seed": 7, "nested": {"deep": False}}
    assert request["input"]["mode"] == {"a": 1}
    assert request["input"]["messages"][0]["content"] == [{"text": "p"}]


def test_extra_is_merged_into_objects_at_any_depth(operations: dict[str, Operation]) -> None:
    # No field that extra meets is an object today; a spec may say so tomorrow.
    extra = {"parameters": {"size": {"deep": {"c": 4, "d": 5}}}}
    body = {"model": "qwen-image-2.0-pro", "prompt": "p", "size": {"a": 1, "deep": {"b": 2, "c": 3}}, "extra": extra}
    merged = {"a": 1, "deep": {"b": 2, "c": 4, "d": 5}}
    assert mapped(operations["editImages"], body)["parameters"]["size"] == merged


def test_no_mapping_is_no_request(operations: dict[str, Operation]) -> None:
    assert mapped(operations["editImage"], {"image": "https://example.com/1", "prompt": "p"}) is None
