"""Plans are carried out together, and stopped together, in threads and in tasks alike."""

from __future__ import annotations

import asyncio
import contextvars
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest

from generator.client.runtime.steps import Plan, arun, run
from generator.client.runtime.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def _blocking(plans: Sequence[Plan[Any]], limit: int) -> Any:
    return Together(plans, limit).do()


def _awaited(plans: Sequence[Plan[Any]], limit: int) -> Any:
    return asyncio.run(Together(plans, limit).ado())


both = pytest.mark.parametrize("together", [_blocking, _awaited])


class Meet:
    """A step that ends when so many take it at once, which counts them."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._barrier = threading.Barrier(number, timeout=10)
        self._here = 0
        self._all = asyncio.Event()
        self.most = 0

    def do(self) -> None:
        self._barrier.wait()

    async def ado(self) -> None:
        self._here += 1
        if self._here == self._number:
            self._here = 0
            self._all.set()
            self._all = asyncio.Event()
        else:
            with anyio.fail_after(10):
                await self._all.wait()


class Work:
    """A step that comes to what it was told, and writes it down."""

    def __init__(self, outcome: Any, log: list[Any]) -> None:
        self._outcome, self._log = outcome, log

    def do(self) -> Any:
        self._log.append(self._outcome)
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        return self._outcome

    async def ado(self) -> Any:
        await asyncio.sleep(0)
        return self.do()


class Tidy:
    """A step that cleans up."""

    def __init__(self, log: list[Any]) -> None:
        self._log = log

    def do(self) -> None:
        self._log.append("cleaned up")

    async def ado(self) -> None:
        self.do()


class Block:
    """A step that doesn't end on its own."""

    def __init__(self, *, interrupts: bool = False) -> None:
        self.begun = threading.Event()
        self.awaited = asyncio.Event()
        self.release = threading.Event()
        self.ended = threading.Event()
        self._interrupts = interrupts

    def do(self) -> None:
        self.begun.set()
        if self._interrupts:
            os.kill(os.getpid(), signal.SIGINT)
        self.release.wait(10)
        self.ended.set()

    async def ado(self) -> None:
        self.awaited.set()
        await asyncio.Event().wait()


def _plan(*steps: Any, value: Any = None, log: list[Any] | None = None) -> Plan[Any]:
    try:
        for step in steps:  # noqa: UP028 - a tuple can't be sent what a step comes to
            yield step
    finally:
        if log is not None:
            yield Tidy(log)
    return value


@both
def test_the_values_come_in_order(together: Callable[..., Any]) -> None:
    assert together([_plan(Work(n, []), value=n) for n in range(20)], 4) == list(range(20))
    assert together([], 4) == []
    assert together([_plan(value="a")], 1) == ["a"]


@both
def test_as_many_run_at_once_as_may(together: Callable[..., Any]) -> None:
    meet = Meet(3)
    assert together([_plan(meet, value=n) for n in range(9)], 3) == list(range(9))


@both
def test_one_at_a_time(together: Callable[..., Any]) -> None:
    log: list[Any] = []
    together([_plan(Work((n, "a"), log), Work((n, "b"), log)) for n in range(3)], 1)
    assert log == [(n, letter) for n in range(3) for letter in "ab"]


def test_a_limit_that_is_none() -> None:
    with pytest.raises(ValueError, match="concurrency must be 1 or more"):
        Together([], 0)
    with pytest.raises(TypeError, match="concurrency must be a whole number, not float"):
        Together([], 2.0)  # type: ignore[arg-type] # users err


class _After:
    """A step that fails once another is under way."""

    def __init__(self, block: Block, failure: BaseException) -> None:
        self._block, self._failure = block, failure

    def do(self) -> None:
        assert self._block.begun.wait(10)
        raise self._failure

    async def ado(self) -> None:
        await self._block.awaited.wait()
        raise self._failure


@both
def test_a_failure_stops_the_others_even_while_they_block(together: Callable[..., Any]) -> None:
    block, log = Block(), list[Any]()
    plans = [_plan(block, log=log), _plan(_After(block, KeyError("no"))), _plan(Work("never", log))]
    with pytest.raises(KeyError, match="no"):
        together(plans, 2)
    assert log == ["cleaned up"]
    assert not block.ended.is_set()
    block.release.set()


class _Fail:
    """A step that fails."""

    def __init__(self, failure: BaseException) -> None:
        self._failure = failure

    def do(self) -> None:
        raise self._failure

    async def ado(self) -> None:
        raise self._failure


