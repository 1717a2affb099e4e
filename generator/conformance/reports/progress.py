"""How far a run is: one line that changes on a terminal, plain lines now and then anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from generator.conformance.case import Expectation
from generator.conformance.events import Exchanged, Searching, Waiting
from generator.conformance.judging import EXPECTED
from generator.conformance.reports.texts import one_line
from generator.conformance.standing import Standing, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from generator.conformance.case import Case
    from generator.conformance.exchange import Exchange

Going = Exchanged | Waiting | Searching

_EVERY: Final = 50  # requests between two plain lines of one operation
_BAR: Final = 16  # columns
_PAGE: Final = "text/html"
_LONGEST: Final = 100  # characters of what is going on
_EXPECTED: Final = {
    Expectation.CARRIED_OUT: {Standing.REFUSED, Standing.FAILED},
    Expectation.REFUSED: {Standing.CARRIED_OUT, Standing.FAILED},
    Expectation.UNAUTHORISED: {Standing.CARRIED_OUT, Standing.FAILED},
    Expectation.OPEN: {Standing.FAILED},
}


class Progress(Protocol):
    """Tells how far a run is."""

    def __call__(self, event: Going) -> None:
        """Take an event."""

    def close(self) -> None:
        """Leave nothing behind that changes. It may be called twice."""


class PlainLines:
    """Plain lines, for a pipe or a log: each operation, each answer that isn't as it should be, each wait."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._doubts = Doubts()
        self._begun: set[str] = set()
        self._searched = 0

    def __call__(self, event: Going) -> None:
        """Take an event."""
        match event:
            case Exchanged(exchange=exchange):
                if exchange.operation not in self._begun or event.done % _EVERY == 0:
                    self._begun.add(exchange.operation)
                    self._print(f"{event.done} of {event.of}, {event.billed} billed: {exchange.operation}")
                for line in self._doubts(event):
                    self._print(line)
            case Waiting():
                self._print(waiting(event))
            case Searching():
                if event.operation not in self._begun or event.requests >= 2 * self._searched:
                    self._begun.add(event.operation)
                    self._searched = max(event.requests, _EVERY)
                    self._print(searching(event))

    def close(self) -> None:
        """Nothing changes here."""

    def _print(self, line: str) -> None:
        self._console.print(Text(line), soft_wrap=True)


class LiveLine:
    """One line at the bottom that changes; what is worth keeping is printed above it.

    Attributes:
        shown: The line as it is now.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._doubts = Doubts()
        self._spinner = Spinner("dots")
        self.shown = Table.grid()
        self._live = Live(console=console, get_renderable=lambda: self.shown, transient=True, refresh_per_second=8)

    def __call__(self, event: Going) -> None:
        """Take an event."""
        match event:
            case Exchanged(exchange=exchange):
                for line in self._doubts(event):
                    self._console.print(Text(line, "yellow"), soft_wrap=True)
                about = event.cases[0].id if event.cases else exchange.operation
                width = min(_BAR, self._console.width // 5)
                bar = ProgressBar(total=max(event.of, 1), completed=event.done, width=width)
                self._show(f"{event.done}/{event.of}, {event.billed} billed", one_line(about, _LONGEST), bar)
            case Waiting():
                self._show("", waiting(event))
            case Searching():
                self._show("", searching(event))
        self._live.start()

    def close(self) -> None:
        """Take the line away."""
        self._live.stop()

    def _show(self, figures: str, about: str, bar: ProgressBar | None = None) -> None:
        row = Table.grid(padding=(0, 1), expand=True)
        for each in (self._spinner, bar, figures):
            if each:
                row.add_column(no_wrap=True)
        row.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        row.add_row(*(each for each in (self._spinner, bar, figures) if each), Text(about, "dim"))
        self.shown = row


class Doubts:
    """Answers that aren't as they should be: held back until their operation answers as an API.

    A web server that knows nothing of the API answers each request with a page, and none as it should.
    """

    def __init__(self) -> None:
        self._held: dict[str, list[str]] = {}
        self._speaking: set[str] = set()

    def __call__(self, event: Exchanged) -> list[str]:
        """The lines to tell after an answer.

        Args:
            event: The answer.
        """
        operation, answer = event.exchange.operation, event.exchange.answer
        held = self._held.setdefault(operation, [])
        held += unexpected(event)
        if answer.status and answer.media_type != _PAGE:
            self._speaking.add(operation)
        if operation not in self._speaking:
            return []
        return self._held.pop(operation)


def unexpected(event: Exchanged) -> Iterator[str]:
    """A line for each case whose answer isn't what it should be, by its status alone. It is no verdict yet."""
    standing = standing_of(event.exchange.answer)
    for case in event.cases:
        if standing in _EXPECTED[case.expectation]:
            yield _unexpected(case, event.exchange)


def waiting(event: Waiting) -> str:
    """A wait, in words."""
    return f"waiting {event.seconds:.0f} s: {one_line(event.why, 2 * _LONGEST)}"


def searching(event: Searching) -> str:
    """How far a search is, in words."""
    return f"searching {event.operation}: {event.requests:,} requests in {event.seconds:.0f} s"


def _unexpected(case: Case, exchange: Exchange) -> str:
    about = one_line(f"{case.rule}, {case.note}", 2 * _LONGEST)
    is_open = case.expectation is Expectation.OPEN
    wanted = f"expected {EXPECTED[case.expectation]}" if is_open else f"not {case.expectation.value}"
    return f"not as expected: {about}: {one_line(str(exchange.answer), _LONGEST)}, {wanted}"
