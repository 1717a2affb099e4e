"""Brings each event of a run to all its reports."""

from __future__ import annotations

import sys
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Protocol, Self, TextIO

from generator.conformance.reports.final import FinalReport
from generator.conformance.reports.suite import suite_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from generator.conformance.events import Event
    from generator.conformance.reports.baseline import Baseline


class Reporter(Protocol):
    """Makes something of a run's events."""

    def __call__(self, event: Event) -> None:
        """Take an event; one comes at a time."""

    def close(self) -> None:
        """Finish, whether the run came to its end or not. It may be called twice."""


class FileReporter(Reporter, Protocol):
    """Makes a file of a run's events."""

    path: Path
    is_written: bool


class Reporters:
    """All reports of a run as one: an `Observer` that takes one event at a time, from whichever thread.

    A file that can't be written ends no run, which was paid for: the report is given up, and `problems` says why. Use
    it in a ``with`` statement, or `close` it.

    Attributes:
        problems: What couldn't be written, in words.
        written: The files that were.
        is_deaf: Whether the terminal takes nothing any more.
    """

    def __init__(
        self, terminal: Reporter, files: Sequence[FileReporter], print_line: Callable[[str], None] = print
    ) -> None:
        self._terminal = terminal
        self._print = print_line
        self._files = list(files)
        self._lock = Lock()
        self.is_deaf = False
        self.problems: list[str] = []
        self.written: list[Path] = []

    def __call__(self, event: Event) -> None:
        """Take an event."""
        with self._lock:
            for file in list(self._files):
                self._try(file, partial(file, event))
            self._tell(lambda: self._terminal(event))

    def _tell(self, what: Callable[[], None]) -> None:
        """Tell something on the terminal. If nobody listens any more, the files are written all the same."""
        if self.is_deaf:
            return
        try:
            what()
        except BrokenPipeError:
            self.is_deaf = True
            self.problems.append("Standard output was closed before the report was told.")
        except OSError as error:
            self.is_deaf = True
            self.problems.append(f"Standard output couldn't be written: {error.strerror or error}.")

    def close(self) -> None:
        """Finish all reports."""
        with self._lock:
            self._tell(self._terminal.close)
            for file in list(self._files):
                if self._try(file, file.close):
                    self._files.remove(file)
                    self.written += [file.path] if file.is_written else []

    def say(self, line: str) -> None:
        """Tell one more line on the terminal."""
        with self._lock:
            self._tell(lambda: self._print(line))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _try(self, file: FileReporter, what: Callable[[], None]) -> bool:
        """Have a file do something. If it can't, it is given up, and said so; the others are written all the same."""
        try:
            what()
        except OSError as error:
            problem = f"{file.path} couldn't be written: {error.strerror or error}."
        except Exception as error:  # noqa: BLE001  of whatever kind: the run was paid for, and the others tell it
            problem = f"{file.path} couldn't be made: {type(error).__name__}. The other reports tell of the run."
        else:
            return True
        self._files.remove(file)
        self.problems.append(problem)
        return False


def reporters(
    *,
    verbose: bool = False,
    json_file: Path | None = None,
    html_file: Path | None = None,
    junit_file: Path | None = None,
    har_file: Path | None = None,
    baseline: Baseline | None = None,
    stream: TextIO | None = None,
    words: Callable[[str], str] = lambda _: "",
) -> Reporters:
    """The reports that were asked for, always one on the terminal among them.

    Check the paths first, by `paths_problem`.

    Args:
        verbose: Tell each rule, also those that are kept, and those that are not tested for the same reason.
        json_file: Where to write the report as JSON.
        html_file: Where to write it as one HTML file.
        junit_file: Where to write it as JUnit XML.
        har_file: Where to write everything that was sent, as HAR.
        baseline: A run of before to compare with.
        stream: Where to print; standard output unless told otherwise.
        words: Tells a rule's id in words, for people; "" if it can't.

    Raises:
        OSError: A file that is written from the start on can't be opened.
    """
    from generator.conformance.reports.terminal import Terminal, console_on

    suite = suite_line()
    files: list[FileReporter] = []
    if json_file is not None:
        from generator.conformance.reports.json_report import as_text

        files.append(FinalReport(json_file, partial(as_text, suite=suite, baseline=baseline)))
    if html_file is not None:
        from generator.conformance.reports.html import as_html

        files.append(FinalReport(html_file, partial(as_html, suite=suite, baseline=baseline, words=words)))
    if junit_file is not None:
        from generator.conformance.reports.junit import as_xml

        files.append(FinalReport(junit_file, partial(as_xml, suite=suite, baseline=baseline)))
    if har_file is not None:
        from generator.conformance.reports.har import HarReport

        files.append(HarReport(har_file))
    stream = stream or sys.stdout
    terminal = Terminal(
        console_on(stream), live=stream.isatty(), verbose=verbose, suite=suite, baseline=baseline, words=words
    )
    return Reporters(terminal, files, partial(print, file=stream, flush=True))
