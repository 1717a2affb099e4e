"""The judge names exactly the rules that a request breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.mock.judging.judge import Judge, ParameterJudge, UnlistedRuleError
from generator.spec import Level, Parameter, Place, Rule, Source

if TYPE_CHECKING:
    import httpx

    from generator.spec import Operation

PROMPT = {"model": "qwen-image-2.0-pro", "prompt": "a cat"}
MESSAGES = {"model": "wan2.7-image-pro", "input": {"messages": [{"role": "user", "content": [{"text": "a cat"}]}]}}


def judged(operation: Operation, body: Any, media_type: str = "application/json") -> list[tuple[str, str]]:
    shape = operation.shape_meant(media_type, body)
    assert shape is not None
    return [(b.rule.id, b.field) for b in Judge(shape.schema, shape.rules).breaches(body)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"n": 6}, []),
        ({"n": 7}, [("n/maximum", "n")]),
        ({"n": 0}, [("n/minimum", "n")]),
        ({"n": 6.0}, []),
        ({"n": 1.5}, [("n/type", "n")]),
        ({"n": True}, [("n/type", "n")]),
        ({"n": 10**400}, [("n/maximum", "n")]),
        ({"prompt": "x" * 800}, []),
        ({"prompt": "😀" * 800}, []),
        ({"prompt": "😀" * 801}, [("prompt/maxLength", "prompt")]),
        ({"prompt": None}, [("prompt/type", "prompt")]),
        ({"size": "512*512"}, []),
        ({"size": "511*512"}, [("size/x-total-pixels/unless-model-wan2.7-image-pro", "size")]),
        ({"size": "4096*1024"}, []),
        ({"size": "4096*1025"}, [("size/x-total-pixels/unless-model-wan2.7-image-pro", "size")]),
        ({"size": "1024x1024"}, [("size/pattern", "size")]),
        ({"size": "1024*1024\n"}, [("size/pattern", "size")]),
        ({"size": "1" + "0" * 5000 + "*1"}, [("size/x-total-pixels/unless-model-wan2.7-image-pro", "size")]),
        ({"model": "wan2.7-image-pro", "n": 2}, [("n/maximum/when-model-wan2.7-image-pro", "n")]),
        ({"model": "wan2.7-image-pro", "size": "1*1"}, []),
        ({"model": "no-such-model"}, [("model/enum", "model")]),
        ({"unknown": 1}, []),
        ({"seed": 2147483648, "watermark": "no"}, [("seed/maximum", "seed"), ("watermark/type", "watermark")]),
    ],
)
def test_prompt_shape(
    operations: dict[str, Operation], change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = judged(operations["generateImages"], PROMPT | change)
    assert found == [(f"generateImages/prompt/{rule}", field) for rule, field in expected]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"n": 4}, []),
        ({"n": 5}, [("n/maximum/unless-enable_sequential-true", "n")]),
        ({"n": 12, "enable_sequential": True}, []),
        ({"n": 13, "enable_sequential": True}, [("n/maximum", "n")]),
        ({"seed": 10**30}, []),
        ({"seed": -1}, [("seed/minimum", "seed")]),
        ({"size": "8K"}, [("size/pattern", "size")]),
        ({"input": {}}, [("input.messages/required", "input.messages")]),
        ({"input": {"messages": []}}, [("input.messages/minItems", "input.messages")]),
        (
            {"input": {"messages": [{"role": "system", "content": [{"text": 1}]}]}},
            [
                ("input.messages.-.role/enum", "input.messages[0].role"),
                ("input.messages.-.content.-.text/type", "input.messages[0].content[0].text"),
            ],
        ),
        (
            {"color_palette": [{"hex": "#fff", "ratio": "25%"}, {"ratio": "x"}]},
            [
                ("color_palette.-.hex/required", "color_palette[1].hex"),
                ("color_palette.-.ratio/pattern", "color_palette[1].ratio"),
            ],
        ),
    ],
)
def test_messages_shape(
    operations: dict[str, Operation], change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = judged(operations["generateImages"], MESSAGES | change)
    assert sorted(found) == sorted((f"generateImages/messages/{rule}", field) for rule, field in expected)


def test_alternatives_that_ask_for_fields(operations: dict[str, Operation]) -> None:
    body = {"model": "wan2.7-image-pro", "input": {"messages": [{"role": "user", "content": [{}]}]}}
    shape = operations["editImages"].shape_meant("application/json", body)
    assert shape is not None
    (breach,) = Judge(shape.schema, shape.rules).breaches(body)
    assert breach.rule.keyword == "anyOf"
    assert breach.message == "must have image or text"


def test_unknown_field_of_a_closed_shape_is_named(operations: dict[str, Operation]) -> None:
    body = {"image": "https://example.com/a.png", "prompt": "p", "one": 1, "two": 2}
    found = judged(operations["editImage"], body)
    assert sorted(found) == [("editImage/json/additionalProperties", field) for field in ("one", "two")]


@pytest.mark.parametrize("body", [None, [], "text", 1, True])
def test_a_body_that_is_no_object(operations: dict[str, Operation], body: Any) -> None:
    assert judged(operations["generateImages"], body) == [("generateImages/prompt/type", "body")]


def test_a_constraint_that_is_not_listed_is_an_error() -> None:
    judge = Judge({"properties": {"n": {"minimum": 1}}}, ())
    with pytest.raises(UnlistedRuleError, match="minimum"):
        judge.breaches({"n": 0})


def test_message_names_field_condition_and_rule(operations: dict[str, Operation]) -> None:
    shape = operations["generateImages"].shapes[0]
    (breach,) = Judge(shape.schema, shape.rules).breaches({"model": "wan2.7-image-pro", "prompt": "p", "n": 3})
    assert str(breach) == (
        "n: must be at most 1 when model is wan2.7-image-pro "
        "(rule generateImages/prompt/n/maximum/when-model-wan2.7-image-pro)"
    )


def parameter_rule(keyword: str, value: Any, *path: str) -> Rule:
    source = Source("d", "page", "", Level.ASSUMED)
    return Rule(f"op/query/p/{keyword}", "op", "", "", Place.QUERY, "p", keyword, value, None, source, "", 1, path)


def test_parameters() -> None:
    rules = (parameter_rule("required", True, "required"), parameter_rule("maximum", 9, "maximum"))  # noqa: FBT003
    parameter = Parameter("p", Place.QUERY, required=True, schema={"maximum": 9}, description="", rules=rules)
    judge = ParameterJudge(parameter)
    assert [b.rule.keyword for b in judge.breaches(None)] == ["required"]
    assert [(b.rule.keyword, b.field) for b in judge.breaches(10)] == [("maximum", "p")]
    assert judge.breaches(9) == []


def test_a_pattern_is_told_with_examples_where_the_spec_has_any(client: httpx.Client) -> None:
    body = {"model": "qwen-image-2.0-pro", "prompt": "a cat", "size": "1024x1024"}
    message = client.post("/v1/images/generations", json=body).json()["error"]["message"]
    assert "(e.g. 1024*1024)" in message
