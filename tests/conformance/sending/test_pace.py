"""A run is as slow as its user and the gateway ask it to be."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from attrs import define, field

from generator.conformance.pace import Pace


@define
class Clock:
    """A clock that moves when somebody waits."""

    now: float = 100.0
    waits: list[float] = field(factory=list)

    def time(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.now += seconds
        return False


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _times(pace: Pace, clock: Clock, count: int) -> list[float]:
    found = []
    for _ in range(count):
        with pace.turn():
            found.append(clock.now - 100.0)
    return found


def test_without_a_rate_nobody_waits(clock: Clock) -> None:
    assert _times(Pace(clock=clock.time, wait=clock.wait), clock, 5) == [0.0] * 5
    assert clock.waits == []


@pytest.mark.parametrize(("rate", "times"), [(1.0, [0, 1, 2, 3]), (4.0, [0, 0.25, 0.5, 0.75]), (0.1, [0, 10, 20, 30])])
def test_a_rate_is_kept(clock: Clock, rate: float, times: list[float]) -> None:
    assert _times(Pace(rate, clock=clock.time, wait=clock.wait), clock, 4) == pytest.approx(times)


def test_time_that_went_by_is_not_made_up_for(clock: Clock) -> None:
    pace = Pace(1.0, clock=clock.time, wait=clock.wait)
    _times(pace, clock, 1)
    clock.now += 10
    assert _times(pace, clock, 3) == pytest.approx([10, 11, 12])


def test_nothing_is_sent_while_the_gateway_asks_for_patience(clock: Clock) -> None:
    pace = Pace(clock=clock.time, wait=clock.wait)
    pace.hold(30)
    pace.hold(5)
    assert _times(pace, clock, 2) == pytest.approx([30, 30])


def test_after_that_one_request_goes_at_a_time(clock: Clock) -> None:
    pace = Pace(clock=clock.time, wait=clock.wait)
    pace.hold(1)
    under_way, most = 0, 0
    counting = threading.Lock()

    def send(_: int) -> None:
        nonlocal under_way, most
        with pace.turn():
            with counting:
                under_way += 1
                most = max(most, under_way)
            threading.Event().wait(0)
            with counting:
                under_way -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(80)))
    assert most == 1


def test_what_was_under_way_when_patience_was_asked_for_comes_back_first() -> None:
    """A gateway that takes one request of a key at a time would refuse all others meanwhile."""
    pace = Pace()
    began, may_end = threading.Event(), threading.Event()

    def first() -> None:
        with pace.turn():
            began.set()
            may_end.wait(20)

    with ThreadPoolExecutor(2) as pool:
        pool.submit(first)
        assert began.wait(20)
        pace.hold(0)
        second = pool.submit(_turn, pace)
        with pytest.raises(TimeoutError):
            second.result(timeout=0.05)
        may_end.set()
        assert second.result(timeout=20)


def test_who_waits_when_patience_is_asked_for_goes_alone_too(clock: Clock) -> None:
    """A request that waits for its turn by the rate isn't on its way yet."""
    pace: Pace

    def asked_meanwhile(seconds: float) -> bool:
        clock.wait(seconds)
        if len(clock.waits) == 1:
            pace.hold(5)
        return False

    pace = Pace(1.0, clock=clock.time, wait=asked_meanwhile)
    _times(pace, clock, 1)
    with pace.turn():
        assert pace._alone.locked()
        assert clock.now >= 106


def test_an_end_wakes_who_waits() -> None:
    pace = Pace()
    pace.hold(3600)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(_turn, pace) for _ in range(2)]
        pace.end()
        assert [each.result(timeout=20) for each in waiting] == [True, True]


def _turn(pace: Pace) -> bool:
    with pace.turn():
        return True