def _failing_to_clean_up(block: Block, failure: BaseException) -> Plan[Any]:
    try:
        yield block
    finally:
        yield _Fail(failure)


class _AfterAll(_After):
    """A step that fails once several others are under way."""

    def __init__(self, blocks: Sequence[Block], failure: BaseException) -> None:
        super().__init__(blocks[-1], failure)
        self._blocks = blocks

    def do(self) -> None:
        assert all(block.begun.wait(10) for block in self._blocks)
        super().do()

    async def ado(self) -> None:
        for block in self._blocks:
            await block.awaited.wait()
        await super().ado()


@both
def test_a_clean_up_that_fails_hides_no_error_and_keeps_no_other_from_it(together: Callable[..., Any]) -> None:
    blocks, log = [Block(), Block()], list[Any]()
    plans = [_failing_to_clean_up(blocks[0], OSError("full")), _plan(blocks[1], log=log)]
    with pytest.raises(KeyError, match="no") as caught:
        together([*plans, _plan(_AfterAll(blocks, KeyError("no")))], 3)
    assert log == ["cleaned up"]
    assert ["OSError" in note for note in caught.value.__notes__] == [True]
    for block in blocks:
        block.release.set()


def test_ctrl_c_during_the_clean_up_is_not_lost() -> None:
    blocks, log = [Block(), Block()], list[Any]()
    plans = [_failing_to_clean_up(blocks[0], KeyboardInterrupt()), _plan(blocks[1], log=log)]
    with pytest.raises(KeyboardInterrupt):
        _blocking([*plans, _plan(_AfterAll(blocks, KeyError("no")))], 3)
    assert log == ["cleaned up"]
    for block in blocks:
        block.release.set()


class _Late:
    """A step whose answer comes when nobody wants it any more, and can't be closed."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self.closed = threading.Event()

    def do(self) -> httpx.Response:
        self._block.do()
        return httpx.Response(200, stream=_Unclosable(self.closed))

    async def ado(self) -> None:
        raise AssertionError("threads take this step; nobody awaits it")


class _Unclosable(httpx.SyncByteStream):
    def __init__(self, closed: threading.Event) -> None:
        self._closed = closed

    def __iter__(self) -> Iterator[bytes]:
        yield b""

    def close(self) -> None:
        self._closed.set()
        raise httpx.CloseError("broken")


def test_an_answer_that_comes_too_late_and_can_not_be_closed_breaks_no_thread(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG", "generator")
    block = Block()
    late = _Late(block)
    with pytest.raises(KeyError):
        _blocking([_plan(late), _plan(_After(block, KeyError("no")))], 2)
    workers = [thread for thread in threading.enumerate() if thread.name == "together"]
    block.release.set()
    for worker in workers:
        worker.join(10)
    assert late.closed.is_set()
    assert "CloseError" in caplog.text


@pytest.mark.skipif(os.name == "nt", reason="a process can't interrupt itself there")
def test_ctrl_c_stops_all(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []
    start = threading.Thread.start

    def started(thread: threading.Thread) -> None:
        threads.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", started)
    log: list[Any] = []
    first, second = Block(), Block(interrupts=True)
    plans = [_plan(first, Work("never", log), log=log), _plan(_Once(first, second), Work("never", log), log=log)]
    with pytest.raises(KeyboardInterrupt):
        run(_plan(Together(plans, 2)))
    assert log == ["cleaned up"] * 2
    for block in (first, second):
        block.release.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert log == ["cleaned up"] * 2


class _Once:
    """A step that is another, once a first one is under way."""

    def __init__(self, first: Block, step: Block) -> None:
        self._first, self._step = first, step

    def do(self) -> None:
        assert self._first.begun.wait(10)
        self._step.do()

    async def ado(self) -> None:
        raise AssertionError("threads take this step; nobody awaits it")


def test_cancellation_stops_all() -> None:
    log: list[Any] = []
    blocks = [Block(), Block()]

    async def main() -> None:
        task = asyncio.create_task(arun(_plan(Together([_plan(block, log=log) for block in blocks], 2))))
        for block in blocks:
            await block.awaited.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert log == ["cleaned up"] * 2


def test_threads_see_the_context_of_whoever_called() -> None:
    name = contextvars.ContextVar("name", default="")
    name.set("caller's")

    def look() -> Plan[str]:
        yield Work(None, [])
        return name.get()

    assert _blocking([look(), look()], 2) == ["caller's"] * 2
