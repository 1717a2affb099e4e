"""Each way to forward wrongly is found, and blamed on the fields that it is about and on no others."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from attrs import field, frozen
from starlette.responses import JSONResponse

from .gateway import KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from .gateway import Body

BOOLEANS = ("watermark", "prompt_extend", "thinking_mode", "enable_sequential")

DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}


@frozen
class Wrong:
    """A way to be wrong.

    Attributes:
        name: What is wrong.
        how: What makes the gateway so.
        blames: The last parts of the rules' ids that must be blamed, in each shape that has them.
        only: Of these, those that begin so.
        outcome: The verdict on them, or several.
    """

    name: str
    how: dict[str, Any]
    blames: tuple[str, ...]
    only: str = ""
    outcomes: frozenset[str] = field(default=frozenset({"violates", "warns"}))


def parameters(change: Callable[[Body, Body], Body]) -> dict[str, Any]:
    """A gateway that sends other parameters on."""

    def forward(request: Body, body: Body) -> Body:
        return {**request, "parameters": change(dict(request["parameters"]), body)}

    return {"forward": forward}


def without(drops: Callable[[Any], bool], *names: str) -> dict[str, Any]:
    """A gateway that loses parameters of some values."""
    return parameters(
        lambda given, _: {
            name: value for name, value in given.items() if (names and name not in names) or not drops(value)
        }
    )


def renamed(old: str, new: str) -> dict[str, Any]:
    return parameters(lambda given, _: {new if name == old else name: value for name, value in given.items()})


def added(**defaults: Any) -> dict[str, Any]:
    return parameters(lambda given, _: {**defaults, **given})


def messages(change: Callable[[list[Body]], list[Body]]) -> dict[str, Any]:
    """A gateway that sends other contents on."""

    def forward(request: Body, _: Body) -> Body:
        altered: Body = json.loads(json.dumps(request))
        for message in altered["input"]["messages"]:
            message["content"] = change(message["content"])
        return altered

    return {"forward": forward}


def images_reversed(content: list[Body]) -> list[Body]:
    images = [item for item in content if "image" in item]
    return [*reversed(images), *(item for item in content if "image" not in item)]


def at_the_top(request: Body, _: Body) -> Body:
    """Everything where the provider doesn't look for it."""
    return {"model": request["model"], "input": request["input"], **request["parameters"]}


def extra_alone(request: Body, body: Body) -> Body:
    extra = body.get("extra", {}).get("parameters")
    return {**request, "parameters": extra} if extra is not None else request


def no_role(request: Body, _: Body) -> Body:
    altered: Body = json.loads(json.dumps(request))
    for message in altered["input"]["messages"]:
        message.pop("role")
    return altered


def answer(**changes: Any) -> dict[str, Any]:
    return {"answer": lambda told: {**told, **changes}}


def valued(change: Callable[[str, Any], Any]) -> dict[str, Any]:
    """A gateway that sends other values on."""
    return parameters(lambda given, _: {name: change(name, value) for name, value in given.items()})


def items(change: Callable[[Body], Body]) -> dict[str, Any]:
    """A gateway that answers with other images."""
    return {"answer": lambda told: {**told, "data": [change(item) for item in told["data"]]}}


def failing_as(status: int, **told: Any) -> dict[str, Any]:
    """A gateway that answers so where the provider fails."""
    return {"failed": lambda: JSONResponse(told, status)}


