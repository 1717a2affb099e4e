"""A failure of the suite itself loses no report: what was judged and paid for is told, and what failed where."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from generator.conformance import ExitCode, session
from generator.conformance.failures import failure_in_words

from .serving import served
from .test_endings import _at

if TYPE_CHECKING:
    from generator.conformance import Report

    from .conftest import Run

Gateway = Callable[..., Any]
Judge = Callable[..., "Report"]
SECRET = "key-of-the-tests"


class _OddError(Exception):
    """Nobody reckons with it."""


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the judge of an answer fail, once so many were judged."""
    lock = threading.Lock()
    right = session.Session.examined
    count = 0

    def after(number: int) -> None:
        def examined(self: Any, *arguments: Any) -> Any:
            nonlocal count
            with lock:
                count += 1
                is_over = count > number
            if is_over:
                raise _OddError(f"something about {SECRET}")
            return right(self, *arguments)

        monkeypatch.setattr(session.Session, "examined", examined)

    return after


@pytest.mark.parametrize("connections", [1, 4])
def test_what_was_judged_before_is_told(
    ending: Run, gateway: Gateway, fails: Callable[[int], None], connections: int
) -> None:
    made = gateway()
    fails(40)
    with served(_at(made)) as url:
        end = ending(url, "--connections", str(connections))
    assert end.code == 2
    assert end.report["ended"].startswith("This program failed, not the gateway: _OddError, at generator.conformance.")
    assert "_OddError" in end.out
    assert SECRET not in end.out + end.err
    assert "conforms" in end.verdicts.values()
    assert 40 < end.report["requests"] <= 40 + 2 * connections
    assert len(made.seen) >= end.report["requests"]


def test_a_library_gets_the_report_too(judge: Judge, gateway: Gateway, fails: Callable[[int], None]) -> None:
    fails(0)
    report = judge(gateway())
    assert report.exit_code is ExitCode.NOT_JUDGED
    assert "_OddError" in report.ended
    assert report.verdicts


def test_what_fails_outside_of_a_run_has_no_traceback(
    ending: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise _OddError(SECRET)

    monkeypatch.setattr("generator.conformance.command.run", broken)
    with pytest.raises(FileNotFoundError, match="json"):  # there is none
        ending("http://127.0.0.1:1")
    assert "Traceback" not in capsys.readouterr().err


def test_a_failure_in_words_says_where_and_nothing_more() -> None:
    with pytest.raises(_OddError) as raised:
        _fail()
    words = failure_in_words(raised.value)
    assert words.startswith("This program failed, not the gateway: _OddError, at ")
    assert SECRET not in words
    assert failure_in_words(_OddError()) == "This program failed, not the gateway: _OddError"


def _fail() -> None:
    raise _OddError(SECRET)
