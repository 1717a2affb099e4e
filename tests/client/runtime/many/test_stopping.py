"""Many calls that are ended early: by break, Ctrl-C, cancellation, or by being forgotten."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest

from generator.client.runtime import ledger
from generator.client.runtime.client import AsyncClient
from generator.client.runtime.errors import FileProblem
from generator.client.runtime.log import log
from generator.client.runtime.many import AsyncOutcomes, amany, many

from .gateway import Gateway, by_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def asked(*prompts: str) -> list[dict[str, Any]]:
    return [{"model": "many", "prompt": prompt} for prompt in prompts]


def saved(folder: Path) -> int:
    return (folder / ledger.LEDGER).read_text().count('"saved"')


def is_free(folder: Path) -> bool:
    """Whether nobody has a folder's ledger open any more."""
    ledger.Ledger(folder).close()
    return True


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "many"]


def end_of_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == "many":
            thread.join(10)


class Told(logging.Handler):
    """Does something when the log says that calls are waited for."""

    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__(logging.WARNING)
        self.then = then

    def emit(self, record: logging.LogRecord) -> None:
        if "waited for" in record.getMessage():
            self.then()


@contextlib.contextmanager
def when_waited_for(then: Callable[[], object]) -> Iterator[None]:
    handler = Told(then)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_blocking_break_waits_for_what_is_under_way_and_sends_nothing_more(blocking: Gateway, tmp_path: Path) -> None:
    requests = asked(*"abcdefgh")
    with many(blocking.client(), blocking.operation, requests, concurrency=3, folder=tmp_path) as outcomes:
        for outcome in outcomes:
            assert outcome.error is None
            break
    assert saved(tmp_path) == len(blocking.paid) <= 4
    assert is_free(tmp_path)
    assert threads() == []


def test_blocking_close_leaves_the_outcomes_to_be_taken(blocking: Gateway, tmp_path: Path) -> None:
    with many(blocking.client(), blocking.operation, asked(*"abcdefgh"), concurrency=3, folder=tmp_path) as outcomes:
        first = next(outcomes)
    assert is_free(tmp_path)
    assert {first.index, *(outcome.index for outcome in outcomes)} == set(range(len(blocking.paid)))
    assert list(outcomes) == []
    outcomes.close()


def test_blocking_an_exception_in_the_loop_ends_it_as_break_does(blocking: Gateway, tmp_path: Path) -> None:
    def body() -> None:
        requests = asked(*"abcdefgh")
        with many(blocking.client(), blocking.operation, requests, concurrency=3, folder=tmp_path) as outcomes:
            for _ in outcomes:
                raise LookupError

    with pytest.raises(LookupError):
        body()
    assert saved(tmp_path) == len(blocking.paid) <= 4
    assert is_free(tmp_path)


class Holder:
    """Holds outcomes in a circle, so that only the collector of garbage finds them."""

    def __init__(self, outcomes: Iterator[Any]) -> None:
        self.itself = self
        self.outcomes = outcomes


def test_blocking_forgotten_outcomes_wait_for_nothing_and_what_is_under_way_goes_on(
    blocking: Gateway, tmp_path: Path
) -> None:
    """Whichever thread collects them may hold what the calls under way are waiting for."""
    go = threading.Event()
    blocking.answers["b"] = lambda: by_link("b") if go.wait(10) else {}
    holder = Holder(many(blocking.client(), blocking.operation, asked(*"abcd"), concurrency=2, folder=tmp_path))
    assert next(holder.outcomes).index == 0
    del holder
    gc.collect()
    assert threads() == ["many"]
    assert not go.is_set()
    go.set()
    end_of_threads()
    assert sorted(blocking.paid) == ["a", "b"]
    assert saved(tmp_path) == 2
    assert is_free(tmp_path)


