"""Plans and their steps: what is to be done stands once, and is carried out blocking or awaited.

A plan is a generator that yields steps and is sent what came of them. It decides; it never blocks itself.
"""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, Protocol, TypeAlias, TypeVar, cast

from attrs import frozen

T = TypeVar("T")


class Step(Protocol):
    """Something that takes time, such as sending a request."""

    def do(self) -> Any:
        """Take the step, and block until it is done."""

    async def ado(self) -> Any:
        """Take the step, and await its end."""


Plan: TypeAlias = Generator[Step, Any, T]


@frozen
class Pause:
    """Wait before going on.

    Attributes:
        seconds: How long.
    """

    seconds: float

    def do(self) -> None:
        """Block for that long."""
        time.sleep(self.seconds)

    async def ado(self) -> None:
        """Let others run for that long."""
        import anyio  # noqa: PLC0415 - httpx brings it, for asyncio and trio alike, and imports it as late

        await anyio.sleep(self.seconds)


def run(plan: Plan[T]) -> T:
    """Carry out a plan, blocking.

    Args:
        plan: What to do. A step's exception is thrown into it, so that it can clean up by further steps; so is Ctrl-C,
            wherever it comes.

    Returns:
        What the plan returns.
    """
    interrupt: BaseException | None = None
    try:
        return _carried_out(plan, None)
    except BaseException as error:
        if _is_over(plan):
            raise
        interrupt = error  # it came between two steps
    try:
        return _carried_out(plan, interrupt)
    finally:
        interrupt = None  # an error in a frame that it went through would be a circle


def _carried_out(plan: Plan[T], failure: BaseException | None) -> T:
    """Carry out a plan into which a failure may have to be thrown; an interruption leaves it where it is."""
    step: Step | None = None
    outcome: Any = None
    try:
        while True:
            try:
                # Thrown outside of any handler: httpx's errors hold requests, and must not be the context of ours.
                step = plan.send(outcome) if failure is None else plan.throw(failure)
                outcome = failure = None
                outcome = step.do()
            except StopIteration as end:
                return cast("T", end.value)
            except BaseException as error:  # Ctrl-C too is the plan's business: it closes what is open
                if _is_over(plan):
                    raise
                failure = error
    finally:
        # A traceback shows this frame, and requests hold credentials. An error in its own frame would be a circle.
        step = outcome = failure = None


async def arun(plan: Plan[T]) -> T:
    """Carry out a plan, awaiting its steps. See `run`."""
    interrupt: BaseException | None = None
    try:
        try:
            return await _acarried_out(plan, None)
        except GeneratorExit:
            raise
        except BaseException as error:
            if _is_over(plan):
                raise
            interrupt = error
        return await _acarried_out(plan, interrupt)
    except GeneratorExit as error:
        _drop(plan, error)
        raise
    finally:
        interrupt = None


async def _acarried_out(plan: Plan[T], failure: BaseException | None) -> T:
    """The asynchronous twin of `_carried_out`."""
    step: Step | None = None
    outcome: Any = None
    try:
        while True:
            try:
                step = plan.send(outcome) if failure is None else plan.throw(failure)
                outcome = failure = None
                outcome = await step.ado()
            except StopIteration as end:
                return cast("T", end.value)
            except GeneratorExit:  # nothing can be awaited here any more; see `arun`
                raise
            except BaseException as error:  # a cancellation too is the plan's business
                if _is_over(plan):
                    raise
                failure = error
    finally:
        step = outcome = failure = None


def _drop(plan: Plan[Any], error: GeneratorExit) -> None:
    """End a plan none of whose steps can be taken any more, not even those by which it would clean up."""
    while not _is_over(plan):
        try:
            plan.throw(error)
        except (GeneratorExit, StopIteration):
            return


def _is_over(plan: Plan[Any]) -> bool:
    """Whether a plan has ended, so that nothing can be thrown into it."""
    return getattr(plan, "gi_frame", None) is None
