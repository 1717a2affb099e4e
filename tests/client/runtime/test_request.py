"""A request that breaks rules can't be made, and every breach is told at once."""

from __future__ import annotations

import copy
import pickle
import warnings
from pathlib import Path
from typing import Any

import attrs
import pytest

from generator.client.runtime.errors import FileProblem, RequestRefused
from generator.client.runtime.types import UNSET


def _breaches(model: type[Any], /, **fields: Any) -> list[tuple[str, str]]:
    return [(breach.field, breach.rule.removeprefix("make/")) for breach in model.check(**fields)]


def test_a_right_request_is_made_and_sent_as_given(prompt: type[Any]) -> None:
    request = prompt(model="many", prompt="a cat", n=2, watermark=False, additional_properties={"extra": 0})
    assert request.to_dict() == {"model": "many", "prompt": "a cat", "n": 2, "watermark": False, "extra": 0}


def test_every_breach_is_told_at_once(prompt: type[Any]) -> None:
    with pytest.raises(RequestRefused) as caught:
        prompt(model="none", prompt="a cat on a mat", n=0)
    assert [breach.field for breach in caught.value.breaches] == ["model", "prompt", "n"]
    assert "n: must be at least 1; got 0 [documented: Example, make images; rule make/prompt/n/minimum]" in str(
        caught.value
    )