def test_blocking_ctrl_c_waits_for_what_is_under_way(blocking: Gateway, tmp_path: Path) -> None:
    go = threading.Event()

    def answer() -> dict[str, Any]:
        ctrl_c()
        assert go.wait(10)
        return by_link("a")

    blocking.answers["a"] = answer
    outcomes = many(blocking.client(), blocking.operation, asked("a", "b", "c"), concurrency=1, folder=tmp_path)
    with when_waited_for(go.set), pytest.raises(KeyboardInterrupt):
        next(outcomes)
    assert blocking.paid == ["a"]
    assert saved(tmp_path) == 1
    assert [outcome.index for outcome in outcomes] == [0]
    assert is_free(tmp_path)
    assert threads() == []


def test_blocking_a_second_ctrl_c_leaves_at_once(blocking: Gateway, tmp_path: Path) -> None:
    go = threading.Event()
    ended = threading.Event()

    def answer() -> dict[str, Any]:
        ctrl_c()
        assert go.wait(10)
        ended.set()
        return by_link("a")

    blocking.answers["a"] = answer
    outcomes = many(blocking.client(), blocking.operation, asked("a", "b"), concurrency=1, folder=tmp_path)
    with when_waited_for(ctrl_c), pytest.raises(KeyboardInterrupt):
        next(outcomes)
    del outcomes
    assert not ended.is_set()
    with pytest.raises(FileProblem):
        is_free(tmp_path)
    go.set()
    end_of_threads()
    assert saved(tmp_path) == 1
    assert is_free(tmp_path)


async def _until_nothing_runs() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # tasks tell of their end a little later


def test_awaited_aclose_waits_for_what_is_under_way(awaited: Gateway, tmp_path: Path) -> None:
    async def run() -> AsyncOutcomes[Any]:
        client = awaited.async_client()
        async with amany(client, awaited.operation, asked(*"abcdefgh"), concurrency=3, folder=tmp_path) as outcomes:
            async for outcome in outcomes:
                assert outcome.error is None
                break
        assert len(asyncio.all_tasks()) == 1
        assert is_free(tmp_path)
        rest = [outcome.index async for outcome in outcomes]
        assert {outcome.index, *rest} == set(range(len(awaited.paid)))
        return outcomes

    asyncio.run(run())
    assert saved(tmp_path) == len(awaited.paid) <= 4


def test_awaited_forgotten_outcomes_let_what_is_under_way_go_on(awaited: Gateway, tmp_path: Path) -> None:
    async def run() -> None:
        async for _ in amany(awaited.async_client(), awaited.operation, asked(*"abcd"), concurrency=2, folder=tmp_path):
            break
        gc.collect()
        await _until_nothing_runs()
        assert is_free(tmp_path)

    asyncio.run(run())
    assert saved(tmp_path) == len(awaited.paid) <= 3


def test_awaited_a_loop_that_ends_leaves_nothing_open(awaited: Gateway, tmp_path: Path) -> None:
    async def run() -> None:
        async for _ in amany(awaited.async_client(), awaited.operation, asked(*"abcd"), concurrency=2, folder=tmp_path):
            break

    asyncio.run(run())
    gc.collect()
    assert is_free(tmp_path)


class Slow:
    """An asynchronous client whose answer to "a" is waited for."""

    def __init__(self, gateway: Gateway) -> None:
        self.asked = asyncio.Event()
        self.go = asyncio.Event()
        self.cancelled = False

        async def answer(request: httpx.Request) -> httpx.Response:
            self.asked.set()
            try:
                await self.go.wait()
            except asyncio.CancelledError:
                self.cancelled = True
                raise
            return gateway.answer(request)

        self.client = AsyncClient(
            http_client=httpx.AsyncClient(transport=httpx.MockTransport(answer)), **gateway.settings()
        )


async def _taken(outcomes: AsyncOutcomes[Any]) -> None:
    async for _ in outcomes:
        pass


def test_awaited_cancelled_it_waits_for_what_is_under_way(awaited: Gateway, tmp_path: Path) -> None:
    async def run() -> None:
        slow = Slow(awaited)
        outcomes = amany(slow.client, awaited.operation, asked("a", "b"), concurrency=1, folder=tmp_path)
        task = asyncio.create_task(_taken(outcomes))
        await slow.asked.wait()
        task.cancel()
        with when_waited_for(slow.go.set), pytest.raises(asyncio.CancelledError):
            await task
        assert not slow.cancelled
        assert [outcome.index async for outcome in outcomes] == [0]

    asyncio.run(run())
    assert awaited.paid == ["a"]
    assert saved(tmp_path) == 1
    assert is_free(tmp_path)


