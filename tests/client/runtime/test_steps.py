"""Plans are carried out alike, blocking and awaited."""

from __future__ import annotations

import asyncio
import gc
import inspect
import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
import pytest

from generator.client.runtime import steps
from generator.client.runtime.steps import Pause, Plan, arun, run
from generator.client.runtime.transfer import closing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import FrameType

T = TypeVar("T")


class Work:
    """A step that writes down that it was taken, and comes to what it was told."""

    def __init__(self, outcome: Any, log: list[Any]) -> None:
        self.outcome, self.log = outcome, log

    def do(self) -> Any:
        self.log.append(self.outcome)
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome

    async def ado(self) -> Any:
        await asyncio.sleep(0)
        return self.do()


def _awaited(plan: Plan[T]) -> T:
    return asyncio.run(arun(plan))


both = pytest.mark.parametrize("carry_out", [run, _awaited])


@both
def test_a_plan_is_sent_what_its_steps_come_to(carry_out: Callable[[Plan[Any]], Any]) -> None:
    log: list[Any] = []

    def plan() -> Plan[Any]:
        first = yield Work(1, log)
        second = yield Work(first + 1, log)
        return [first, second]

    assert carry_out(plan()) == [1, 2]
    assert log == [1, 2]


@both
@pytest.mark.parametrize("failure", [ValueError("no"), KeyboardInterrupt()])
def test_a_plan_that_fails_cleans_up_by_steps(carry_out: Callable[[Plan[Any]], Any], failure: BaseException) -> None:
    log: list[Any] = []

    def plan() -> Plan[Any]:
        try:
            yield Work(failure, log)
        finally:
            yield Work("closed", log)

    with pytest.raises(type(failure)):
        carry_out(plan())
    assert log == [failure, "closed"]


@both
def test_a_plan_may_take_a_failure_for_an_outcome(carry_out: Callable[[Plan[Any]], Any]) -> None:
    def plan() -> Plan[str]:
        words = ""
        try:
            yield Work(ValueError("no"), [])
        except ValueError as error:
            words = str(error)
        yield Work("more", [])
        return words

    assert carry_out(plan()) == "no"


@both
def test_what_a_plan_raises_has_no_context_when_it_left_its_handler(carry_out: Callable[[Plan[Any]], Any]) -> None:
    def plan() -> Plan[Any]:
        failed = False
        try:
            yield Work(ValueError("holds a key"), [])
        except ValueError:
            failed = True
        if failed:
            raise LookupError("ours")

    with pytest.raises(LookupError) as caught:
        carry_out(plan())
    assert caught.value.__context__ is None


@both
def test_a_pause_is_waited_for(carry_out: Callable[[Plan[Any]], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr("anyio.sleep", sleep)

    def plan() -> Plan[None]:
        yield Pause(3)

    carry_out(plan())
    assert slept == [3]


def test_a_cancelled_plan_cleans_up() -> None:
    log: list[Any] = []
    begun = asyncio.Event()

    class Forever:
        """A step that never ends of its own."""

        def do(self) -> None:
            raise AssertionError("it is awaited")

        async def ado(self) -> None:
            begun.set()
            await asyncio.get_running_loop().create_future()

    def plan() -> Plan[None]:
        try:
            yield Forever()
        finally:
            yield Work("closed", log)

    async def main() -> None:
        task = asyncio.create_task(arun(plan()))
        await begun.wait()
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    assert log == ["closed"]


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """An answer that nobody has read."""

    def __iter__(self) -> Iterator[bytes]:
        return iter((b"later",))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"later"


class Interrupt:
    """Ctrl-C, once, before the so-manieth instruction of what carries plans out."""

    def __init__(self, number: int) -> None:
        self.left = number

    @contextmanager
    def __call__(self) -> Iterator[None]:
        before = sys.gettrace()
        sys.settrace(self._entered)
        try:
            yield
        finally:
            sys.settrace(before)

    def _entered(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ARG002 - as Python calls it
        if frame.f_code.co_filename != steps.__file__:
            return None
        frame.f_trace_opcodes = True
        return self._in_frame

    def _in_frame(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ARG002 - as Python calls it
        if event == "opcode":
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self._in_frame


@both
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")  # as it is just about to be
@pytest.mark.parametrize("failure", [None, "no"])
def test_ctrl_c_is_ctrl_c_wherever_it_comes(carry_out: Callable[[Plan[Any]], Any], failure: str | None) -> None:
    # An exception that a trace function raises may stay the one being handled, for as long as its thread lives.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_interrupt_everywhere, carry_out, failure).result()
    gc.collect()  # a coroutine that is forgotten warns here, where that is expected, and in no other test


def _interrupt_everywhere(carry_out: Callable[[Plan[Any]], Any], failure: str | None) -> None:
    for number in itertools.count(1):
        received: list[httpx.Response] = []
        # Made anew, since an error holds the frames that it came through, and whatever was to be awaited there.
        outcome: Any = ValueError(failure) if failure else "read"

        def plan(received: list[httpx.Response] = received, outcome: Any = outcome) -> Plan[Any]:
            response = yield Work(httpx.Response(200, stream=Body()), [])
            received.append(response)
            try:
                return (yield Work(outcome, []))
            finally:
                if not response.is_closed:
                    yield from closing(response)

        begun, interrupt = plan(), Interrupt(number)
        try:
            with interrupt():
                carry_out(begun)
        except KeyboardInterrupt:
            pass
        except ValueError:
            assert interrupt.left > 0, f"instruction {number} lost the interruption"
        state = inspect.getgeneratorstate(begun)
        assert state in {inspect.GEN_CREATED, inspect.GEN_CLOSED}, f"left hanging at instruction {number}"
        assert all(response.is_closed for response in received), f"left open at instruction {number}"
        if interrupt.left > 0:
            break
    assert number > 50, "instructions were gone through"


def test_a_coroutine_that_is_closed_awaits_nothing_more() -> None:
    log: list[Any] = []

    def plan() -> Plan[None]:
        try:
            yield Work("begun", log)
        finally:
            try:
                yield Work("closed", log)
            finally:
                log.append("ended")

    coroutine = arun(plan())
    coroutine.send(None)
    coroutine.close()
    assert log == ["ended"]
