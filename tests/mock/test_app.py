"""The mock as a whole: the order of its checks, and errors in the documented shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema_rs import Draft202012Validator

from generator.mock import UnservableSpecsError, create_app
from generator.mock.handling import Handler
from generator.mock.requests.bodies import MAX_BODY

if TYPE_CHECKING:
    import httpx

    from generator.spec import Contract, Operation

GENERATIONS = "/v1/images/generations"
EDIT = "/api/v1/image/edit"
NO_KEY = {"Authorization": "Bearer wrong"}
RIGHT = {"model": "qwen-image-2.0-pro", "prompt": "a cat"}
TEXT = {"Content-Type": "text/plain"}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("request_line", "headers", "body", "status"),
    [
        (("POST", "/v1/nothing"), NO_KEY, b"", 404),
        (("POST", GENERATIONS + "/"), {}, b"", 404),
        (("GET", GENERATIONS), NO_KEY, b"", 405),
        (("POST", GENERATIONS), NO_KEY | TEXT, b"{", 401),
        (("POST", GENERATIONS), TEXT, b"{", 400),
        (("POST", EDIT), TEXT, b"{", 415),
        (("POST", EDIT), {}, b"{}", 415),
        (("POST", EDIT), JSON, b"{", 400),
        (("POST", EDIT), {"Content-Type": "multipart/form-data"}, b"--B--", 400),
        (("POST", EDIT), {}, b"", 400),
        (("POST", GENERATIONS), JSON, b"{}", 400),
        (("POST", GENERATIONS), JSON, b'{"model": "qwen-image-2.0-pro", "prompt": "p"}', 200),
        (("POST", GENERATIONS), {"Content-Type": "Application/JSON; charset=utf-8"}, b"{}", 400),
        (("HEAD", "/api/v1/models"), {}, b"", 200),
    ],
)
def test_checks_in_order(
    client: httpx.Client, request_line: tuple[str, str], headers: dict[str, str], body: bytes, status: int
) -> None:
    answer = client.request(*request_line, headers=headers, content=body)
    assert answer.status_code == status
    assert len(answer.headers["x-request-id"]) == 32


def test_405_names_what_is_allowed(client: httpx.Client) -> None:
    assert client.get(GENERATIONS).headers["allow"] == "POST"
    assert client.post("/api/v1/models").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        (GENERATIONS, JSON, b"{}"),
        (GENERATIONS, JSON, b"{"),
        (GENERATIONS, JSON, b"[]"),
        (GENERATIONS, TEXT, b"x"),
        (GENERATIONS, NO_KEY, b""),
        (EDIT, JSON, b'{"a": 1}'),
        (EDIT, JSON, b"{"),
        (EDIT, TEXT, b"x"),
        (EDIT, NO_KEY, b""),
    ],
)
def test_errors_have_the_documented_shape(
    client: httpx.Client, operations: dict[str, Operation], path: str, headers: dict[str, str], body: bytes
) -> None:
    answer = client.post(path, headers=headers, content=body)
    operation = next(operation for operation in operations.values() if operation.path == path)
    documented = next(a for a in operation.answers if a.status == str(answer.status_code))
    Draft202012Validator(dict(documented.content["application/json"])).validate(answer.json())
    if isinstance(answer.json()["error"], dict):
        assert answer.json()["error"]["code"] == documented.error_code
        assert f"(request id: {answer.headers['x-request-id']})" in answer.json()["error"]["message"]


def test_every_breach_is_named_with_its_rule(client: httpx.Client) -> None:
    error = client.post(GENERATIONS, json=RIGHT | {"n": 7, "seed": -1}).json()["error"]
    assert "n: must be at most 6 (rule generateImages/prompt/n/maximum)" in error["message"]
    assert "seed: must be at least 0 (rule generateImages/prompt/seed/minimum)" in error["message"]
    assert error["param"] == "n"


def test_details_by_field(client: httpx.Client) -> None:
    body = client.post(EDIT, json={"image": "https://example.com/a.png", "prompt": "", "quality": "best"}).json()
    assert body["details"] == {
        "prompt": {"_errors": ["must have at least 1 character"]},
        "quality": {"_errors": ["must be one of low, medium, high"]},
    }


def test_a_body_that_is_missing_breaks_the_rules_of_its_fields(client: httpx.Client) -> None:
    client.post(GENERATIONS)
    (entry,) = client.get("/_mock/requests").json()
    assert [breach["rule"] for breach in entry["verdict"]] == [
        "generateImages/body/required",
        "generateImages/prompt/model/required",
        "generateImages/prompt/prompt/required",
    ]


def test_a_large_body_is_413_whether_its_size_is_stated_or_not(client: httpx.Client) -> None:
    chunk = b" " * 4_000_000
    stated = client.post(GENERATIONS, content=chunk * 11, headers=JSON)
    chunked = client.post(GENERATIONS, content=(chunk for _ in range(11)), headers=JSON)
    for answer in (stated, chunked):
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "read_request_body_failed"
        assert str(MAX_BODY) in answer.json()["error"]["message"]


def test_unknown_paths_answer_as_the_nearest_api(client: httpx.Client) -> None:
    assert isinstance(client.get("/api/v1/other").json()["error"], str)
    assert isinstance(client.get("/v1/other").json()["error"], dict)


def test_a_failure_of_the_mock_is_answered_and_logged(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Handler, "handle", fail)
    answer = client.post(GENERATIONS, json=RIGHT)
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "gen_relay_info_failed"
    assert "ZeroDivisionError" in caplog.text


def test_wrong_query_parameters_would_be_refused(client: httpx.Client) -> None:
    assert client.get("/api/v1/models?type=inpaint&other=1").status_code == 200
    assert client.get("/api/v1/models?type=%FF").status_code == 200


def test_two_apis_at_one_path_cannot_be_served(contracts: tuple[Contract, ...]) -> None:
    with pytest.raises(UnservableSpecsError, match="POST /v1/images/generations"):
        create_app([contracts[0], contracts[0]])
    with pytest.raises(UnservableSpecsError, match="no operations"):
        create_app([])
