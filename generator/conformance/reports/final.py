"""A file that is written once, when the run is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.conformance.events import Ended
from generator.conformance.reports.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.conformance.events import Event
    from generator.conformance.verdicts import Report


class FinalReport:
    """Writes a report as soon as there is one.

    Attributes:
        path: Where to.
        is_written: Whether it was.
    """

    def __init__(self, path: Path, render: Callable[[Report], str]) -> None:
        """Prepare.

        Args:
            path: Where to.
            render: Makes the file's text.
        """
        self.path = path
        self.is_written = False
        self._render = render

    def __call__(self, event: Event) -> None:
        """Take an event."""
        if isinstance(event, Ended):
            write_whole(self.path, self._render(event.report))
            self.is_written = True

    def close(self) -> None:
        """Nothing is left to do: without an end there is no report."""
