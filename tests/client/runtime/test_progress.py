"""Whoever wants to know is told how far images came; a terminal is told on one line."""

from __future__ import annotations

import io
import sys

import pytest

from generator.client.runtime.progress import Progress, reporting


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which only a test moves."""
    now = [100.0]
    monkeypatch.setattr("generator.client.runtime.progress.time.monotonic", lambda: now[0])
    return now


def _terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """Takes what is written to stderr. No fixture, since pytest puts its own stderr back before a test begins."""
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_a_function_is_told() -> None:
    told: list[Progress] = []
    with reporting(told.append) as report:
        assert report is not None
        report(Progress(0, 2, 10, 100))
    assert told == [Progress(0, 2, 10, 100, done=False)]


@pytest.mark.usefixtures("clock")
def test_a_line_is_drawn_in_its_place_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _terminal(monkeypatch)
    with reporting(wanted=True) as report:
        assert report is not None
        report(Progress(0, 2, 1_000_000, None))
        report(Progress(0, 2, 2_000_000, 4_000_000))
        report(Progress(1, 2, 1_500_000, 16_000_000))
        report(Progress(0, 2, 4_000_000, 4_000_000, done=True))
    assert terminal.getvalue() == "\r0 of 2 images, 1.0 MB\r1 of 2 images, 5.5 of 20.0 MB\n"


def test_a_line_is_drawn_ten_times_a_second(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    terminal = _terminal(monkeypatch)
    with reporting(wanted=True) as report:
        assert report is not None
        for number in range(1000):
            clock[0] += 0.01
            report(Progress(0, 1, number * 1000, 1_000_000))
    assert 90 <= terminal.getvalue().count("\r") <= 102


def test_a_line_that_grows_shorter_leaves_nothing(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    terminal = _terminal(monkeypatch)
    with reporting(wanted=True) as report:
        assert report is not None
        report(Progress(0, 1, 90_000_000, 100_000_000))
        clock[0] += 1
        report(Progress(0, 1, 0, None))
    lines = terminal.getvalue().strip("\n").split("\r")
    assert len(lines[-1]) == len(lines[1])


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_no_line_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with reporting(wanted=True) as report:
        assert report is None
    with reporting(wanted=False) as report:
        assert report is None


def test_nothing_is_drawn_where_nothing_came(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _terminal(monkeypatch)
    with reporting(wanted=True):
        pass
    assert terminal.getvalue() == ""