def test_awaited_cancelled_by_a_scope_of_anyio_it_waits_too(awaited: Gateway, tmp_path: Path) -> None:
    async def run() -> None:
        slow = Slow(awaited)
        outcomes = amany(slow.client, awaited.operation, asked("a", "b"), concurrency=1, folder=tmp_path)
        async with anyio.create_task_group() as group:
            group.start_soon(_taken, outcomes)
            await slow.asked.wait()
            with when_waited_for(slow.go.set):
                group.cancel_scope.cancel()
                with anyio.CancelScope(shield=True):
                    await slow.go.wait()
        assert not slow.cancelled
        await outcomes.aclose()

    asyncio.run(run())
    assert saved(tmp_path) == 1


def test_awaited_cancelled_twice_it_leaves_at_once(awaited: Gateway, tmp_path: Path) -> None:
    async def run() -> None:
        slow = Slow(awaited)
        outcomes = amany(slow.client, awaited.operation, asked("a", "b"), concurrency=1, folder=tmp_path)
        task = asyncio.create_task(_taken(outcomes))
        await slow.asked.wait()
        task.cancel()
        waits = asyncio.Event()
        with when_waited_for(waits.set):
            await waits.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        await _until_nothing_runs()
        assert slow.cancelled
        del outcomes
        gc.collect()
        assert is_free(tmp_path)

    asyncio.run(run())
    assert awaited.paid == []
    assert '"sending"' in (tmp_path / ledger.LEDGER).read_text().splitlines()[-1]


@pytest.mark.parametrize("begins", [True, False])
def test_blocking_ctrl_c_in_the_start_of_a_thread_leaves_no_work_unseen(
    blocking: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, begins: bool
) -> None:
    go = threading.Event()
    start = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        monkeypatch.setattr(threading.Thread, "start", start)
        if begins:  # at once, so that it is under way when the interruption comes
            thread.start()
            assert go.wait(10)
        raise KeyboardInterrupt

    def answer() -> dict[str, Any]:
        go.set()
        return by_link("a")

    blocking.answers["a"] = answer
    outcomes = many(blocking.client(), blocking.operation, asked("a", "b"), concurrency=1, folder=tmp_path)
    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(KeyboardInterrupt):
        next(outcomes)
    assert blocking.paid == (["a"] if begins else [])
    assert [outcome.index for outcome in outcomes] == ([0] if begins else [])
    assert is_free(tmp_path)


def test_blocking_a_thread_that_begins_after_ctrl_c_sends_nothing(
    blocking: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[threading.Thread] = []

    def interrupted(thread: threading.Thread) -> None:
        late.append(thread)
        raise KeyboardInterrupt

    outcomes = many(blocking.client(), blocking.operation, asked("a", "b"), concurrency=1)
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", interrupted)
        with pytest.raises(KeyboardInterrupt):
            next(outcomes)
    late[0].start()
    late[0].join(10)
    assert blocking.paid == []


def test_blocking_another_process_neither_waits_nor_takes_outcomes(
    blocking: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()

    def answer() -> dict[str, Any]:
        assert go.wait(10)
        return by_link("b")

    blocking.answers["b"] = answer
    requests = asked("a", "b")
    with many(blocking.client(), blocking.operation, requests, concurrency=2, folder=tmp_path) as outcomes:
        next(outcomes)
        with monkeypatch.context() as forked:
            forked.setattr(os, "getpid", lambda: -1)
            with pytest.raises(RuntimeError, match="another process"):
                next(outcomes)
            outcomes.close()
        assert not go.is_set()
        with pytest.raises(FileProblem):
            is_free(tmp_path)
        go.set()
        assert [outcome.error for outcome in outcomes] == [None]
    assert saved(tmp_path) == 2
    assert is_free(tmp_path)
