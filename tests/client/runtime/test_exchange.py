"""A call without a network: steps come out, what became of them goes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime.call import Call, Prepared
from generator.client.runtime.deadline import Deadline
from generator.client.runtime.errors import AnswerLost, ConnectionFailed, ServerError
from generator.client.runtime.exchange import exchange
from generator.client.runtime.retries import Retries
from generator.client.runtime.steps import Pause
from generator.client.runtime.transfer import Close, Send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from generator.client.runtime.operation import Operation
    from generator.client.runtime.steps import Plan

_URL = httpx.URL("https://host/v1")


class Prepare:
    """Makes requests, and counts the files that it opened and that were closed."""

    def __init__(self) -> None:
        self.opened = self.closed = 0

    def __call__(self, url: httpx.URL, stack: ExitStack) -> Prepared:
        self.opened += 1
        stack.callback(self._close)
        return Prepared(httpx.Request("GET", url))

    def _close(self) -> None:
        self.closed += 1


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


def _call(
    http: httpx.Client, operation: Operation[Any], prepare: Prepare, retries: Retries, deadline: float | None = None
) -> Call:
    return Call(operation, http, _URL, prepare, retries, Deadline.after(deadline))


def _answer(step: object, status: int, **content: Any) -> httpx.Response:
    assert isinstance(step, Send)
    return httpx.Response(status, request=step.request, **content)


def _begun(step: object) -> None:
    """Let a request go to httpx."""
    assert isinstance(step, Send)
    assert step.evidence is not None
    step.evidence.begin(step.request)


def test_requests_and_pauses_in_order(http: httpx.Client, look: Operation[Any]) -> None:
    prepare = Prepare()
    plan = exchange(_call(http, look, prepare, Retries(most=1)))
    first = next(plan)
    assert (prepare.opened, prepare.closed) == (1, 0), "files stay open while the request is sent"
    pause = plan.send(_answer(first, 503, headers={"Retry-After": "3"}))
    assert isinstance(pause, Pause)
    assert pause.seconds == pytest.approx(3, rel=0.1)
    assert prepare.closed == 1
    second = plan.send(None)
    assert _finished(plan, _answer(second, 200, json={"a": 1})) == {"a": 1}
    assert (prepare.opened, prepare.closed) == (2, 2)


def _finished(plan: Plan[Any], response: httpx.Response) -> Any:
    """Take all steps that follow an answer."""
    outcome: Any = response
    try:
        while True:
            outcome = plan.send(outcome).do()
    except StopIteration as end:
        return end.value


def test_it_gives_up_in_the_end(http: httpx.Client, look: Operation[Any]) -> None:
    plan = exchange(_call(http, look, Prepare(), Retries(most=0)))
    response = _answer(next(plan), 503, json={})
    with pytest.raises(ServerError):
        _finished(plan, response)


def test_an_answer_that_is_not_read_is_closed(http: httpx.Client, look: Operation[Any]) -> None:
    plan = exchange(_call(http, look, Prepare(), Retries(most=1)))
    send = next(plan)
    assert isinstance(send, Send)
    response = httpx.Response(503, request=send.request, stream=httpx.ByteStream(b"later"))
    assert plan.send(response) == Close(response)


def test_whatever_stops_a_step_closes_the_files(http: httpx.Client, look: Operation[Any]) -> None:
    prepare = Prepare()
    plan = exchange(_call(http, look, prepare, Retries()))
    next(plan)
    with pytest.raises(KeyboardInterrupt):
        plan.throw(KeyboardInterrupt())
    assert prepare.closed == 1


def test_nothing_is_sent_after_the_deadline(
    http: httpx.Client, look: Operation[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = _call(http, look, Prepare(), Retries(), deadline=10)
    monkeypatch.setattr("time.monotonic", lambda: call.deadline.until)
    with pytest.raises(ConnectionFailed, match="the deadline passed before anything was sent"):
        next(exchange(call))


def test_an_error_has_no_context_that_holds_the_request(http: httpx.Client, make: Operation[Any]) -> None:
    plan = exchange(_call(http, make, Prepare(), Retries()))
    _begun(next(plan))
    with pytest.raises(AnswerLost) as caught:
        plan.throw(httpx.ReadTimeout("slow"))
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    assert caught.value.request is not None
    assert caught.value.request.attempts == 1
