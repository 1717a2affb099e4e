"""Plans and their steps: what is to be done stands once, and is carried out blocking or awaited.

A plan is a generator that yields steps and is sent what came of them. It decides; it never blocks itself.
"""

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
        plan: What to do. A step's exception is thrown into it, so that it can clean up by further steps.

    Returns:
        What the plan returns.
    """
    step: Step | None = None
    outcome: Any = None
    failure: BaseException | None = None
    try:
        while True:
            # Thrown outside of any handler: httpx's errors hold requests, and must not hang on ours as their context.
            step = plan.send(outcome) if failure is None else plan.throw(failure)
            outcome = failure = None
            try:
                outcome = step.do()
            except BaseException as error:  # noqa: BLE001 - Ctrl-C too is the plan's business: it closes what is open
                failure = error
    except StopIteration as end:
        return cast("T", end.value)
    finally:
        # A traceback shows this frame, and requests hold credentials. An error in its own frame would be a circle.
        step = outcome = failure = None
        plan.close()


async def arun(plan: Plan[T]) -> T:
    """Carry out a plan, awaiting its steps. See `run`."""
    step: Step | None = None
    outcome: Any = None
    failure: BaseException | None = None
    try:
        while True:
            step = plan.send(outcome) if failure is None else plan.throw(failure)
            outcome = failure = None
            try:
                outcome = await step.ado()
            except BaseException as error:  # noqa: BLE001 - a cancellation too is the plan's business
                failure = error
    except StopIteration as end:
        return cast("T", end.value)
    finally:
        step = outcome = failure = None
        plan.close()
