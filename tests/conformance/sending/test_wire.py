"""A request is sent again while its answer tells nothing, with patience, but not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from generator.conformance.case import Expectation
from generator.conformance.money import OverspentError
from generator.conformance.wire import StoppedError

from .wires import GET, POST, Answers, scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract

pytestmark = pytest.mark.usefixtures("no_backoff")
OK = httpx.Response(200, json={"data": []})
REFUSED = httpx.Response(400, json={"error": "no"})
TIMED_OUT = httpx.ReadTimeout("too long")
UNREACHED = httpx.ConnectError("nobody")


def _busy(after: str | None = None, status: int = 429) -> httpx.Response:
    return httpx.Response(status, headers={} if after is None else {"retry-after": after})


def test_an_answer_that_tells_is_asked_for_once(tiny: Contract) -> None:
    for answer in (OK, REFUSED, _busy(status=401), _busy(status=402), _busy(status=404)):
        made = scripted(tiny, [answer])
        assert made.exchange().answer.status == answer.status_code
        assert len(made.seen) == 1


def test_retry_after_in_seconds_is_kept(tiny: Contract) -> None:
    made = scripted(tiny, [_busy("7"), OK])
    exchange = made.exchange()
    assert (exchange.answer.status, exchange.tries) == (200, 2)
    assert made.asked == [7.0]
    assert sum(made.waits) == pytest.approx(7.0)
    assert [answer.status for answer in exchange.earlier] == [429]


def test_retry_after_as_a_date_is_kept(tiny: Contract) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    made = scripted(tiny, [_busy(date), OK])
    assert made.exchange().answer.status == 200
    assert 30 < made.asked[0] <= 40


def test_a_date_that_is_over_is_no_wait(tiny: Contract) -> None:
    made = scripted(tiny, [_busy("Mon, 01 Jan 2001 00:00:00 GMT"), OK])
    assert made.exchange().answer.status == 200
    assert made.asked == [0.0]


@pytest.mark.parametrize("text", ["", "soon", "nan", "-5", "Mon, 99 Jan 2001", "Mon, 01 Jan 0001 00:00:00 -0000"])
def test_a_retry_after_that_says_nothing_is_none(tiny: Contract, text: str) -> None:
    made = scripted(tiny, [_busy(text), OK])
    assert made.exchange().answer.status == 200
    assert sum(made.waits) == 0


@pytest.mark.parametrize("text", ["121", "86400", "inf", "1e300"])
def test_a_wait_that_is_too_long_is_not_waited_for(tiny: Contract, text: str) -> None:
    made = scripted(tiny, [_busy(text), OK])
    assert made.exchange().answer.status == 429
    assert len(made.seen) == 1


def test_a_429_for_ever_has_an_end(tiny: Contract) -> None:
    made = scripted(tiny, [_busy("10")])
    exchange = made.exchange()
    assert exchange.answer.status == 429
    assert len(made.seen) == 6
    assert sum(made.waits) == pytest.approx(50)


def test_patience_that_was_in_vain_is_not_had_again(tiny: Contract) -> None:
    made = scripted(tiny, [_busy("100")])
    for _ in range(4):
        made.exchange()
    assert len(made.seen) == 6 + 3
    assert sum(made.waits) == pytest.approx(500)


def test_patience_comes_back_with_an_answer(tiny: Contract) -> None:
    made = scripted(tiny, [*[_busy("1")] * 6, OK, _busy("1"), OK])
    assert [made.exchange().answer.status for _ in range(3)] == [429, 200, 200]


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_what_fails_once_is_sent_again(tiny: Contract, status: int) -> None:
    made = scripted(tiny, [_busy(status=status), OK])
    exchange = made.exchange()
    assert (exchange.answer.status, [answer.status for answer in exchange.earlier]) == (200, [status])


@pytest.mark.parametrize(
    ("answer", "expectation", "retries", "tries"),
    [
        *(
            (answer, Expectation.CARRIED_OUT, retries, retries + 1)
            for answer in (_busy(status=503), TIMED_OUT, UNREACHED)
            for retries in (0, 2)
        ),
        # A failure is tried once more in the end, and what must be refused not before.
        (_busy(status=500), Expectation.CARRIED_OUT, 0, 1),
        (_busy(status=500), Expectation.CARRIED_OUT, 2, 2),
        (_busy(status=500), Expectation.REFUSED, 2, 1),
    ],
)
def test_what_fails_each_time_is_given_up(
    tiny: Contract, answer: httpx.Response | Exception, expectation: Expectation, retries: int, tries: int
) -> None:
    made = scripted(tiny, [answer], retries=retries)
    exchange = made.exchange(expectation=expectation)
    assert len(made.seen) == exchange.tries == tries
    assert not exchange.answer.is_success
    assert made.wire.tries == tries


def test_once_more_is_once(tiny: Contract) -> None:
    """What came before stands with what comes in the end."""
    made = scripted(tiny, [_busy(status=500)])
    before = made.exchange()
    exchange = made.exchange(before=before)
    assert [answer.status for answer in exchange.earlier] == [500, 500]
    assert len(made.seen) == exchange.tries == 3


def test_a_503_that_says_when_is_waited_for(tiny: Contract) -> None:
    made = scripted(tiny, [_busy("3", status=503), OK])
    assert made.exchange().answer.status == 200
    assert made.asked == [3.0]


@pytest.mark.parametrize(
    ("answers", "expectation", "billed"),
    [
        ([OK], Expectation.CARRIED_OUT, 1),
        ([OK], Expectation.REFUSED, 1),
        ([REFUSED], Expectation.CARRIED_OUT, 0),
        ([_busy("0"), OK], Expectation.CARRIED_OUT, 1),
        ([UNREACHED], Expectation.CARRIED_OUT, 0),
        ([_busy(status=503)], Expectation.CARRIED_OUT, 0),
        # Nobody knows whether it was carried out.
        ([TIMED_OUT, OK], Expectation.CARRIED_OUT, 2),
        ([httpx.RemoteProtocolError("cut")], Expectation.OPEN, 3),
        ([_busy(status=500), OK], Expectation.CARRIED_OUT, 2),
        ([_busy(status=502)], Expectation.OPEN, 3),
        ([_busy(status=504), REFUSED], Expectation.CARRIED_OUT, 1),
        ([_busy(status=500)], Expectation.REFUSED, 0),
        # What stands behind a gateway may have done it, whatever became of the answer.
        ([_busy(status=504)], Expectation.REFUSED, 3),
        ([_busy(status=502)], Expectation.UNAUTHORISED, 3),
    ],
)
def test_what_may_have_been_carried_out_is_counted(
    tiny: Contract, answers: Answers, expectation: Expectation, billed: int
) -> None:
    made = scripted(tiny, answers)
    made.exchange(expectation=expectation)
    assert made.purse.spent == billed


def test_what_reads_costs_nothing(tiny: Contract) -> None:
    made = scripted(tiny, [OK], limit=0)
    assert made.exchange(GET).answer.status == 200
    assert made.purse.spent == 0


def test_without_money_nothing_is_sent_that_may_be_billed(tiny: Contract) -> None:
    made = scripted(tiny, [OK], limit=1)
    made.exchange()
    with pytest.raises(OverspentError):
        made.exchange()
    assert len(made.seen) == 1


def test_a_retry_needs_money_too(tiny: Contract) -> None:
    made = scripted(tiny, [TIMED_OUT], limit=2)
    with pytest.raises(OverspentError):
        made.exchange()
    assert (len(made.seen), made.purse.spent) == (2, 2)


def test_after_the_end_nothing_is_sent(tiny: Contract) -> None:
    made = scripted(tiny, [OK])
    made.wire.stop()
    with pytest.raises(StoppedError):
        made.exchange()
    assert (made.seen, made.purse.spent) == ([], 0)


def test_an_end_while_it_waits_sends_nothing_more(tiny: Contract) -> None:
    made = scripted(tiny, [_busy("5"), OK])
    made.on_event = made.wire.stop
    with pytest.raises(StoppedError):
        made.exchange()
    assert len(made.seen) == 1


@pytest.mark.parametrize(
    ("expectation", "retries", "times"),
    [
        (Expectation.CARRIED_OUT, 2, [90, 90, 90]),
        (Expectation.OPEN, 0, [90]),
        # No image is made for what is refused; who is slow gets more time at each try.
        (Expectation.REFUSED, 2, [20, 40, 60]),
        (Expectation.UNAUTHORISED, 5, [20, 40, 60, 80, 90, 90]),
    ],
)
def test_each_request_has_its_time(tiny: Contract, expectation: Expectation, retries: int, times: list[float]) -> None:
    made = scripted(tiny, [TIMED_OUT], timeout=90, retries=retries)
    made.exchange(expectation=expectation)
    assert [request.extensions["timeout"]["read"] for request in made.seen] == times


def test_an_answer_that_never_ends_is_no_answer(tiny: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    def trickle() -> Iterator[bytes]:
        while True:
            yield b" "

    made = scripted(tiny, [OK], timeout=1e-9, retries=0)
    monkeypatch.setattr(
        made.wire.gateway._client, "_transport", httpx.MockTransport(lambda _: httpx.Response(200, content=trickle()))
    )
    answer = made.exchange().answer
    assert (answer.status, answer.why) == (0, "no answer within 1e-09 seconds")
    assert made.purse.spent == 1


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (UNREACHED, "no connection: nobody listens there, or the name is unknown"),
        (httpx.ConnectTimeout("x"), "no connection within 10 seconds"),
        (TIMED_OUT, "no answer within 180 seconds"),
        (httpx.RemoteProtocolError("x"), "the connection was closed before an answer was complete"),
        (httpx.DecodingError("x"), "the answer's content encoding can't be read"),
        (httpx.ReadError("x"), "the connection broke before an answer was complete"),
        (UnicodeError("label too long"), "no connection: the host's name is none"),
    ],
)
def test_why_no_answer_came_is_told(tiny: Contract, error: Exception, why: str) -> None:
    made = scripted(tiny, [error], retries=0)
    assert str(made.exchange().answer) == why


def test_the_request_is_told_as_it_went(tiny: Contract) -> None:
    exchange = scripted(tiny, [OK]).exchange(POST)
    assert (exchange.sent.method, exchange.sent.url) == ("POST", "https://tiny.example/images")
    assert exchange.sent.headers["authorization"] == "Bearer [token]"
    assert exchange.sent.headers["content-type"] == "application/json"
