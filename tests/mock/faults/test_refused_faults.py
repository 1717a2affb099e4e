"""What no fault can be, in words that help: near misses, paths that aren't there, answers without a place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from generator.mock.faults import Fault, FaultError
from generator.mock.faults.notation import fault_of_text

if TYPE_CHECKING:
    import httpx

    from generator.mock import RunningMock
    from generator.mock.handle import MockControl

GENERATE = "/v1/images/generations"
BODY = {"model": "qwen-image-2.0-pro", "prompt": "a cat"}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"statsu": 503}, "'statsu' is no field of a fault (did you mean status?)"),
        ({"retry_afer": 1}, "(did you mean retry_after?)"),
        ({"status": 503, "times": "ever"}, "or 'always', not 'ever'"),
        ({"status": 429, "retry_after": -1}, "retry_after must be a number of seconds from 0, or a date such as"),
        ({"status": 429, "retry_after": True}, "retry_after must be a number of seconds"),
        ({"status": 503, "path": "/v1/image/*"}, "no path is like '/v1/image/*'; there are /v1/images/generations"),
        ({"status": 503, "key": "nobody's"}, "key must be one that the mock accepts"),
        ({"violation": True, "operation": "generateImages"}, "violation: no documented answer says"),
    ],
)
def test_what_no_fault_can_be_is_told_shortly_and_from_where_it_was_asked_for(
    mock: MockControl, fields: dict[str, Any], why: str
) -> None:
    with pytest.raises(FaultError) as caught:
        mock.faults.fail_next(**fields)
    assert why in str(caught.value)
    assert "nobody's" not in str(caught.value)
    assert len(str(caught.value)) < 250
    assert len(caught.traceback) == 2  # this test, and fail_next
    assert mock.faults.steps() == ()


def test_paths_and_callers_that_there_are(mock: MockControl, served: RunningMock) -> None:
    for path in ("*", "/v1/*", GENERATE, "/_mock/images/*", "/_mock/images/abc.png"):
        mock.faults.fail_next(status=503, path=path)
    for key in (served.key, "another-callers-key", "0x" + "aB" * 20):
        mock.faults.fail_next(status=503, key=key)
    assert len(mock.faults.steps()) == 8


@pytest.mark.parametrize(
    ("given", "header"),
    [
        (2, "2"),
        (2.0, "2"),
        (0.5, "0.5"),
        (timedelta(minutes=2), "120"),
        (datetime(2015, 10, 21, 7, 28, tzinfo=UTC), "Wed, 21 Oct 2015 07:28:00 GMT"),
        ("soon", "soon"),
    ],
)
def test_when_to_come_again(http: httpx.Client, mock: MockControl, given: Any, header: str) -> None:
    mock.faults.fail_next("rate-limit", retry_after=given)
    assert http.post(GENERATE, json=BODY).headers["retry-after"] == header


def test_always_is_the_same_in_python_as_in_json() -> None:
    assert Fault(status=503, times="always") == Fault(status=503, times=None)


@pytest.mark.parametrize(
    "text", ["status=503, retry-after=7", "status=503,\tretry-after=7", "status=503 retry-after=7"]
)
def test_words_may_be_separated_by_commas(text: str) -> None:
    assert fault_of_text(text) == Fault(status=503, retry_after=7)


def test_a_header_that_comes_twice_has_both_its_parts(http: httpx.Client) -> None:
    headers = [("X-Mock-Fault", "status=503"), ("X-Mock-Fault", "retry-after=7")]
    answer = http.post(GENERATE, json=BODY, headers=headers)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")


def test_a_violation_where_no_answer_tells_of_one_is_refused(http: httpx.Client, mock: MockControl) -> None:
    by_header = http.post(GENERATE, json=BODY, headers={"X-Mock-Fault": "content-violation"})
    mock.faults.fail_next("content-violation")
    by_script = http.post(GENERATE, json=BODY)
    for answer in (by_header, by_script):
        assert answer.status_code == 400
        assert "adult content" in answer.json()["error"]["message"]


def test_a_download_that_meets_a_fault_is_in_the_journal(http: httpx.Client, mock: MockControl) -> None:
    url = http.post(GENERATE, json=BODY | {"size": "512*512"}).json()["data"][0]["url"]
    mock.faults.fail_next(status=503, operation="download")
    assert http.get(url).status_code == 503
    assert http.get(url).status_code == 200
    seen = [(attempt.operation, attempt.status, attempt.fault) for attempt in mock.attempts()]
    assert seen == [("generateImages", 200, ""), ("download", 503, "operation=download status=503")]