def truth_as_text(_: str, value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def truth_as_number(_: str, value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def number_as_text(_: str, value: Any) -> Any:
    return str(value) if type(value) is int else value


def older_size(name: str, value: Any) -> Any:
    return value.replace("*", "x") if name == "size" else value


def ascii_alone(_: str, value: Any) -> Any:
    return value.encode("ascii", "ignore").decode() if isinstance(value, str) else value


def no_shares(name: str, value: Any) -> Any:
    return [{"hex": entry["hex"]} for entry in value] if name == "color_palette" else value


def no_empty_boxes(name: str, value: Any) -> Any:
    return [boxes for boxes in value if boxes] if name == "bbox_list" else value


def first_alone(content: list[Body]) -> list[Body]:
    return [item for number, item in enumerate(content) if number == 0 or "image" not in item]


def no_text(content: list[Body]) -> list[Body]:
    return [item for item in content if "text" not in item]


def cut_text(content: list[Body]) -> list[Body]:
    return [{"text": item["text"][:5]} if "text" in item else item for item in content]


def no_extra(body: Body) -> Body:
    return {name: value for name, value in body.items() if name != "extra"}


def extra_as_it_is(request: Body, body: Body) -> Body:
    given = {name: value for name, value in request["parameters"].items() if name != "conformance"}
    return {**request, "parameters": given, "extra": body.get("extra")}


def no_image(item: Body) -> Body:
    return {"b64_json": "bm8gaW1hZ2U="} if "b64_json" in item else item


def exchanged(given: Body, _: Body) -> Body:
    return {{"n": "seed", "seed": "n"}.get(name, name): value for name, value in given.items()}


def no_metadata(told: Body) -> Body:
    return {name: told[name] for name in ("created", "data")}


def first_item(told: Body) -> Body:
    return {**told, "data": told["data"][:1]}


def twice(told: Body) -> Body:
    return {**told, "data": told["data"] * 2}


def always(**values: Any) -> dict[str, Any]:
    """A gateway that sends these values on wherever any is given."""
    return valued(values.get)


def is_zero(value: Any) -> bool:
    return type(value) is int and value == 0


TRUTHS = tuple(f"{name}/upstream" for name in BOOLEANS)
IMAGES = ("image/upstream", "input/upstream")
TEXTS = ("prompt/upstream", "input/upstream")
FIELDS = tuple(f"{name}/upstream" for name in ("n", "size", "seed", "watermark", "prompt_extend", "negative_prompt"))
VIOLATES, WARNS = frozenset({"violates"}), frozenset({"warns"})
BESIDES = "upstream-answer"
URLS_ALONE = {"alter": lambda body: {**body, "response_format": "url"}}
OTHER_MODEL = {"forward": lambda request, _: {**request, "model": "qwen-image"}}
NO = {"error": {"message": "No."}}


WRONG = [
    Wrong("false is lost", without(lambda value: value is False), TRUTHS),
    Wrong("0 is lost", without(is_zero), ("seed/upstream",)),
    Wrong("seed is lost", without(lambda _: True, "seed"), ("seed/upstream",)),
    Wrong("false becomes true", always(watermark=True), ("watermark/upstream",)),
    Wrong("booleans become text", valued(truth_as_text), TRUTHS),
    Wrong("booleans become numbers", valued(truth_as_number), TRUTHS),
    Wrong("numbers become text", valued(number_as_text), ("n/upstream", "seed/upstream")),
    Wrong("absent is sent as null", added(negative_prompt=None), ("negative_prompt/upstream",), outcomes=WARNS),
    Wrong("a default is sent", added(watermark=False), ("watermark/upstream",), outcomes=WARNS),
    Wrong("one image is asked for where nothing is", added(n=1), ("n/upstream",), outcomes=WARNS),
    Wrong("n under another name", renamed("n", "num_images"), ("n/upstream",)),
    Wrong("parameters at the top", {"forward": at_the_top}, ("*/upstream",)),
    Wrong("size in an older spelling", valued(older_size), ("size/upstream",), only="prompt multipart"),
    Wrong("a tier becomes pixels", always(size="2048*2048"), ("size/upstream",)),
    Wrong("n is always 1", always(n=1), ("n/upstream",)),
    Wrong("extra is not merged", {"alter": no_extra}, ("extra.input/upstream", "extra.parameters/upstream")),
    Wrong("extra is sent as it is", {"forward": extra_as_it_is}, ("extra.parameters/upstream",)),
    Wrong("extra replaces the parameters", {"forward": extra_alone}, FIELDS, only="editImages/prompt"),
    Wrong("the role is missing", {"forward": no_role}, ("upstream-constants", "input/upstream")),
    Wrong("images out of order", messages(images_reversed), IMAGES, only="editImages"),
    Wrong("one image alone", messages(first_alone), IMAGES, only="editImages"),
    Wrong("the text is lost", messages(no_text), TEXTS),
    Wrong("the text is cut", messages(cut_text), TEXTS),
    Wrong("Chinese is lost", valued(ascii_alone), ("negative_prompt/upstream",)),
    Wrong("shares of a palette are lost", valued(no_shares), ("color_palette/upstream",), outcomes=VIOLATES),
    Wrong("an image without boxes is left out", valued(no_empty_boxes), ("bbox_list/upstream",), outcomes=VIOLATES),
    Wrong("another model", OTHER_MODEL, ("model/upstream",), outcomes=WARNS),
    Wrong("seed and n change places", parameters(exchanged), ("n/upstream", "seed/upstream")),
    Wrong("one image comes back", {"answer": first_item}, ("upstream-images",), outcomes=WARNS),
    Wrong("no image comes back", answer(data=[]), ("upstream-images",), outcomes=WARNS),
    Wrong("an image comes twice", {"answer": twice}, ("upstream-images",), outcomes=WARNS),
    Wrong("the data are no image", items(no_image), ("upstream-images",), outcomes=WARNS),
    Wrong("links where data are asked for", URLS_ALONE, ("upstream-images",), outcomes=WARNS),
    Wrong("the metadata are empty", answer(metadata={}), (BESIDES,), outcomes=VIOLATES),
    Wrong("there are no metadata", {"answer": no_metadata}, (BESIDES,), outcomes=VIOLATES),
    Wrong("the metadata are the gateway's own", answer(metadata={"region": "eu"}), (BESIDES,), outcomes=WARNS),
    Wrong("a failure becomes a success", failing_as(200, created=1, data=[]), ("upstream-error",), outcomes=VIOLATES),
    Wrong("a failure becomes a success that says no", failing_as(200, **NO), ("upstream-error",), outcomes=VIOLATES),
    Wrong("a failure is the caller's fault", failing_as(400, **NO), ("upstream-error",), outcomes=WARNS),
]


@pytest.mark.parametrize("wrong", WRONG if DEEP else WRONG[::3], ids=lambda wrong: wrong.name)
def test_it_is_found_and_nothing_else_is_blamed(judge: Callable[..., Any], wrong: Wrong) -> None:
    run = judge(**wrong.how)
    starts = tuple(wrong.only.split())
    expected = {rule for rule in run.outcomes if _is_blamed(rule, wrong.blames) and _is_in(rule, starts)}
    assert expected
    assert run.broken == expected
    assert {run.outcomes[rule] for rule in expected} <= wrong.outcomes


def _is_blamed(rule: str, ends: tuple[str, ...]) -> bool:
    parameter = rule.endswith("/upstream") and rule.split("/")[2] not in {
        "model",
        "prompt",
        "image",
        "input",
        "extra.input",
    }
    return any(rule.endswith(f"/{end}") or (end == "*/upstream" and parameter) for end in ends)


def _is_in(rule: str, starts: tuple[str, ...]) -> bool:
    return not starts or any(rule.startswith(start) or f"/{start}/" in rule for start in starts)


def test_a_finding_tells_what_was_sent_what_must_arrive_and_what_did(judge: Callable[..., Any]) -> None:
    run = judge(**without(lambda value: value is False))
    finding = next(each for each in run.found.findings if each.rule == "generateImages/messages/watermark/upstream")
    assert finding.expected == "false at /parameters/watermark of the upstream request"
    assert finding.came.startswith('nothing there; upstream: {model: "wan2.7-image-pro"')
    assert finding.note == "false and 0 as given, the images as data"
    assert finding.case == "generateImages/messages/upstream: false and 0 as given, the images as data"
    assert finding.source == "PowerTokens, text to image, wan2.7-image-pro: watermark"
    assert finding.level.value == "documented"
    assert finding.exchange.answer.status == 200
    verdict = next(each for each in run.found.verdicts if each.rule == finding.rule)
    assert verdict.why == f"1 of {verdict.tried} not as expected"


def test_a_token_that_goes_upstream_stands_in_no_finding(judge: Callable[..., Any]) -> None:
    def forward(request: Body, _: Body) -> Body:
        return {"key": KEY, "model": KEY, "input": request["input"], "parameters": {}}

    run = judge(forward=forward)
    assert run.broken
    assert KEY not in " ".join(f"{finding.came} {finding.expected}" for finding in run.found.findings)
    assert any("[token]" in finding.came for finding in run.found.findings)
