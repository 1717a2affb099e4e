"""Many calls at once: which are made, when, and what their outcomes are."""

from __future__ import annotations

import asyncio
import errno
import io
import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest

from generator.client.runtime import answer_body, errors
from generator.client.runtime.client import AsyncClient, SyncClient
from generator.client.runtime.many import amany, many

from .gateway import PNG, by_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.client.runtime.operation import Operation

    from .gateway import Gateway


def asked(*prompts: str) -> list[dict[str, Any]]:
    return [{"model": "many", "prompt": prompt} for prompt in prompts]


def test_each_request_has_its_outcome(gateway: Gateway) -> None:
    requests = asked("a", "b", "c")
    outcomes, failure = gateway.call(requests)
    assert failure is None
    assert [outcome.index for outcome in outcomes] == [0, 1, 2]
    assert [outcome.request for outcome in outcomes] == requests
    assert [outcome.unwrap().images[0].url for outcome in outcomes] == [
        by_link(prompt)["data"][0]["url"] for prompt in ("a", "b", "c")
    ]
    assert not any(outcome.paths or outcome.resumed for outcome in outcomes)
    assert gateway.fetched == []


def test_models_and_fields_are_taken_alike(gateway: Gateway, prompt: type[Any]) -> None:
    outcomes, _ = gateway.call([prompt(model="many", prompt="a"), *asked("b")])
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert sorted(gateway.paid) == ["a", "b"]


def test_no_requests_have_no_outcomes(gateway: Gateway) -> None:
    assert gateway.call([]) == ([], None)


def test_a_failure_is_an_outcome_and_the_others_go_on(gateway: Gateway) -> None:
    gateway.answers["bad"] = httpx.Response(400, json={"error": "no"})
    gateway.answers["lost"] = httpx.ReadError("reset")
    outcomes, failure = gateway.call(asked("a", "bad", "lost", "b"), concurrency=1)
    assert failure is None
    assert [type(outcome.error) for outcome in outcomes] == [
        type(None),
        errors.BadRequest,
        errors.AnswerLost,
        type(None),
    ]
    with pytest.raises(errors.BadRequest):
        outcomes[1].unwrap()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"model": "many", "prompt": "much too long"}, errors.RequestRefused),
        ({"model": "many", "promt": "x"}, TypeError),
        ({"model": "many", "prompt": "x", "content_type": "text/plain"}, ValueError),
        ("not a request", TypeError),
        (None, TypeError),
    ],
)
def test_a_wrong_request_is_an_outcome_and_is_not_sent(gateway: Gateway, wrong: Any, error: type[Exception]) -> None:
    outcomes, failure = gateway.call([wrong, *asked("b")])
    assert failure is None
    assert isinstance(outcomes[0].error, error)
    assert outcomes[1].error is None
    assert gateway.paid == ["b"]


def test_a_model_of_another_operation_is_refused(gateway: Gateway, message: type[Any]) -> None:
    outcomes, _ = gateway.call([message(role="user")])
    assert isinstance(outcomes[0].error, TypeError)
    assert gateway.paid == []


def test_what_the_user_says_is_sent_unjudged_where_asked_for(gateway: Gateway) -> None:
    outcomes, _ = gateway.call([{"model": "many", "prompt": "much too long", "validate": False}])
    assert outcomes[0].error is None
    assert gateway.paid == ["much too long"]


@pytest.mark.parametrize("status", [401, 402])
def test_nothing_is_sent_after_what_every_request_would_meet(gateway: Gateway, status: int) -> None:
    gateway.answers["b"] = httpx.Response(status, json={"error": "no"})
    outcomes, failure = gateway.call(asked("a", "b", "c", "d"), concurrency=1)
    assert gateway.paid == ["a", "b"]
    assert [outcome.index for outcome in outcomes] == [0, 1]
    assert failure is outcomes[1].error
    assert failure is not None
    assert "No more requests were sent" in failure.__notes__[0]


def test_missing_credentials_end_it(gateway: Gateway) -> None:
    gateway.key = None
    outcomes, failure = gateway.call(asked("a", "b", "c"), concurrency=1)
    assert isinstance(failure, errors.CredentialsMissing)
    assert len(outcomes) == 1
    assert gateway.paid == []


def test_an_error_that_is_not_ours_ends_it(gateway: Gateway) -> None:
    def key() -> str:
        raise LookupError("the vault is shut")

    gateway.key = key
    outcomes, failure = gateway.call(asked("a", "b", "c"), concurrency=1)
    assert isinstance(failure, LookupError)
    assert [outcome.error for outcome in outcomes] == [failure]


def test_a_hook_that_looks_at_answers_and_fails_ends_it(gateway: Gateway) -> None:
    def hook(_: object) -> None:
        raise LookupError("hook")

    async def ahook(_: object) -> None:
        raise LookupError("hook")

    gateway.hooks = {"response": [hook if gateway.way == "sync" else ahook]}
    outcomes, failure = gateway.call(asked("a", "b", "c"), concurrency=1)
    assert isinstance(failure, errors.AnswerLost)
    assert [outcome.error for outcome in outcomes] == [failure]
    assert gateway.paid == ["a"]


