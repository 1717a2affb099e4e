"""What a terminal gets that a file doesn't: a line that changes, wrapped text, colours, and no codes of others."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from generator.conformance.events import Exchanged, Searching, Waiting
from generator.conformance.reports.progress import LiveLine
from generator.conformance.reports.terminal import Terminal, console_on
from generator.conformance.reports.texts import one_line
from tests.conformance.reports import runs
from tests.conformance.reports.printing import printed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("width", [30, 60, 120])
def test_a_terminal_gets_one_line_that_changes(width: int) -> None:
    stream = io.StringIO()
    line = LiveLine(Console(file=stream, width=width, force_terminal=True, color_system=None))
    shown = []
    for event in runs.events(runs.violating()):
        if isinstance(event, Exchanged | Waiting | Searching):
            line(event)
            console = Console(file=io.StringIO(), width=width, color_system=None)
            with console.capture() as captured:
                console.print(line.shown)
            shown += captured.get().splitlines()
    line.close()
    assert len(shown) == 7
    assert "3/5" in shown[2]
    assert "waiting 12 s" in shown[4]
    assert "searching" in shown[6]
    assert ("3/5, 3 billed generateImages/prompt/n/maximum: n: 7" in shown[2]) == (width == 120)


def test_the_line_is_gone_in_the_end() -> None:
    text = printed(runs.violating(), live=True, width=100)
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") == 1
    assert text.endswith("The gateway violates 2 documented rules.\n")
    assert "billed: generateImages" not in text


def test_a_run_that_is_broken_off_leaves_the_terminal_as_it_was() -> None:
    stream = io.StringIO()
    terminal = Terminal(Console(file=stream, width=80, force_terminal=True), live=True)
    for event in runs.events(runs.violating())[:-1]:
        terminal(event)
    terminal.close()
    terminal.close()
    assert stream.getvalue().count("\x1b[?25l") == stream.getvalue().count("\x1b[?25h") == 1


@pytest.mark.parametrize("width", [60, 80])
def test_a_terminal_wraps_what_is_told_under_its_label(width: int) -> None:
    lines = printed(runs.violating(), live=True, width=width).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("  sent "))
    after = lines[start + 1]
    assert after.startswith(" " * 12)
    assert after.strip()
    assert max(len(line) for line in lines[start : start + 2]) <= width
    assert sum("curl -sS" in line and "/v1/images/generations" in line for line in lines) == 4


def test_no_colour_is_used_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    def colours() -> list[str]:
        stream = io.StringIO()
        terminal = Terminal(Console(file=stream, width=80, force_terminal=True, color_system="standard"), live=True)
        for event in runs.events(runs.violating()):
            terminal(event)
        return re.findall(r"\x1b\[(?:\d+;)*(?:3|4|9|10)[0-7]m", stream.getvalue())

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert colours()
    monkeypatch.setenv("NO_COLOR", "1")
    assert colours() == []


def test_what_a_gateway_says_at_length_is_cut() -> None:
    assert one_line("\x1b" * 1_000_000, 8) == "\\x1b\\x1b… (1,000,000 characters)"
    assert max(map(len, printed(runs.hostile()).splitlines())) < 3000


def test_signs_that_an_encoding_lacks_are_written_out(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w", encoding="ascii") as stream:
        console_on(stream).print("水 …")
    assert (tmp_path / "out").read_text(encoding="ascii") == "\\u6c34 \\u2026\n"


def test_what_steers_a_terminal_is_written_out() -> None:
    assert one_line("a\x1b[31m\u202eb\nc\td\x9b\ud800") == "a\\x1b[31m\\u202eb\\nc\\td\\x9b\\ud800"
    assert one_line("abcdef", 3) == "abc… (6 characters)"
