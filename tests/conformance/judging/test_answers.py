"""What stands in an answer is judged by its schemas, whatever stands in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from generator.conformance import ExitCode, Report
from generator.conformance.answers import AnswerJudge, Check
from generator.conformance.exchange import Answer
from generator.spec import Contract, Level

Judge = Callable[..., Report]
Gateway = Callable[..., Any]


@pytest.fixture
def checks(tiny: Contract) -> Callable[..., dict[str, Check]]:
    """What an answer tells of each rule, by the end of the rule's id."""
    operation = next(each for each in tiny.operations if each.id == "makeImages")

    def found(body: bytes | object, status: int = 200, media_type: str = "application/json") -> dict[str, Check]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = Answer(status, {"content-type": media_type}, content, len(content))
        return {check.rule.removeprefix("makeImages/"): check for check in AnswerJudge(operation).checks(answer)}

    return found


def _broken(found: dict[str, Check]) -> set[str]:
    return {rule for rule, check in found.items() if check.kept is False}


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ({"data": []}, set()),
        ({"data": [{"url": "a"}], "created": 1}, set()),
        ({"data": [{"url": "a", "b64_json": None}]}, set()),
        ({"data": [{"url": None, "b64_json": "a", "more": None}], "usage": None}, set()),
        ({}, {"answer-200/data/required"}),
        # What must be there is not there when it is null.
        ({"data": None}, {"answer-200/data/type"}),
        ({"data": [None]}, {"answer-200/data.-/type"}),
        ({"data": [{"url": 7}]}, {"answer-200/data.-.url/type"}),
        ([], {"answer-200/type"}),
        ("text", {"answer-200/type"}),
        (b"{", {"answer-200/data/required"}),
    ],
)
def test_each_broken_rule_is_named(checks: Any, body: object, broken: set[str]) -> None:
    found = _broken(checks(body))
    if body == b"{":
        assert len(found) == 1
    else:
        assert found == broken


@pytest.mark.parametrize(
    "body",
    [
        b'{"data": ["\\ud800"], "\\udfff": 1}',
        b'{"data": [{"url": "\\ud800"}]}',
        b'{"data": NaN}',
        b'{"data": 1e999}',
        b'{"data": ' + b"9" * 4000 + b"}",
        b'{"data": ' + b"9" * 5000 + b"}",
        b'{"data": ' + b"[" * 900 + b"]" * 900 + b"}",
        b"[" * 100_000,
        b"\xff\xfe",
        b"",
        b"\xef\xbb\xbf{}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_hostile_answers_are_judged_and_break_nothing(checks: Any, judge: Judge, body: bytes) -> None:
    assert checks(body)
    header = {"content-type": "application/json"}

    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != "Bearer key-of-the-tests":
            return httpx.Response(401, headers=header, content=body)
        return httpx.Response(400 if b"4" in request.content else 200, headers=header, content=body)

    assert judge(answer, max_billable=5).exit_code in {ExitCode.VIOLATES, ExitCode.NOT_JUDGED}


def test_that_an_error_is_json_is_published_at_most(checks: Any) -> None:
    found = checks(b"no", status=400, media_type="text/plain")
    assert {(rule, check.level, check.kept) for rule, check in found.items()} == {
        ("answer-400/Content-Type", Level.PUBLISHED, False)
    }


def test_the_media_type_of_a_result_is_published_at_most(checks: Any) -> None:
    check = checks(b"<p>Done</p>", media_type="text/html")["answer-200/Content-Type"]
    assert (check.kept, check.level) == (False, Level.PUBLISHED)


def test_an_undocumented_status_tells_nothing(checks: Any) -> None:
    assert checks({"anything": 1}, status=418) == {}


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_a_media_type_is_read_without_its_parameters(checks: Any, media_type: str) -> None:
    assert _broken(checks({"data": []}, media_type=media_type)) == set()
