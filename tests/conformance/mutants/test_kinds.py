"""The kinds of mutation change what they say, and nothing else."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from generator.mock import create_app, transport
from tests.conformance.mutants.defects import contracts
from tests.conformance.mutants.edits import edited
from tests.conformance.mutants.forms import read_form, written_form
from tests.conformance.mutants.messages import Asked, as_json
from tests.conformance.mutants.mutant import KEY, WrongApp
from tests.conformance.mutants.notation import File
from tests.conformance.mutants.predicates import holds
from tests.conformance.mutants.spec_change import changed_spec
from tests.conformance.mutants.values import ABSENT, places, value_at, with_value

_BODY = {"model": "qwen-image-2.0-pro", "prompt": "A cat"}


def test_a_form_is_read_as_it_was_written() -> None:
    form = {"prompt": "Nacht\r\nund Tag", "image": [File(b"\r\n--\x00\xff"), File(b"")], "n": 2, "watermark": False}
    content_type, body = written_form(form)
    assert read_form(body, content_type.encode()) == {**form, "n": "2", "watermark": "false"}
    assert read_form(b"This is no form.", b"text/plain") is None


def test_places_of_a_body() -> None:
    body = {"messages": [{"text": "a"}, {"text": "b"}, 7]}
    assert places(body, "/messages/*/text") == ["/messages/0/text", "/messages/1/text", "/messages/2/text"]
    assert value_at(body, "/messages/2/text") is ABSENT
    assert with_value(body, "/messages/1", ABSENT) == {"messages": [{"text": "a"}, 7]}
    assert with_value(body, "/messages/-", 8)["messages"][-1] == 8
    assert with_value(body, "/nobody/there", 8) == body
    assert body["messages"][2] == 7


@pytest.mark.parametrize(
    ("do", "to", "before", "after"),
    [
        ("number-from-text", None, "2", 2),
        ("number-from-text", None, "two", "two"),
        ("boolean-from-number", None, 1, True),
        ("boolean-from-number", None, 2, 2),
        ("whole", None, 1.5, 1),
        ("clamp", [1, 6], 9, 6),
        ("clamp", [1, 6], "9", "9"),
        ("swap-sides", None, "1024*768", "768*1024"),
        ("cut", 1, ["a", "b"], ["a"]),
        ("change", 7, 8, 7),
    ],
)
def test_an_edit_changes_what_it_is_for(do: str, to: Any, before: Any, after: Any) -> None:
    found = edited({"n": before}, [{"at": "/n", "do": do, "to": to}])["n"]
    assert (found, type(found)) == (after, type(after))


def test_an_absent_value_is_filled_and_not_changed() -> None:
    assert edited({}, [{"at": "/n", "do": "fill", "to": 2}]) == {"n": 2}
    assert edited({}, [{"at": "/n", "do": "change", "to": 2}]) == {}
    assert edited({"n": 1}, [{"at": "/n", "do": "drop"}]) == {}


def test_a_request_is_told_by_its_values_and_their_types() -> None:
    asked = Asked("POST", "/v1/images", "", ((b"content-type", b"application/json"),), as_json({"n": 1, "ok": True}))
    assert holds({"fields": {"/n": 1, "/ok": True, "/size": {"present": False}}}, asked)
    assert not holds({"fields": {"/n": True}}, asked)
    assert not holds({"media_type": "multipart/form-data"}, asked)
    assert holds(
        {"fields": {"/n": {"is": "integer", "above": 0, "below": 2}}, "header": {"authorization": None}}, asked
    )


def test_a_changed_spec_is_changed_at_one_place_alone() -> None:
    right = next(contract for contract in contracts() if contract.name == "powertokens")
    change = {"schema": "GenerateImagesPrompt", "at": "/properties/seed/maximum", "set": 7}
    wrong = changed_spec(right, [change])
    before, after = ({rule.id: rule.value for rule in each.rules} for each in (right, wrong))
    assert {name for name in before if before[name] != after[name]} == {"generateImages/prompt/seed/maximum"}
    assert before.keys() == after.keys()


def test_without_a_step_every_answer_is_the_mocks_own() -> None:
    bodies = [as_json(_BODY), as_json({**_BODY, "n": 7}), b"{"]
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    statuses = []
    for app in (create_app(keys=(KEY,)), WrongApp(create_app(keys=(KEY,)), [])):
        with httpx.Client(transport=transport(app), base_url="http://mock.example", headers=headers) as client:
            statuses.append([client.post("/v1/images/generations", content=body).status_code for body in bodies])
    assert statuses == [[200, 400, 400], [200, 400, 400]]