def test_a_full_disk_for_what_comes_ends_it(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(answer_body, "temporary_file", Full)
    image = httpx.Response(200, content=PNG, headers={"content-type": "image/png"})
    gateway.answers = dict.fromkeys("abc", image)
    outcomes, failure = gateway.call(asked("a", "b", "c"), concurrency=1)
    assert isinstance(failure, errors.FileProblem)
    assert [outcome.error for outcome in outcomes] == [failure]
    assert gateway.paid == ["a"]


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_other_refusals_end_nothing(gateway: Gateway, status: int) -> None:
    gateway.answers["a"] = httpx.Response(status, json={"error": "no"})
    outcomes, failure = gateway.call(asked("a", "b"), concurrency=1)
    assert failure is None
    assert [outcome.error is None for outcome in outcomes] == [False, True]


def test_what_the_iterable_raises_comes_after_the_outcomes(gateway: Gateway) -> None:
    def requests() -> Iterator[dict[str, Any]]:
        yield from asked("a", "b")
        raise OSError("the list broke off")

    outcomes, failure = gateway.call(requests(), concurrency=5)
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert isinstance(failure, OSError)


@pytest.mark.parametrize("concurrency", [0, -1])
def test_concurrency_is_at_least_one(gateway: Gateway, concurrency: int) -> None:
    _, failure = gateway.call([], concurrency=concurrency)
    assert isinstance(failure, ValueError)


@pytest.mark.parametrize("concurrency", [2.0, "8", True, None])
def test_concurrency_is_a_whole_number(gateway: Gateway, concurrency: Any) -> None:
    _, failure = gateway.call([], concurrency=concurrency)
    assert isinstance(failure, TypeError)
    assert "concurrency must be a whole number, not" in str(failure)


def test_requests_are_read_no_further_than_they_are_sent(gateway: Gateway) -> None:
    read: list[int] = []
    taken: list[int] = []

    def endless() -> Iterator[dict[str, Any]]:
        while True:
            read.append(len(read))
            assert len(read) <= len(taken) + 3
            yield {"model": "many", "prompt": str(len(read))}

    def blocking() -> None:
        with many(gateway.client(), gateway.operation, endless(), concurrency=3) as outcomes:
            while len(taken) < 20:
                taken.append(next(outcomes).index)

    async def awaiting() -> None:
        async with amany(gateway.async_client(), gateway.operation, endless(), concurrency=3) as outcomes:
            while len(taken) < 20:
                taken.append((await anext(outcomes)).index)

    if gateway.way == "sync":
        blocking()
    else:
        asyncio.run(awaiting())
    assert len(read) <= 20 + 3
    assert len(gateway.paid) == len(read)


def test_nothing_is_sent_before_an_outcome_is_asked_for(gateway: Gateway) -> None:
    outcomes = many(gateway.client(), gateway.operation, asked("a"))
    assert gateway.paid == []
    assert next(outcomes).error is None


def test_an_outcome_that_is_there_does_not_wait_for_the_iterable(gateway: Gateway) -> None:
    """The third request is read only when the outcome of a wrong first one was taken."""
    read = []

    def requests() -> Iterator[Any]:
        for request in ("wrong", *asked("a", "b")):
            read.append(request)
            yield request

    outcomes = many(gateway.client(), gateway.operation, requests(), concurrency=8)
    assert isinstance(next(outcomes).error, TypeError)
    assert read == ["wrong"]
    assert len(list(outcomes)) == 2


def test_so_many_are_under_way_at_once_and_no_more_blocking(make: Operation[Any]) -> None:
    barrier = threading.Barrier(3, timeout=10)
    lock, under_way, most = threading.Lock(), 0, 0

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        barrier.wait()
        with lock:
            under_way -= 1
        barrier.wait()
        return httpx.Response(200, json={})

    client = SyncClient(
        default_base_url="https://host",
        user_agent="test/1",
        http_client=httpx.Client(transport=httpx.MockTransport(answer)),
    )
    free = _free(make)
    outcomes = list(many(client, free, asked(*"abcdef"), concurrency=3))
    assert [outcome.error for outcome in outcomes] == [None] * 6
    assert most == 3


def test_so_many_are_under_way_at_once_and_no_more_awaited(make: Operation[Any]) -> None:
    barrier = asyncio.Barrier(3)
    under_way = most = 0

    async def answer(_: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await barrier.wait()
        under_way -= 1
        await barrier.wait()
        return httpx.Response(200, json={})

    async def call() -> list[Exception | None]:
        client = AsyncClient(
            default_base_url="https://host",
            user_agent="test/1",
            http_client=httpx.AsyncClient(transport=httpx.MockTransport(answer)),
        )
        return [outcome.error async for outcome in amany(client, _free(make), asked(*"abcdef"), concurrency=3)]

    assert asyncio.run(asyncio.wait_for(call(), 10)) == [None] * 6
    assert most == 3


def _free(operation: Operation[Any]) -> Operation[Any]:
    """The same operation without credentials."""
    return attrs.evolve(operation, security=())


def test_threads_carry_the_context_of_who_calls(gateway: Gateway) -> None:
    task = ContextVar("task", default="none")
    seen: list[str] = []

    def answer() -> dict[str, Any]:
        seen.append(task.get())
        return {}

    gateway.answers["a"] = answer
    task.set("mine")
    gateway.call(asked("a"))
    assert seen == ["mine"]


def test_threads_end(gateway: Gateway) -> None:
    gateway.call(asked(*"abcdef"), concurrency=3)
    assert [thread.name for thread in threading.enumerate() if thread.name == "many"] == []


def test_without_asyncio_there_is_a_clear_error(gateway: Gateway) -> None:
    outcomes = amany(gateway.async_client(), gateway.operation, asked("a"))
    step = outcomes.__anext__()
    with pytest.raises(RuntimeError, match="need asyncio"):
        step.send(None)  # as a loop of another library would
    assert gateway.paid == []
