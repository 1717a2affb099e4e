"""Whoever waits is told what is being done; whoever doesn't is left in peace."""

from __future__ import annotations

from io import StringIO

import pytest

from generator.release.progress import Progress, progress


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")


def test_what_is_quick_is_done_without_a_word() -> None:
    for stream in (StringIO(), _Terminal()):
        with progress(stream, patience=3600) as tell:
            tell("reading specs")
        assert stream.getvalue() == ""


def test_each_step_is_a_line_where_no_terminal_is() -> None:
    stream = StringIO()
    with progress(stream, patience=0) as tell:
        tell("reading specs")
        tell("formatting")
    assert stream.getvalue() == "reading specs …\nformatting …\n"


def test_the_step_under_way_is_told_when_patience_ends() -> None:
    stream = StringIO()
    with progress(stream, patience=3600) as tell:
        tell("reading specs")
        tell.begin()
        tell("formatting")
    assert stream.getvalue() == "reading specs …\nformatting …\n"


@pytest.mark.parametrize("steps", [["generating [b]pets[/b]"], ["reading specs", "generating [b]pets[/b]"]])
def test_a_terminal_shows_one_line_that_goes_in_the_end(steps: list[str]) -> None:
    stream = _Terminal()
    with progress(stream, patience=0) as tell:
        for step in steps:
            tell(step)
    assert "generating [b]pets[/b] …" in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[2K")


def test_nothing_is_told_once_it_is_over() -> None:
    stream = StringIO()
    with progress(stream, patience=3600) as tell:
        tell("reading specs")
    tell.begin()
    assert stream.getvalue() == ""


def test_what_is_told_ends_when_the_command_fails() -> None:
    stream = StringIO()
    kept: list[Progress] = []

    def fail() -> None:
        with progress(stream, patience=3600) as tell:
            kept.append(tell)
            tell("reading specs")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    kept[0].begin()
    assert stream.getvalue() == ""
