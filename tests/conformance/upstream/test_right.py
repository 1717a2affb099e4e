"""A gateway that forwards as the pages say is not complained of, whatever the pages leave to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generator.conformance.settings import Settings
from generator.conformance.upstream import upstream_cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.spec import Contract

    from .gateway import Body

Judge = Any  # the fixture's, in conftest.py


def first_choice(output: Body) -> list[str]:
    """The images of a provider that puts all of them into one choice."""
    return [item["image"] for item in output["choices"][0]["message"]["content"]]


def first_content(output: Body) -> list[str]:
    """The images of a provider that makes a choice of each."""
    return [choice["message"]["content"][0]["image"] for choice in output["choices"]]


def fields_more(request: Body, _: Body) -> Body:
    """An upstream request with what no page speaks of."""
    parameters = {**request["parameters"], "trace": "on", "prompt_version": 2}
    return {**request, "input": {**request["input"], "session": "s"}, "parameters": parameters}


def text_before_images(request: Body, body: Body) -> Body:
    """An upstream request whose text stands first, where the gateway writes the message: no page speaks of that."""
    if "input" in body:
        return request
    altered: Body = json.loads(json.dumps(request))
    for message in altered["input"]["messages"]:
        message["content"].sort(key=lambda item: "image" in item)
    return altered


def images_kept_elsewhere(request: Body, _: Body) -> Body:
    """An upstream request whose images are links to where the gateway put them."""
    altered: Body = json.loads(json.dumps(request))
    for message in altered["input"]["messages"]:
        for item in message["content"]:
            if "image" in item:
                item["image"] = "oss://bucket/input.png"
    return altered


def all_metadata(answer: Body) -> Body:
    """An answer that wraps what the provider said."""
    return {**answer, "metadata": {"upstream": answer["metadata"], "region": "eu"}}


def more_answer(answer: Body) -> Body:
    """An answer with what no page speaks of."""
    return {**answer, "usage": {"images": [1]}, "data": [{**item, "revised_prompt": "x"} for item in answer["data"]]}


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"reads": first_choice},
        {"reads": first_content},
        {"rehosts": True},
        {"later": True},
        {"forward": fields_more},
        {"forward": text_before_images},
        {"forward": images_kept_elsewhere},
        {"answer": all_metadata},
        {"answer": more_answer},
    ],
    ids=lambda choice: "-".join(getattr(value, "__name__", name) for name, value in choice.items()) or "plain",
)
def test_nothing_is_found_wrong(judge: Callable[..., Judge], choice: dict[str, Any]) -> None:
    run = judge(**choice)
    assert [str(finding) for finding in run.found.findings] == []
    assert set(run.outcomes.values()) <= {"conforms", "not tested"}
    untested = {rule for rule, outcome in run.outcomes.items() if outcome == "not tested"}
    assert untested <= {rule for rule in run.outcomes if "/image/" in rule or "editImages/messages/input/" in rule}
    assert run.found.unjudged == ()


def test_every_field_is_judged_with_few_requests(judge: Callable[..., Judge], powertokens: Contract) -> None:
    run = judge()
    planned = list(upstream_cases(powertokens))
    assert len(run.requests) == len(planned) == 17
    assert [case.id for _, case in run.told] == [each.case.id for each in planned]
    assert len({each.case.id for each in planned}) == 17
    mapped = {
        f"{operation.id}/{shape.name}/{name}"
        for operation in powertokens.operations
        for shape in operation.shapes
        for name, prop in shape.schema["properties"].items()
        if "x-upstream" in prop
    }
    judged = {rule.removesuffix("/upstream") for rule in run.outcomes if rule.endswith("/upstream")}
    assert judged == mapped | {"editImages/prompt/extra.input", "editImages/prompt/extra.parameters"}


def test_what_a_page_says_of_the_mapping_is_documented_and_what_none_says_is_not(judge: Callable[..., Judge]) -> None:
    levels = {verdict.rule: verdict.level.value for verdict in judge().found.verdicts}
    documented = {rule for rule, level in levels.items() if level == "documented"}
    fields = {
        "generateImages/messages": [
            "size",
            "n",
            "watermark",
            "thinking_mode",
            "enable_sequential",
            "color_palette",
            "seed",
        ],
        "editImages/messages": ["size", "n", "watermark", "negative_prompt", "seed", "bbox_list"],
    }
    mapped = {f"{shape}/{name}/upstream" for shape, names in fields.items() for name in names}
    assert documented == mapped | {"generateImages/messages/upstream-answer"}


def test_a_gateway_that_fails_over_has_another_source_of_images(judge: Callable[..., Judge]) -> None:
    from starlette.responses import JSONResponse  # noqa: PLC0415  only this test answers by itself

    elsewhere = {"created": 1, "data": [{"url": "https://elsewhere.example/1.png"}], "metadata": {}}
    run = judge(failed=lambda: JSONResponse(elsewhere))
    assert run.broken == set()
    assert run.outcomes["generateImages/upstream-error"] == "not tested"


def test_a_gateway_that_forwards_elsewhere_is_not_judged_and_costs_one_request_a_shape(
    judge: Callable[..., Judge], powertokens: Contract
) -> None:
    from generator.conformance.upstream import Provider  # noqa: PLC0415  only this test has a second provider

    with Provider(powertokens, 0) as other:
        run = judge(upstream=other.url)
    assert set(run.outcomes.values()) == {"not tested"}
    assert run.broken == set()
    assert len(run.requests) == 5
    (why,) = run.found.unjudged
    assert "generateImages/messages" in why
    assert "lead the gateway's upstream to http://127.0.0.1:" in why


def test_a_gateway_that_refuses_fields_together_is_judged_by_each_alone(judge: Callable[..., Judge]) -> None:
    def refuses(body: Body) -> bool:
        return len(body) > 4

    def without_seed(body: Body) -> Body:
        return {name: value for name, value in body.items() if name != "seed"}

    assert judge(refuses=refuses).broken == set()
    run = judge(refuses=refuses, alter=without_seed)
    assert {rule.split("/")[2] for rule in run.broken} == {"seed"}


def test_nothing_that_may_be_billed_is_sent_where_that_is_not_wanted(judge: Callable[..., Judge]) -> None:
    run = judge(Settings(base_url="http://gateway", no_billable=True))
    assert run.requests == []
    assert {verdict.why for verdict in run.found.verdicts} == {"only a request that may be billed tells"}
    assert run.found.unjudged == ()


def test_operations_that_are_not_asked_for_are_left_alone(judge: Callable[..., Judge]) -> None:
    run = judge(Settings(base_url="http://gateway", operations=["generateImages"]))
    assert {verdict.operation for verdict in run.found.verdicts} == {"generateImages"}
    assert len(run.requests) == 7
