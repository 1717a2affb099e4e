"""Carries out several plans at once: in threads, or as tasks of asyncio. What differs between the two is all here."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import deque
from contextvars import copy_context
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import frozen

from .steps import arun, run

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from .steps import Plan, Step

T = TypeVar("T")


@frozen
class Work:
    """A step that takes a little time on this machine, such as writing to disk. What comes of it is what it returns.

    Attributes:
        function: Does it, blocking. Where it is awaited, a thread does it meanwhile.
    """

    function: Callable[[], Any]

    def do(self) -> Any:
        """Do it."""
        return self.function()

    async def ado(self) -> Any:
        """Let a thread do it, and await its end."""
        import anyio.to_thread  # noqa: PLC0415 - httpx brings it, and imports it as late

        return await anyio.to_thread.run_sync(self.function)


class Crew(ABC, Generic[T]):
    """Workers, each of which carries out one plan.

    Whoever waits for them may be interrupted at any moment, so nothing is counted: a worker who is done is entered
    among the done, and only then crossed out among those who work.
    """

    def __init__(self) -> None:
        self._working: set[Any] = set()
        self._done: deque[tuple[T | BaseException, Any]] = deque()
        self._afterwards: Callable[[], None] | None = None

    @property
    def busy(self) -> int:
        """How many plans were begun whose end was not yet taken."""
        return len(self._working) + len(self._done)

    @property
    def working(self) -> int:
        """How many plans have not ended."""
        return len(self._working)

    @property
    def ready(self) -> bool:
        """Whether there is something to take."""
        return bool(self._done)

    @abstractmethod
    def start(self, plan: Plan[T]) -> None:
        """Begin a plan, and don't wait for it."""

    def add(self, outcome: T) -> None:
        """Let something be taken that needs no work."""
        self._done.append((outcome, None))

    def take(self) -> Plan[T | None]:
        """Wait for what a plan returns, whichever comes first; None if there is nothing to wait for.

        Raises:
            BaseException: What a plan raised.
        """
        while True:
            idle = not self._working
            if self._done:
                outcome, worker = self._done[0]
                self._dismiss(worker)
                self._done.popleft()
                if isinstance(outcome, BaseException):
                    raise outcome
                return outcome
            if idle:
                return None
            yield self._change()

    def settle(self) -> Plan[None]:
        """Wait for the end of all plans; what they return may still be taken."""
        try:
            while self._working:
                yield self._change()
            for _, worker in tuple(self._done):
                self._dismiss(worker)
        except BaseException:
            self.give_up()
            raise

    def leave(self, afterwards: Callable[[], None]) -> None:
        """Say what is to be done in the end.

        Args:
            afterwards: Is called when nobody works any more: now, or by the last who does.
        """
        self._afterwards = afterwards
        if not self._working:
            afterwards()

    def give_up(self) -> None:
        """Learn that nobody waits any more for those who work."""

    @abstractmethod
    def _change(self) -> Step:
        """A step that waits until a worker is done."""

    def _dismiss(self, worker: Any) -> None:
        """See a worker off who is done; None for nobody."""

    def _end(self, worker: Any, outcome: T | BaseException) -> None:
        """Enter a worker among those who are done."""
        self._done.append((outcome, worker))
        self._working.discard(worker)
        if self._afterwards is not None and not self._working:
            self._afterwards()


class Threads(Crew[T]):
    """Works in threads. What they do is paid for, so the interpreter ends after them, as after any thread."""

    def __init__(self) -> None:
        super().__init__()
        self._changes: SimpleQueue[None] = SimpleQueue()

    def start(self, plan: Plan[T]) -> None:
        """See Crew."""
        claim = threading.Lock()
        work = (self._work, plan, claim)
        thread = threading.Thread(target=copy_context().run, args=work, name="many", daemon=False)
        self._working.add(thread)
        try:
            thread.start()
        except BaseException:
            # It may have begun all the same, or be about to: whoever has the claim decides.
            if claim.acquire(blocking=False):
                self._working.discard(thread)
            raise

    def _work(self, plan: Plan[T], claim: threading.Lock) -> None:
        if not claim.acquire(blocking=False):
            return
        try:
            outcome: T | BaseException = run(plan)
        except BaseException as error:  # noqa: BLE001 - whoever takes it raises it
            outcome = error
        self._end(threading.current_thread(), outcome)
        self._changes.put(None)

    def _change(self) -> Step:
        return Work(self._changes.get)

    def _dismiss(self, worker: threading.Thread | None) -> None:
        if worker is not None:
            worker.join()


class Tasks(Crew[T]):
    """Works as tasks of asyncio."""

    def __init__(self) -> None:
        super().__init__()
        import asyncio  # noqa: PLC0415 - blocking programs do without

        self._changed = asyncio.Event()

    def start(self, plan: Plan[T]) -> None:
        """See Crew."""
        import asyncio  # noqa: PLC0415 - as above

        task = asyncio.get_running_loop().create_task(arun(plan))
        self._working.add(task)
        _RUNNING.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[T]) -> None:
        import asyncio  # noqa: PLC0415 - as above

        _RUNNING.discard(task)
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        self._end(task, task.result() if error is None else error)
        self._changed.set()

    def _change(self) -> Step:
        return _Set(self._changed)

    def give_up(self) -> None:
        """See Crew. The tasks are cancelled."""
        for task in tuple(self._working):
            task.cancel()


_RUNNING: set[asyncio.Task[Any]] = set()
"""The tasks that run; asyncio itself might let go of them."""


@frozen
class _Set:
    event: asyncio.Event

    def do(self) -> None:
        raise RuntimeError("tasks can only be awaited")

    async def ado(self) -> None:
        await self.event.wait()
        self.event.clear()
