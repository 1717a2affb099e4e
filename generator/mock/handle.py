"""Everything of a running mock that a test or the control interface can look at and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.mock.accounts.balances import Balances
from generator.mock.clock import Clock
from generator.mock.control.control import Control
from generator.mock.faults import DOWNLOAD, Faults
from generator.mock.faults.attempts import Attempt, attempts_of
from generator.mock.journal.journal import Journal
from generator.mock.journal.journal_filter import InvalidFilterError, JournalFilter
from generator.mock.journal.masking import Mask
from generator.mock.storage.blobs import Blobs
from generator.mock.storage.results import Results
from generator.mock.storage.state import State
from generator.mock.storage.trimming import Trimmer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.mock.journal.entry import Entry
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
        mask: Hides secrets.
        journal: The requests.
    """

    def __init__(self, settings: Settings, contracts: Sequence[Contract] = ()) -> None:
        self.settings = settings
        self._operations = (*(operation.id for contract in contracts for operation in contract.operations), DOWNLOAD)
        self._apis = tuple(contract.name for contract in contracts)
        self.state = State.open(settings.folder)
        self.control = Control(self.state.control)
        self.clock = Clock(self.control)
        self.balances = Balances(self.control, settings.balance, settings.keys)
        self.faults = Faults(self.control, contracts, settings.keys)
        if settings.faults is not None:
            self.faults.begin(settings.faults)
        self.blobs = Blobs(self.state.blobs)
        self.results = Results(self.state.journal, self.clock)
        trimmer = Trimmer(
            self.state.journal,
            self.blobs,
            self.clock,
            keep_requests=settings.keep_requests,
            max_disk=settings.max_disk,
        )
        # Uploads first: a result that is written needs the files that it is drawn from.
        self.mask = Mask(contracts, settings.keys)
        self.journal = Journal(self.state.journal, (self.blobs, self.results), trimmer, self.mask.document)

    def requests(self, chosen: JournalFilter) -> tuple[Entry, ...]:
        """The requests that the journal tells of, newest last.

        Args:
            chosen: Which.

        Raises:
            InvalidFilterError: There is no such operation or API.
        """
        for what, name, known in (
            ("operation", chosen.operation, self._operations),
            ("API", chosen.api, self._apis),
        ):
            if name is not None and name not in known:
                raise InvalidFilterError(f"There is no {what} {str(name)[:50]!r}. There are {', '.join(known)}.")
        return self.journal.entries(chosen)

    def attempts(self, operation: str | None = None) -> tuple[Attempt, ...]:
        """Every request that the journal tells of, with the times that the server saw.

        Args:
            operation: Requests of this operationId alone; all if None.

        Raises:
            InvalidFilterError: There is no such operation.
        """
        return attempts_of(self.requests(JournalFilter(operation=operation)))

    def reset(self) -> None:
        """Forget requests and faults; clock and balances are as in the beginning. Images stay."""
        self.journal.reset()
        self.control.reset()

    def close(self) -> None:
        """Close the files; a temporary folder goes."""
        self.state.close()
