"""Everything of a running mock that a test or the control interface can look at and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.mock.balances import Balances
from generator.mock.blobs import Blobs
from generator.mock.clock import Clock
from generator.mock.control import Control
from generator.mock.faults import Faults
from generator.mock.faults.attempts import Attempt, attempts_of
from generator.mock.journal import Journal
from generator.mock.journal_filter import JournalFilter
from generator.mock.results import Results
from generator.mock.state import State
from generator.mock.trimming import Trimmer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.mock.settings import Settings
    from generator.spec.model import Contract


class MockControl:
    """The handle of a mock: at ``app.state.mock``, and what the control interface drives.

    Attributes:
        settings: How the mock is to behave.
        state: Where everything is kept.
        control: Facts that steer it.
        clock: Its clock.
        balances: What its accounts hold.
        faults: What goes wrong on purpose.
        blobs: The uploaded files.
        results: The images that can be fetched.
        journal: The requests.
    """

    def __init__(self, settings: Settings, contracts: Sequence[Contract] = ()) -> None:
        self.settings = settings
        self.state = State.open(settings.folder)
        self.control = Control(self.state.control)
        self.clock = Clock(self.control)
        self.balances = Balances(self.control, settings.balance, settings.keys)
        self.faults = Faults(self.control, contracts, settings.keys)
        if settings.faults is not None:
            self.faults.begin(settings.faults)
        self.blobs = Blobs(self.state.folder / "blobs")
        self.results = Results(self.state.journal, self.clock)
        trimmer = Trimmer(
            self.state.journal,
            self.blobs,
            self.clock,
            keep_requests=settings.keep_requests,
            max_disk=settings.max_disk,
        )
        # Uploads first: a result that is written needs the files that it is drawn from.
        self.journal = Journal(self.state.journal, (self.blobs, self.results), trimmer)

    def attempts(self, operation: str | None = None) -> tuple[Attempt, ...]:
        """Every request that the journal tells of, with the times that the server saw.

        Args:
            operation: Requests of this operationId alone; all if None.
        """
        return attempts_of(self.journal.entries(JournalFilter(operation=operation)))

    def reset(self) -> None:
        """Forget requests and faults; clock and balances are as in the beginning. Images stay."""
        self.journal.reset()
        self.control.reset()

    def close(self) -> None:
        """Close the files; a temporary folder goes."""
        self.state.close()
