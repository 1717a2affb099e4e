"""What a status says of a request, and what that says of its case."""

from __future__ import annotations

import pytest
from attrs import evolve

from generator.conformance.case import Case, Expectation
from generator.conformance.exchange import Answer, Exchange, Sent
from generator.conformance.judging import Judgement, Known, asks_for_credentials, judge, looks_like_a_page
from generator.conformance.sending import Request
from generator.conformance.standing import Standing, standing_of
from generator.spec import Level

POST = Request("POST", "/images")
WORKS = Known(works=True, answers=True, is_steady=True)
UNKNOWN = Known(works=False, answers=True, is_steady=False)
NOTHING_WORKS = Known(works=False, answers=False, is_steady=False)
GOOD, BAD, KEYLESS, OPEN = (
    Expectation.CARRIED_OUT,
    Expectation.REFUSED,
    Expectation.UNAUTHORISED,
    Expectation.OPEN,
)


@pytest.mark.parametrize(
    ("standing", "statuses"),
    [
        (Standing.CARRIED_OUT, [200, 201, 202, 204, 206]),
        (Standing.REFUSED, [400, 413, 414, 415, 422, 431]),
        (Standing.PERHAPS_REFUSED, [403, 404, 405, 406, 409, 410, 411, 418, 451]),
        (Standing.UNAUTHORISED, [401]),
        (Standing.PAYMENT_REQUIRED, [402]),
        (Standing.THROTTLED, [425, 429]),
        (Standing.FAILED, [500, 501, 505, 507, 511, 520, 599]),
        (Standing.OUTAGE, [408, 502, 503, 504]),
        (Standing.SILENT, [0, 300, 301, 302, 304, 307, 308, 600]),
    ],
)
def test_each_status_has_its_standing(standing: Standing, statuses: list[int]) -> None:
    assert {standing_of(Answer(status)) for status in statuses} == {standing}


def _kept(expectation: Expectation, status: int, known: Known, level: Level = Level.DOCUMENTED) -> bool | None:
    case = Case("a: b", "op", "op/rule", level, "the page", expectation, "b", POST, None)
    answer = Answer(status, why="" if status else "no answer within 9 seconds")
    judgement = judge(case, Exchange(1, "op", POST, Sent("POST", "u"), answer), known)
    assert bool(judgement.why) is (judgement.kept is None)
    if judgement.kept is False:
        assert judgement.expected
    return judgement.kept


@pytest.mark.parametrize(
    ("expectation", "status", "works", "unknown"),
    [
        (GOOD, 200, True, True),
        (GOOD, 400, False, False),
        (GOOD, 422, False, False),
        # A 404 may be of the address, unless others like it are carried out.
        (GOOD, 404, False, None),
        (GOOD, 403, False, None),
        (GOOD, 401, None, None),
        (GOOD, 402, None, None),
        (GOOD, 429, None, None),
        (GOOD, 503, None, None),
        (GOOD, 301, None, None),
        (GOOD, 0, None, None),
        (GOOD, 500, False, None),
        (BAD, 200, False, False),
        (BAD, 202, False, False),
        (BAD, 400, True, True),
        (BAD, 413, True, True),
        (BAD, 404, True, None),
        (BAD, 403, True, None),
        (BAD, 401, None, None),
        (BAD, 402, None, None),
        (BAD, 429, None, None),
        (BAD, 504, None, None),
        # What leads elsewhere refuses nothing; but where all does, it is the address.
        (BAD, 302, False, None),
        (BAD, 0, None, None),
        (BAD, 500, False, False),
        (KEYLESS, 200, False, False),
        (KEYLESS, 401, True, True),
        (KEYLESS, 402, True, True),
        (KEYLESS, 403, True, True),
        (KEYLESS, 400, True, True),
        (KEYLESS, 404, True, None),
        (KEYLESS, 302, False, None),
        (KEYLESS, 429, None, None),
        (KEYLESS, 0, None, None),
        (KEYLESS, 500, False, False),
        (OPEN, 200, True, True),
        (OPEN, 402, True, True),
        (OPEN, 400, None, None),
        (OPEN, 404, None, None),
        (OPEN, 0, None, None),
        (OPEN, 500, False, False),
    ],
)
def test_each_answer_says_this_of_its_case(
    expectation: Expectation, status: int, *, works: bool | None, unknown: bool | None
) -> None:
    assert _kept(expectation, status, WORKS) is works
    assert _kept(expectation, status, UNKNOWN) is unknown


