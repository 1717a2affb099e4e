"""Answers are read with their types checked; what is unknown is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.client.runtime import reading
from generator.client.runtime.errors import AnswerUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable


def test_an_answer_is_read_and_given_back(pictures: type[Any]) -> None:
    data = {"created": 3.0, "data": [{"url": "u", "new": [1]}], "metadata": {"x": None}}
    answer = pictures.from_dict(data)
    assert answer.created == 3
    assert answer.data[0].url == "u"
    assert answer.data[0].b64_json is None
    assert answer.additional_properties == {"metadata": {"x": None}}
    assert answer.to_dict() == data


def test_null_counts_as_absent(pictures: type[Any]) -> None:
    assert pictures.from_dict({"created": None, "data": None}).to_dict() == {}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"data": [{"url": "u"}, {"url": 5}]}, r"^data\[1\]\.url: is a number where the API documents a string$"),
        ({"data": {}}, r"^data: is an object where the API documents an array$"),
        ({"data": [None]}, r"^data\[0\]: is null where"),
        ({"created": "1"}, r"^created: is a string where the API documents an integer$"),
        ({"created": True}, "^created: is a boolean where"),
        ([], r"^is an array where the API documents an object$"),
        (None, "^is null where"),
    ],
)
def test_what_is_of_another_type_is_told_with_its_path(pictures: type[Any], data: Any, words: str) -> None:
    with pytest.raises(AnswerUnreadable, match=words):
        pictures.from_dict(data)


def test_a_required_property_must_be_there() -> None:
    with pytest.raises(AnswerUnreadable, match=r"^error: is missing$"):
        reading.required({}, "error", reading.string)


@pytest.mark.parametrize(
    ("reader", "value"),
    [(reading.number, 1.5), (reading.boolean, False), (reading.anything, None), (reading.mapping, {"a": 1}),
     (reading.one_of(reading.integer, reading.string), "x")],
)  # fmt: skip
def test_readers_take_their_type(reader: Callable[[Any], Any], value: Any) -> None:
    assert reader(value) == value


@pytest.mark.parametrize(
    ("reader", "value"),
    [(reading.number, "1"), (reading.boolean, 0), (reading.mapping, []),
     (reading.one_of(reading.integer, reading.string), None), (reading.integer, 1.5)],
)  # fmt: skip
def test_readers_refuse_other_types(reader: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(AnswerUnreadable):
        reader(value)


def test_rest_reads_what_it_is_told_to() -> None:
    assert reading.rest({"a": 1, "b": 2.0}, "a", reader=reading.integer) == {"b": 2}
    assert reading.rest({"a": 1}, "a") == {}
    with pytest.raises(AnswerUnreadable, match=r"^b: "):
        reading.rest({"b": "x"}, reader=reading.integer)
