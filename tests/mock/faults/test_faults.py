"""Faults met over HTTP: whose they are, what they do to the work, and what is written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from generated_client.venice import Venice, errors
from generator.mock import running
from generator.mock.faults import Fault

if TYPE_CHECKING:
    from generator.mock import RunningMock
    from generator.mock.handle import MockControl

GENERATE = "/v1/images/generations"
BODY = {"model": "qwen-image-2.0-pro", "prompt": "p"}


def test_a_header_hits_its_own_request_alone(http: httpx.Client, mock: MockControl) -> None:
    fault = {"X-Mock-Fault": "status=503 retry-after=7"}
    answer = http.post(GENERATE, json=BODY, headers=fault)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    assert http.post(GENERATE, json=BODY).status_code == 200
    assert mock.faults.steps() == ()


def test_a_request_that_is_repeated_gets_through_after_so_many_times(http: httpx.Client, mock: MockControl) -> None:
    marked = BODY | {"prompt": "[mock overloaded times=2] a cat"}
    assert [http.post(GENERATE, json=marked).status_code for _ in range(4)] == [503, 503, 200, 503]
    other = BODY | {"prompt": "[mock overloaded times=2] a dog"}
    assert http.post(GENERATE, json=other).status_code == 503
    headers = {"X-Mock-Fault": "overloaded times=1"}
    assert [http.post(GENERATE, json=BODY, headers=headers).status_code for _ in range(2)] == [503, 200]
    assert len(mock.attempts()) == 7


def test_a_marker_stands_in_messages_and_in_forms_too(http: httpx.Client, mock: MockControl, png: bytes) -> None:
    content = [{"text": "[mock status=502] a cat"}]
    messages = {"model": "wan2.7-image-pro", "input": {"messages": [{"role": "user", "content": content}]}}
    assert http.post(GENERATE, json=messages).status_code == 502
    form = {"prompt": "[mock status=429] a cat"}
    assert http.post("/api/v1/image/edit", data=form, files={"image": png}).status_code == 429
    (of_messages, of_form) = mock.journal.entries()
    assert of_messages.fault == {"status": 502, "times": "always"}
    assert of_form.body["prompt"] == form["prompt"]


def test_a_key_that_no_header_can_stand_for(http: httpx.Client) -> None:
    answer = http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": "status=503 key=abc"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("headers", "prompt", "where"),
    [
        ({"X-Mock-Fault": "nonsense"}, "p", "X-Mock-Fault"),
        ({"X-Mock-Fault": "set:/data/0/urll=x"}, "p", "X-Mock-Fault"),
        ({}, "[mock nonsense] a cat", "prompt"),
        ({}, "[mock status=503", "prompt"),
    ],
)
def test_what_is_not_understood_is_refused_in_the_documented_shape(
    http: httpx.Client, mock: MockControl, headers: dict[str, str], prompt: str, where: str
) -> None:
    answer = http.post(GENERATE, json=BODY | {"prompt": prompt}, headers=headers)
    error = answer.json()["error"]
    assert answer.status_code == 400
    assert error["param"] == where
    assert error["code"] == "bad_request_body"
    assert error["message"].startswith(f"{where}: ")
    (entry,) = mock.journal.entries()
    assert entry.fault is None
    assert entry.refused_because == error["message"].partition(" (request id")[0]


def test_a_place_that_this_very_answer_lacks_is_told(http: httpx.Client, mock: MockControl) -> None:
    answer = http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": "set:/data/5/url=x"})
    assert answer.status_code == 400
    assert "has no place /data/5/url" in answer.json()["error"]["message"]
    assert len(mock.journal) == 1


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize("body", ["", " body=abc", " chunked=true", " bytes-per-second=1000"])
def test_a_status_without_a_body_leaves_the_connection_in_order(http: httpx.Client, status: int, body: str) -> None:
    for _ in range(2):
        answer = http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": f"status={status}{body}"})
        assert (answer.status_code, answer.content) == (status, b"")
        assert not {"content-length", "content-type", "transfer-encoding"} & answer.headers.keys()
    assert http.post(GENERATE, json=BODY).status_code == 200


def test_a_fault_for_one_caller(http: httpx.Client, served: RunningMock, mock: MockControl) -> None:
    mock.faults.fail_next(status=503, key="another-callers-key")
    mock.faults.fail_next(status=502, key=served.key)
    assert http.post(GENERATE, json=BODY).status_code == 502
    strange = {"Authorization": "Bearer another-callers-key"}
    assert http.post(GENERATE, json=BODY, headers=strange).status_code == 503
    shown = f"{mock.faults.steps()} {http.get('/_mock/faults').text} {http.get('/_mock/requests').text}"
    assert served.key not in shown
    assert "another-callers" not in shown


def test_a_fault_for_a_wallet(mock: MockControl, served: RunningMock, png: bytes) -> None:
    eth_account = pytest.importorskip("eth_account", reason="the extra 'wallet' is not installed")
    wallet = eth_account.Account.create()
    mock.faults.fail_next(status=503, key=wallet.address.upper().replace("X", "x", 1))
    with Venice(wallet=wallet, base_url=served.url, max_retries=0) as client:
        with pytest.raises(errors.ServerError):
            client.image.edit(image=("a.png", png, "image/png"), prompt="p")
        assert client.image.edit(image=("a.png", png, "image/png"), prompt="p").bytes()


def test_a_refused_request_keeps_its_verdict_under_a_fault(http: httpx.Client, mock: MockControl) -> None:
    wrong = BODY | {"n": 7}
    assert http.post(GENERATE, json=wrong, headers={"X-Mock-Fault": "status=503"}).status_code == 503
    late = http.post(GENERATE, json=wrong, headers={"X-Mock-Fault": 'delay=0.01 set:/data/0/url="x"'})
    assert late.status_code == 400
    assert late.json()["error"]["param"] == "n"
    assert [entry.rules for entry in mock.journal.entries()] == [("generateImages/prompt/n/maximum",)] * 2


def test_a_fault_spares_the_work_or_comes_after_it(http: httpx.Client, mock: MockControl) -> None:
    for notation in ("status=503", "reset=before", "reset=after", "hang-up=after", "cut-after=0", "bad-json"):
        try:
            http.post(GENERATE, json=BODY | {"prompt": notation}, headers={"X-Mock-Fault": notation})
        except httpx.TransportError:
            continue
    made = {mock_fault(entry.fault): bool(entry.images) for entry in mock.journal.entries()}
    assert made == {
        "status=503": False,
        "reset=before": False,
        "reset=after": True,
        "hang_up=after": True,
        "cut_after=0": True,
        "bad-json": True,
    }


def mock_fault(fault: dict[str, object]) -> str:
    return str(fault.get("name") or next(f"{name}={value}" for name, value in fault.items()))


def test_the_journal_knows_how_each_answer_ended_as_soon_as_the_caller_does(
    http: httpx.Client, mock: MockControl
) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": "cut-after=40"})
    with pytest.raises(httpx.ReadError):
        http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": "reset=40"})
    http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": "delay=0.02"})
    cut, reset, late = mock.journal.entries()
    assert (cut.outcome, reset.outcome, late.outcome) == ("cut", "reset", "answered")
    assert cut.answer is not None
    assert (cut.answer["status"], cut.answer["sent"]) == (200, 40)
    assert cut.answer["size"] > 40
    attempt = mock.attempts()[2]
    assert attempt.body_read is not None
    assert attempt.first_byte is not None
    assert attempt.finished is not None
    assert attempt.received <= attempt.body_read < attempt.first_byte <= attempt.finished
    assert (attempt.first_byte - attempt.received).total_seconds() >= 0.02


def test_attempts_tell_when_what_was_tried(http: httpx.Client, mock: MockControl) -> None:
    mock.faults.fail_next("rate-limit", times=2)
    for _ in range(3):
        http.post(GENERATE, json=BODY)
    attempts = mock.attempts("generateImages")
    assert [(attempt.status, attempt.fault) for attempt in attempts] == [(429, "rate-limit")] * 2 + [(200, "")]
    assert attempts[0].pause is None
    assert all(attempt.pause is not None and attempt.pause >= 0 for attempt in attempts[1:])
    assert "429, answered" in str(attempts[0])
    assert str(attempts[0]).endswith("rate-limit")
    assert mock.attempts("editImages") == ()


def test_a_result_can_be_late_cut_refused_or_expired(http: httpx.Client, mock: MockControl) -> None:
    url = http.post(GENERATE, json=BODY).json()["data"][0]["url"]
    mock.faults.fail_next(status=503)  # for calls of an API, not for links
    whole = httpx.get(url)
    assert (whole.status_code, whole.content[:4]) == (200, b"\x89PNG")
    mock.faults.clear()
    mock.faults.add(Fault(operation="download", status=503), Fault(operation="download", cut_after=100))
    mock.faults.fail_next("wrong-type", path="/_mock/images/*")
    failed = httpx.get(url)
    assert (failed.status_code, failed.headers["Content-Type"]) == (503, "application/xml")
    assert "<Code>ServiceUnavailable</Code>" in failed.text
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(url)
    assert httpx.get(url).headers["Content-Type"] == "text/plain"
    assert httpx.get(url).content == whole.content
    assert httpx.get(url, headers={"X-Mock-Fault": "status=500"}).status_code == 500
    assert httpx.get(url, headers={"X-Mock-Fault": "nonsense"}).status_code == 400
    expired = http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": "expired-url"}).json()["data"][0]["url"]
    gone = httpx.get(expired)
    assert (gone.status_code, "Request has expired" in gone.text) == (403, True)
    assert httpx.get(url).status_code == 200


def test_an_answer_changed_in_every_other_way(http: httpx.Client) -> None:
    def ask(notation: str) -> httpx.Response:
        return http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": notation})

    assert ask("set:/data/0/url=5 set:/created=null").json()["data"][0]["url"] == 5
    assert ask("set:/data=[]").json()["data"] == []
    assert ask("status=202").status_code == 202
    assert "Content-Type" not in ask("header:Content-Type=null").headers
    assert ask("header:X-Reason=none").headers["X-Reason"] == "none"
    assert ask('body={"a":[1]}').json() == {"a": [1]}
    redirect = ask('status=302 header:Location="/elsewhere" body=""')
    assert (redirect.status_code, redirect.headers["Location"], redirect.content) == (302, "/elsewhere", b"")
    assert ask('status=503 set:/error/code="busy"').json()["error"]["code"] == "busy"
    assert all(ask(notation).headers["X-Request-Id"] for notation in ("status=503", "body=x", "chunked"))


def test_a_documented_error_has_all_that_its_schema_asks_for(http: httpx.Client, mock: MockControl, png: bytes) -> None:
    mock.faults.fail_next("payment-required")
    answer = http.post("/api/v1/image/edit", data={"prompt": "p"}, files={"image": png})
    assert answer.status_code == 402
    assert isinstance(answer.json()["topUpInstructions"], dict)


def test_unknown_values_leave_alone_what_the_request_brought(http: httpx.Client) -> None:
    headers = {"X-Mock-Fault": "unknown-enum"}
    text = http.post(GENERATE, json=BODY | {"prompt": "stop", "prompt_extend": False}, headers=headers).json()
    assert text["data"][0]["revised_prompt"] == "stop"
    assert text["metadata"]["request"]["input"]["messages"][0]["role"] == "user"
    models = http.get("/api/v1/models", headers=headers).json()
    assert models["object"] == models["data"][0]["type"] == "mock_unknown_value"
    assert models["data"][0]["id"] == http.get("/api/v1/models").json()["data"][0]["id"]


def test_what_is_no_json_cannot_be_changed_inside(http: httpx.Client, png: bytes) -> None:
    answer = http.post("/api/v1/image/edit", data={"prompt": "[mock unknown-enum] p"}, files={"image": png})
    assert answer.status_code == 400
    assert "only JSON can be changed inside, and this answer is image/png" in answer.json()["error"]


def test_paths_that_nothing_is_at(http: httpx.Client, mock: MockControl) -> None:
    mock.faults.fail_next(status=503)
    assert http.get("/favicon.ico").status_code == 404
    assert http.post("/v1/nowhere", headers={"X-Mock-Fault": "status=500"}).status_code == 500
    mock.faults.clear()
    mock.faults.fail_next(status=503, path="/v1/*")
    assert http.post("/v1/nowhere").status_code == 503


def test_a_script_from_the_beginning() -> None:
    with running(key="k", faults=["rate-limit", {"status": 503}]) as mock:
        headers = {"Authorization": "Bearer k"}
        statuses = [httpx.post(f"{mock.url}{GENERATE}", json=BODY, headers=headers).status_code for _ in range(3)]
        assert [attempt.status for attempt in mock.attempts()] == statuses == [429, 503, 200]
        mock.faults.begin("server-error")
        assert len(mock.faults.steps()) == 1


def test_the_control_interface(http: httpx.Client) -> None:
    added = http.post("/_mock/faults", content=json.dumps(["rate-limit", {"status": 503, "times": "always"}]))
    assert added.status_code == 201
    assert [step["left"] for step in added.json()["faults"]] == [1, "always"]
    assert http.post("/_mock/faults", content='"server-error operation=listModels"').status_code == 201
    assert [http.post(GENERATE, json=BODY).status_code for _ in range(3)] == [429, 503, 503]
    shown = http.get("/_mock/faults").json()
    ids = [entry["id"] for entry in http.get("/_mock/requests").json()]
    assert [[use["id"] for use in step["used"]] for step in shown["faults"]] == [ids[:1], ids[1:], []]
    assert [step["left"] for step in shown["faults"]] == [0, "always", 1]
    assert {ready["name"] for ready in shown["ready"]} >= {"rate-limit", "reset"}
    assert http.delete("/_mock/faults").status_code == 204
    assert http.get("/_mock/faults").json()["faults"] == []
    assert http.post(GENERATE, json=BODY).status_code == 200


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('["rate-limit", "nonsense"]', "fault 2: 'nonsense' is no fault"),
        ("7", "a fault is an object of fields"),
        ("[", "can't be read"),
        ('{"status": "503"}', "status must be a whole number from 200 to 599"),
        ('{"status": 503, "operation": "nothing"}', "there is no operation 'nothing'"),
    ],
)
def test_the_control_interface_refuses(http: httpx.Client, mock: MockControl, content: str, why: str) -> None:
    answer = http.post("/_mock/faults", content=content)
    assert answer.status_code == 400
    assert why in answer.json()["error"]
    assert mock.faults.steps() == ()