@pytest.mark.parametrize("expectation", list(Expectation))
def test_where_everything_fails_a_failure_says_nothing(expectation: Expectation) -> None:
    assert _kept(expectation, 500, NOTHING_WORKS) is None


@pytest.mark.parametrize("level", list(Level))
def test_a_failure_is_as_certain_as_its_request_is_right(level: Level) -> None:
    def level_of(expectation: Expectation) -> Level:
        case = Case("a: b", "op", "op/rule", level, "the page", expectation, "b", POST, None)
        return judge(case, Exchange(1, "op", POST, Sent("POST", "u"), Answer(500)), WORKS).level

    assert level_of(GOOD) is level
    assert {level_of(each) for each in (BAD, KEYLESS, OPEN)} == {Level.ASSUMED}


@pytest.mark.parametrize(
    ("status", "documented", "asks"),
    [
        (401, set(), True),
        (402, {"402"}, True),
        (402, {"400"}, False),
        (400, {"400"}, False),
        (403, set(), False),
        (200, set(), None),
        (500, set(), None),
        (503, set(), None),
        (429, set(), None),
        (0, set(), None),
    ],
)
def test_a_status_asks_for_credentials_or_does_not(status: int, documented: set[str], *, asks: bool | None) -> None:
    assert asks_for_credentials(Answer(status), documented) is asks


@pytest.mark.parametrize(
    ("status", "media_type", "body", "is_page"),
    [
        (200, "text/html; charset=utf-8", b"\n <!doctype html>", True),
        (200, "text/html", b"data", False),
        (404, "text/html", b"<html>", False),
        (200, "application/json", b"<html>", False),
        (200, "text/markup", b"<a>", False),
    ],
)
def test_a_web_page_is_told_from_an_answer(status: int, media_type: str, body: bytes, *, is_page: bool) -> None:
    answer = Answer(status, {"content-type": media_type}, body)
    assert looks_like_a_page(answer, {"application/json"}) is is_page
    assert not looks_like_a_page(answer, {"text/html", "application/json"})


def test_a_token_that_other_operations_take_is_refused_wrongly() -> None:
    def judged(known: Known, status: int = 401, rule: str = "op/credentials/security") -> Judgement:
        case = Case("a: b", "op", rule, Level.DOCUMENTED, "the page", GOOD, "b", POST, None)
        return judge(case, Exchange(1, "op", POST, Sent("POST", "u"), Answer(status)), known)

    elsewhere = evolve(NOTHING_WORKS, others_work=True)
    assert (judged(elsewhere).kept, judged(elsewhere).level) == (False, Level.ASSUMED)
    assert judged(elsewhere, 403).kept is False
    assert judged(elsewhere, 401, "op/json/n/maximum").kept is None
    assert judged(NOTHING_WORKS).kept is None
    assert judged(WORKS).kept is None


def test_a_plain_request_that_fails_is_told_where_other_operations_work() -> None:
    def kept(known: Known, rule: str) -> bool | None:
        case = Case("a: b", "op", rule, Level.DOCUMENTED, "the page", GOOD, "b", POST, None)
        judgement = judge(case, Exchange(1, "op", POST, Sent("POST", "u"), Answer(500)), known)
        assert judgement.kept is None or judgement.level is Level.ASSUMED
        return judgement.kept

    elsewhere = evolve(NOTHING_WORKS, others_work=True)
    assert kept(elsewhere, "op/json/call") is False
    assert kept(elsewhere, "op/json/n/maximum") is None
    assert kept(NOTHING_WORKS, "op/json/call") is None
