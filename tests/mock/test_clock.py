"""The clock that tests move, and the facts that all workers share."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from generator.mock.clock import LARGEST_OFFSET, Clock
from generator.mock.control.control import Control
from generator.mock.storage.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def states(tmp_path: Path) -> Iterator[tuple[State, State]]:
    one, other = State.open(tmp_path), State.open(tmp_path)
    yield one, other
    one.close()
    other.close()


def test_a_moved_clock_is_moved_for_every_worker(states: tuple[State, State]) -> None:
    one, other = (Clock(Control(state.control)) for state in states)
    assert abs(other.time() - time.time()) < 1
    one.move(86_400)
    one.move(-400)
    assert other.offset == 86_000
    assert 85_999 < other.time() - time.time() < 86_001
    assert abs(other.now().timestamp() - other.time()) < 1
    other.reset()
    assert one.offset == 0


@pytest.mark.parametrize("seconds", [LARGEST_OFFSET + 1, -LARGEST_OFFSET - 1, float("nan"), float("inf"), 10**400])
def test_a_clock_stays_within_reason(states: tuple[State, State], seconds: float) -> None:
    clock = Clock(Control(states[0].control))
    with pytest.raises(ValueError, match="at most"):
        clock.move(seconds)
    assert clock.offset == 0


def test_no_move_by_another_worker_is_lost(states: tuple[State, State]) -> None:
    clocks = [Clock(Control(state.control)) for state in states]

    def move_often(clock: Clock) -> None:
        for _ in range(100):
            clock.move(1)

    movers = [threading.Thread(target=move_often, args=(clock,)) for clock in clocks]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join()
    assert clocks[0].offset == 200


def test_facts_are_read_again_only_after_a_write(states: tuple[State, State]) -> None:
    one, other = (Control(state.control) for state in states)
    reads: list[int] = []

    def read() -> int:
        reads.append(1)
        return len(reads)

    assert [one.cached("x", read) for _ in range(3)] == [1, 1, 1]
    other.tell("y", {"a": [1]})
    assert [one.cached("x", read) for _ in range(3)] == [2, 2, 2]
    assert one.fact("y") == {"a": [1]}
    assert one.fact("z", 7) == 7
    other.reset()
    assert one.fact("y") is None


def test_a_clock_is_moved_by_seconds_or_a_timedelta(states: tuple[State, State]) -> None:
    clock = Clock(Control(states[0].control))
    clock.move(timedelta(hours=1))
    clock.move(0.5)
    assert clock.offset == 3600.5
    wrong: list[Any] = ["1h", None, True]
    for by in wrong:
        with pytest.raises(TypeError, match="seconds or a timedelta"):
            clock.move(by)
    assert clock.offset == 3600.5
