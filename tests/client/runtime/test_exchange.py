"""A conversation without a network: requests and pauses come out, answers go in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime.errors import ServerError
from generator.client.runtime.exchange import Pause, exchange
from generator.client.runtime.retries import Retries

if TYPE_CHECKING:
    from contextlib import ExitStack

    from generator.client.runtime.operation import Operation

_URL = httpx.URL("https://host/v1")


def _answer(request: object, status: int, **content: Any) -> httpx.Response:
    assert isinstance(request, httpx.Request)
    return httpx.Response(status, request=request, **content)


def test_requests_and_pauses_in_order(look: Operation[Any]) -> None:
    closed: list[int] = []

    def prepare(url: httpx.URL, stack: ExitStack) -> httpx.Request:
        stack.callback(closed.append, 1)
        return httpx.Request("GET", url)

    steps = exchange(look, _URL, prepare, Retries(most=1))
    first = next(steps)
    assert closed == [], "files stay open while the request is sent"
    assert steps.send(_answer(first, 503, headers={"Retry-After": "3"})) == Pause(3)
    assert closed == [1]
    second = steps.send(None)
    with pytest.raises(StopIteration) as end:
        steps.send(_answer(second, 200, json={"a": 1}))
    response, parsed = end.value.value
    assert (response.status_code, parsed, closed) == (200, {"a": 1}, [1, 1])


def test_it_gives_up_in_the_end(look: Operation[Any]) -> None:
    steps = exchange(look, _URL, lambda url, _: httpx.Request("GET", url), Retries(most=0))
    with pytest.raises(ServerError):
        steps.send(_answer(next(steps), 503))


def test_a_conversation_that_is_broken_off_closes_its_files(look: Operation[Any]) -> None:
    closed: list[int] = []

    def prepare(url: httpx.URL, stack: ExitStack) -> httpx.Request:
        stack.callback(closed.append, 1)
        return httpx.Request("GET", url)

    steps = exchange(look, _URL, prepare, Retries())
    next(steps)
    steps.close()
    assert closed == [1]
