"""A step that carries out several plans, some at a time."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import threading
from collections import deque
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import httpx

from .limits import checked_count
from .log import log
from .steps import arun, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from queue import SimpleQueue

    from .steps import Plan

T = TypeVar("T")


class Together(Generic[T]):
    """Carry out plans: in threads where that blocks, in tasks where it is awaited. What comes of it is their values.

    If a plan raises, or the wait for them ends by Ctrl-C or cancellation, then the others are stopped: they see it as
    an exception at the step that they are in, so that they leave nothing behind. What else goes wrong meanwhile is
    noted on the exception that came first.

    Args:
        plans: The plans, none of them begun.
        limit: How many are carried out at a time, at the most.
    """

    def __init__(self, plans: Sequence[Plan[T]], limit: int) -> None:
        self._plans = plans
        self._limit = min(checked_count("concurrency", limit, least=1), len(plans))

    def do(self) -> list[T]:
        """Carry them out; the first exception that one raises is raised."""
        if self._limit <= 1:
            return [run(plan) for plan in self._plans]
        from queue import SimpleQueue  # noqa: PLC0415 - most programs save no images at once

        jobs = [_Job(plan) for plan in self._plans]
        waiting = deque(jobs)
        ended: SimpleQueue[_Job[T]] = SimpleQueue()
        # Daemons: one that waits for a server must not keep the program from ending after Ctrl-C.
        threads = [
            threading.Thread(target=copy_context().run, args=(_work, waiting, ended), name="together", daemon=True)
            for _ in range(self._limit)
        ]
        try:
            for thread in threads:
                thread.start()
            for _ in jobs:
                ended.get().raise_failure()
        except BaseException as first:
            waiting.clear()
            _note(first, [error for job in jobs if (error := job.stop()) is not None])
            raise
        for thread in threads:
            thread.join()
        return [job.value for job in jobs]

    async def ado(self) -> list[T]:
        """Carry them out; the first exception that one raises is raised."""
        import anyio  # noqa: PLC0415 - httpx brings it, for asyncio and trio alike, and imports it as late

        values: list[T | None] = [None] * len(self._plans)
        failures: list[Exception] = []
        places = anyio.Semaphore(max(self._limit, 1))

        async def work(index: int, plan: Plan[T]) -> None:
            async with places:
                try:
                    values[index] = await arun(plan)
                except Exception as error:  # noqa: BLE001 - raised below, without a group around it
                    failures.append(error)
                    group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            for index, plan in enumerate(self._plans):
                group.start_soon(work, index, plan)
        if failures:
            _note(failures[0], failures[1:])
            raise failures[0]
        return cast("list[T]", values)


def _note(first: BaseException, others: Sequence[BaseException]) -> None:
    """Say on an exception what else went wrong.

    Raises:
        BaseException: One of the others is no error, but an order to end, such as Ctrl-C, and the first is none.
    """
    for other in others:
        if isinstance(first, Exception) and not isinstance(other, Exception):
            raise other
        first.add_note(f"While the others were stopped, one more failed: {type(other).__name__}")


def _work(waiting: deque[_Job[T]], ended: SimpleQueue[_Job[T]]) -> None:
    """What each thread does: one job after another, until none waits or one has failed."""
    while waiting:
        try:
            job = waiting.popleft()
        except IndexError:  # another thread was faster
            return
        job.carry_out()
        if job.failed:
            waiting.clear()
        ended.put(job)


class _StoppedError(Exception):
    """Is thrown into a plan that others need no more."""


class _Job(Generic[T]):
    """A plan that a thread carries out, and that another thread may stop even while a step blocks."""

    def __init__(self, plan: Plan[T]) -> None:
        self._plan = plan
        self._failure: BaseException | None = None
        self._over = False  # ended, or taken from the thread that carries it out
        self._turn = threading.Lock()  # held by whoever goes on with the plan, and not while a step blocks
        self.value: T

    def carry_out(self) -> None:
        """Do as `run`, unless the plan is stopped; what it raises is kept."""
        outcome: Any = None
        failure: BaseException | None = None
        while True:
            with self._turn:
                if self._over:
                    break
                try:
                    step = self._plan.send(outcome) if failure is None else self._plan.throw(failure)
                except StopIteration as end:
                    self.value, self._over = end.value, True
                    return
                except BaseException as error:  # noqa: BLE001 - raised where the plans are waited for
                    self._failure, self._over = error, True
                    failure = None  # see `run`
                    return
            outcome = failure = None
            try:
                outcome = step.do()
            except BaseException as error:  # noqa: BLE001 - thrown into the plan
                failure = error
        if isinstance(outcome, httpx.Response):
            try:
                outcome.close()  # it came too late for the plan to close it
            except Exception as error:  # noqa: BLE001 - nobody waits for this thread any more
                log.debug("an answer that came too late was not closed well: %s", type(error).__name__)

    @property
    def failed(self) -> bool:
        """Whether it raised something."""
        return self._failure is not None

    def raise_failure(self) -> None:
        """Raise what the plan raised, if it did."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def stop(self) -> BaseException | None:
        """Take the plan from its thread, if it hasn't ended, and let it clean up.

        Returns:
            What it raised and nobody has seen; None for nothing.
        """
        try:
            with self._turn:
                ended, self._over = self._over, True
            if not ended:
                run(_ended(self._plan))
        except BaseException as error:  # noqa: BLE001 - the others are to be stopped too
            self._failure = error
        failure, self._failure = self._failure, None
        return failure


def _ended(plan: Plan[Any]) -> Plan[None]:
    """Goes on with a plan that is told to stop: with the steps by which it cleans up."""
    try:
        step = plan.throw(_StoppedError())
        while True:
            try:
                outcome = yield step
            except BaseException as error:  # noqa: BLE001 - thrown into the plan, whose business it is
                step = plan.throw(error)
            else:
                step = plan.send(outcome)
    except (StopIteration, _StoppedError):
        return