def test_a_missing_field_is_a_breach_like_others(prompt: type[Any]) -> None:
    with pytest.raises(RequestRefused) as caught:
        prompt(n=7)
    assert [breach.message for breach in caught.value.breaches] == ["is required", "is required", "must be at most 6"]


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"model": "one", "n": 2}, [("n", "prompt/n/maximum/when-model-one")]),
        ({"model": "many", "n": 2}, []),
        ({"model": "many", "size": "9*9"}, [("size", "prompt/size/x-total-pixels")]),
        ({"model": "one", "size": "9*9"}, []),
        ({"model": "many", "n": True}, [("n", "prompt/n/type")]),
        ({"model": "many", "n": 2.0}, []),
        ({"model": "many", "n": None}, [("n", "prompt/n/type")]),
    ],
)
def test_conditions(prompt: type[Any], fields: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert _breaches(prompt, prompt="", **fields) == broken


def test_a_condition_on_an_absent_field(prompt: type[Any]) -> None:
    """`Present` makes a condition fail on an absent field; without it the condition holds."""
    fields = {"prompt": "x", "n": 2, "size": "9*9"}
    assert _breaches(prompt, **fields) == [("model", "prompt/model/required")]


def test_breaches_inside_of_a_field_have_their_place(messages: type[Any]) -> None:
    given = {"messages": [{"role": "user", "text": "x"}, {"role": "x", "text": "x"}, {}]}
    assert _breaches(messages, input=given) == [
        ("input.messages[1].role", "messages/input.messages[].role/enum"),
        ("input.messages[2].role", "messages/input.messages[].role/required"),
        ("input.messages[2]", "messages/input.messages[]/anyOf"),
    ]
    assert _breaches(messages, input={}) == [("input.messages", "messages/input.messages/required")]
    assert _breaches(messages, input="x") == [("input", "messages/input/type")]


def test_a_misspelt_name_in_a_part_is_pointed_at(messages: type[Any]) -> None:
    found = messages.check(input={"mesages": [], 1: 2})
    assert [breach.message for breach in found] == ["is required; is 'mesages' meant for it?"]
    found = messages.check(input={"colour": 1})
    assert [breach.message for breach in found] == ["is required"]


@pytest.mark.parametrize("content", [("image/png",), ()])
@pytest.mark.parametrize("several", [False, True])
def test_a_name_with_a_text_is_no_file(prompt: type[Any], content: tuple[str, ...], several: bool) -> None:  # noqa: FBT001
    named = ("a.png", "/pictures/a.png", *content)
    with pytest.raises(FileProblem, match=r"^a\.png: .* is a text; give pathlib\.Path\(\.\.\.\) for a path"):
        prompt(model="one", prompt="x", image=[named] if several else named)


def test_a_tuple_of_texts_that_are_images_is_a_list(prompt: type[Any]) -> None:
    for texts in (("https://host/a.png", "http://host/b.png"), ("aGVsbG8=", "aGVsbG8=", "aGVsbG8=")):
        assert prompt(model="one", prompt="x", image=texts).to_dict()["image"] == list(texts)


def test_bytes_in_a_set_are_not_written_out(prompt: type[Any]) -> None:
    with pytest.raises(RequestRefused, match=r"got \{<4 bytes>\}"):
        prompt(model="one", prompt="x", image={b"png0"})


def test_parts_are_judged_as_what_they_send(messages: type[Any], message: type[Any]) -> None:
    request = messages(input={"messages": (message(role="user", text="x"),)})
    assert request.to_dict() == {"input": {"messages": [{"role": "user", "text": "x"}]}}
    assert _breaches(messages, input={"messages": [message(role="user")]}) == [
        ("input.messages[0]", "messages/input.messages[]/anyOf")
    ]


def test_files_are_judged_as_images_alone(prompt: type[Any], form: type[Any]) -> None:
    assert _breaches(prompt, model="one", prompt="x", image=[b"png", "aGVsbG8="]) == []
    assert _breaches(prompt, model="one", prompt="x", image=b"png") == []
    assert _breaches(form, prompt="x", image=b"png") == []


def test_a_file_where_no_image_goes_is_a_breach(prompt: type[Any]) -> None:
    assert _breaches(prompt, model="one", prompt=Path("prompt.txt")) == [("prompt", "prompt/prompt/type")]


def test_a_closed_request_names_what_it_does_not_know(form: type[Any]) -> None:
    given = {"prompt": "x", "image": b"png", "additional_properties": {"promt": "y"}}
    assert _breaches(form, **given) == [("promt", "form/additionalProperties")]


def test_unchecked_makes_anything_and_names_unknown_fields(prompt: type[Any]) -> None:
    assert prompt.unchecked(n=99).to_dict() == {"n": 99}
    with pytest.raises(TypeError, match="did you mean 'prompt'"):
        prompt.unchecked(promt="x")


def test_from_dict_takes_names_as_on_the_wire(prompt: type[Any]) -> None:
    with pytest.warns(DeprecationWarning, match="use model instead"):
        request = prompt.from_dict({"model": "one", "prompt": "x", "modelId": "y", "new": 1})
    assert (request.model_id, request.additional_properties) == ("y", {"new": 1})


def test_a_deprecated_field_warns_at_the_callers_line(prompt: type[Any]) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        prompt(model="one", prompt="x", model_id="y")
    assert [Path(warning.filename).name for warning in caught] == [Path(__file__).name]


def test_a_request_can_be_copied_pickled_and_changed(messages: type[Any], prompt: type[Any]) -> None:
    request = messages(input={"messages": [{"role": "user", "text": "x"}]})
    assert copy.deepcopy(request) == request
    data = pickle.dumps(prompt(model="one", prompt="x").to_dict())
    assert pickle.loads(data) == {"model": "one", "prompt": "x"}  # noqa: S301 - our own bytes
    with pytest.raises(RequestRefused):
        attrs.evolve(prompt(model="one", prompt="x"), n=2)


def test_what_is_unset_in_a_mapping_is_absent(messages: type[Any]) -> None:
    assert _breaches(messages, input={"messages": UNSET}) == [("input.messages", "messages/input.messages/required")]


def test_a_repr_does_not_write_out_an_image(prompt: type[Any]) -> None:
    assert len(repr(prompt(model="one", prompt="x", image="A" * 1_000_000))) < 500


def test_a_field_among_the_additional_properties_is_refused_for_it_would_go_unjudged(prompt: type[Any]) -> None:
    with pytest.raises(TypeError, match=r"has a field for 'n': give it as n=\.\.\."):
        prompt(model="many", prompt="x", additional_properties={"n": 9})
    with pytest.raises(TypeError, match=r"'modelId': give it as model_id="):
        prompt(model="many", prompt="x", additional_properties={"modelId": "a"})
