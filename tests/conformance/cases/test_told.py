"""A list of models tells limits and prices; one that is nonsense tells nothing."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from generator.conformance import Settings, run
from generator.conformance.cases.told import NOTHING, Told, list_request, lister_of, told_of
from generator.conformance.events import Event, Planned
from generator.conformance.exchange import Answer
from generator.spec import Contract, Operation, load, openapi_folder
from generator.spec.field_roles import Role, field_of


@pytest.fixture(scope="module")
def venice() -> Contract:
    return load(openapi_folder() / "venice.yaml")


@pytest.fixture(scope="module")
def lister(venice: Contract) -> Operation:
    found = lister_of(venice)
    assert found is not None
    return found


def _put(target: dict[str, Any], pointer: str, value: object) -> None:
    *path, last = pointer.split("/")[1:]
    for step in path:
        target = target.setdefault(step, {})
    target[last] = value


def _model(lister: Operation, venice: Contract, **values: object) -> dict[str, Any]:
    """An entry of the list for the model that stands for none, with values by the pointers' names."""
    item: dict[str, Any] = {}
    names = [
        shape.schema["properties"][name]["default"]
        for operation in venice.operations
        for shape in operation.shapes
        if (name := field_of(shape.schema, Role.MODEL)) and "default" in shape.schema["properties"][name]
    ]
    _put(item, lister.model_list["id"], values.pop("id", names[0]))
    if "price" in values:
        _put(item, lister.model_list["price"], values.pop("price"))
    for role, value in values.items():
        _put(item, lister.model_list["limits"][role], value)
    return item


def _told(lister: Operation, venice: Contract, *items: object) -> Told:
    body: dict[str, Any] = {}
    _put(body, lister.model_list["items"], list(items))
    return told_of(lister, Answer(200, body=json.dumps(body).encode()), venice)


def test_a_price_and_limits_are_read(lister: Operation, venice: Contract) -> None:
    told = _told(lister, venice, "no item", {}, _model(lister, venice, price=0.01, prompt=1500))
    assert told.usd == pytest.approx(0.01)
    assert told.limits[Role.PROMPT] == 1500


def test_the_list_is_asked_for_the_models_that_edit_images(lister: Operation) -> None:
    assert str(list_request(lister)) == "GET /api/v1/models?type=inpaint"


def test_a_run_asks_for_them(venice: Contract) -> None:
    """A list may hold the models that write texts, unless it is asked for others."""
    asked: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        model = {"id": "firered-image-edit", "model_spec": {"pricing": {"inpaint": {"usd": 0.5}}}}
        wanted = request.url.params.get("type") == "inpaint"
        return httpx.Response(200, json={"object": "list", "data": [model] if wanted else []})

    settings = Settings(base_url="https://a.example", token="key", no_billable=True)
    plans: list[Planned] = []

    def observe(event: Event) -> None:
        if isinstance(event, Planned):
            plans.append(event)

    run(venice, settings, transport=httpx.MockTransport(answer), observe=observe)
    assert asked[0].path == "/api/v1/models"
    assert asked[0].params["type"] == "inpaint"
    assert plans[0].plan.usd == 0


@pytest.mark.parametrize("price", ["0.01", None, True, -1, float("nan"), float("inf"), 10**400, {}, [1]])
def test_a_price_that_is_none_is_not_told(lister: Operation, venice: Contract, price: object) -> None:
    assert _told(lister, venice, _model(lister, venice, price=price)).usd is None


@pytest.mark.parametrize("name", [None, 7, [], {}, ["a"], {"a": 1}, "another-model"])
def test_a_model_that_is_not_asked_tells_nothing(lister: Operation, venice: Contract, name: object) -> None:
    assert _told(lister, venice, _model(lister, venice, id=name, price=1)) == NOTHING


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"7", b'"text"', b"{}", b'{"data": 7}', b'{"data": {"a": 1}}', b"\xff", b"[" * 100_000],
    ids=lambda body: repr(body[:12]),
)
def test_an_answer_that_is_no_list_tells_nothing(lister: Operation, venice: Contract, body: bytes) -> None:
    assert told_of(lister, Answer(200, body=body), venice) == NOTHING


def test_a_spec_without_a_list_has_no_lister(tiny: Contract) -> None:
    assert lister_of(tiny) is None


@pytest.mark.parametrize(
    ("limit", "value", "takes"),
    [
        (5, "12345", True),
        (5, "123456", False),
        (["a", "b"], "a", True),
        (["a", "b"], "c", False),
        ([], "a", False),
        ("5", "1", False),
        (None, "1", False),
        (5, 3, False),
        ({"most": 5}, "1", False),
    ],
)
def test_what_a_model_takes_is_told_by_its_limits(tiny: Contract, limit: object, value: object, *, takes: bool) -> None:
    shape = next(each for each in tiny.operations if each.shapes).shapes[0]
    told = Told(None, {Role.PROMPT: limit})
    assert told.takes(shape, "prompt", {"prompt": value}) is takes
    assert not told.takes(shape, "size", {"size": value})
    assert not told.takes(shape, "prompt", {})
    assert not told.takes(shape, "prompt", None)
